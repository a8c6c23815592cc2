"""Policies as JSON: behind a portal of somebody else, without storing what is asked."""

from __future__ import annotations

import pytest

from huanchuang.facts.models import Fact

from .conftest import HTE

pytestmark = pytest.mark.django_db
YEARS = ("2023", "2024", "2025")
GIVEN = {
    "注册日期": "2015-03-02", "职工总数": {"2025": "90"}, "科技人员数": {"2025": "9"},
    "销售收入": dict.fromkeys(YEARS, "8000万元"), "研发费用": dict.fromkeys(YEARS, "320万元"), "境内研发费用": dict.fromkeys(YEARS, "320万元"),
    "高新技术产品收入": {"2025": "4800万元"}, "总收入": {"2025": "8000万元"}, "技术领域符合": "是", "知识产权支撑主要产品": "是",
    "创新能力评分": "71", "重大事故": {"2025": "否", "2026": "否"}, "居民企业": "是",
}  # fmt: skip


def ask(client, **given):
    return client.post(
        "/api/v1/policies/decide",
        {"as_of": "2026-06-30", "policies": [HTE], **given},
        content_type="application/json",
    )


def test_it_lists_policies(client, cast):
    client.force_login(cast.clerk)
    found = {one["id"]: one for one in client.get("/api/v1/policies/").json()["policies"]}
    assert found[HTE]["is_in_force"]
    assert len(found[HTE]["digest"]) == 64


def test_it_decides_for_given_facts_and_stores_nothing(client, cast):
    client.force_login(cast.clerk)
    (found,) = ask(client, facts=GIVEN).json()
    assert found["result"] in {"yes", "unknown"}, found
    assert found["failed"] == []
    (found,) = ask(client, facts={**GIVEN, "科技人员数": {"2025": "8"}}).json()
    assert (found["result"], found["failed"], found["distance"]) == (
        "no",
        ["tech-staff"],
        ["2025年科技人员数再增1人"],
    )
    assert next(one for one in found["findings"] if one["requirement"] == "tech-staff")["threshold"] == "10%"
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"血型": "A"}, "指标字典里没有这个名称"),
        ({"职工总数": {"2025": "很多"}}, "读不出"),
        ({"职工总数": "90"}, "按年给出"),
        ({"注册日期": {"2025": "2015-01-01"}}, "不分期的直接给值"),
    ],
)
def test_it_says_which_fact_is_wrong(client, cast, facts, words):
    client.force_login(cast.clerk)
    answer = ask(client, facts=facts)
    assert answer.status_code == 422
    assert words in str(answer.json())


def test_it_refuses_policies_and_days_that_are_not_there(client, cast):
    client.force_login(cast.clerk)
    assert ask(client, facts={}, policies=["national.nothing"]).status_code == 422
    assert ask(client, facts={}, as_of="1066-01-01").status_code == 422
    assert client.post("/api/v1/policies/decide", b"{", content_type="application/json").status_code in (
        400,
        422,
    )


@pytest.mark.parametrize(
    ("person", "status"), [("clerk", 200), ("officer", 200), ("stranger", 404), ("reviewer", 403)]
)
def test_it_decides_for_organisations_of_the_register(client, own, firm, person, status):
    client.force_login(getattr(own, person))
    answer = client.get(f"/api/v1/policies/for/{firm.pk}?as_of=2026-06-30")
    assert answer.status_code == status
    if status == 200:
        assert next(one for one in answer.json() if one["policy"] == HTE)["result"] == "yes"


def test_it_tells_what_a_policy_asks_for_and_which_figures_decide_it(client, cast):
    client.force_login(cast.clerk)
    found = client.get(f"/api/v1/policies/{HTE}", {"as_of": "2026-06-30"}).json()
    asked = {one["id"]: one for one in found["requirements"]}
    assert asked["tech-staff"]["clause"]
    assert asked["tech-staff"]["rule"]
    needed = {(one["name"], one["period"]): one for one in found["facts"]}
    assert needed["研发费用", "2025"]["value_type"] == "money"
    assert needed["注册日期", ""]["value_type"] == "date"
    assert client.get("/api/v1/policies/national.nothing").status_code == 404


def test_it_turns_the_pages_of_policies(client, cast):
    client.force_login(cast.clerk)
    first = client.get("/api/v1/policies/", {"page_size": 4, "as_of": "2026-06-30"})
    told = first.json()
    assert (told["page"], told["page_size"], len(told["policies"])) == (1, 4, 4)
    assert told["count"] > 8
    links = dict(reversed(one.strip().split("; rel=")) for one in first["Link"].split(","))
    assert set(links) == {'"first"', '"next"', '"last"'}
    second = client.get(links['"next"'].strip("<>"))
    assert second.json()["page"] == 2
    assert '"prev"' in second["Link"]
    seen = [one["id"] for page in range(1, 2 + told["count"] // 4)
            for one in client.get("/api/v1/policies/", {"page_size": 4, "page": page}).json()["policies"]]  # fmt: skip
    assert len(seen) == len(set(seen)) == told["count"]
    assert client.get("/api/v1/policies/", {"page": 1000}).json()["policies"] == []


@pytest.mark.parametrize("where", ["/api/v1/policies/", f"/api/v1/policies/{HTE}"])
def test_it_sends_nothing_twice(client, cast, where):
    client.force_login(cast.clerk)
    tag = client.get(where, {"as_of": "2026-06-30"})["ETag"]
    again = client.get(where, {"as_of": "2026-06-30"}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Cache-Control"] == "private, no-cache"
    other_day = client.get(where, {"as_of": "2026-07-01"}, headers={"If-None-Match": tag})
    assert other_day.status_code == 200
    english = client.get(
        where, {"as_of": "2026-06-30"}, headers={"If-None-Match": tag, "Accept-Language": "en"}
    )
    assert english.status_code == 200


def explain(client, more=None, **headers):
    given = {"as_of": "2026-06-30", "facts": {**GIVEN, "科技人员数": {"2025": "8"}}, **(more or {})}
    where = f"/api/v1/policies/{HTE}/explain"
    return client.post(where, given, content_type="application/json", headers=headers)


def test_it_explains_down_to_each_figure(client, cast):
    client.force_login(cast.clerk)
    found = explain(client).json()
    assert (found["result"], found["failed"]) == ("no", ["tech-staff"])
    staff = next(one for one in found["findings"] if one["requirement"] == "tech-staff")
    assert (staff["outcome"], staff["threshold"]) == (False, "10%")
    assert staff["clause"]
    assert found["trace"]["value"] == "不符合"
    labels = str(found["trace"])
    assert "科技人员数" in labels
    assert "职工总数" in labels
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/plain", "text"), ("text/plain;q=0.5, application/json", "json"), ("*/*", "json"), ("", "json"), ("image/png", "json")],
)  # fmt: skip
def test_it_explains_as_text_where_text_is_preferred(client, cast, accept, kind):
    client.force_login(cast.clerk)
    answer = explain(client, Accept=accept)
    assert answer.status_code == 200
    if kind == "json":
        assert answer["Content-Type"].startswith("application/json")
        return
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "结论：不符合" in text
    assert "条款：" in text
    assert "要求：10%" in text
    assert "2025年科技人员数再增1人" in text


def test_it_explains_for_an_organisation_of_the_register(client, own, firm):
    client.force_login(own.clerk)
    where = f"/api/v1/policies/{HTE}/for/{firm.pk}?as_of=2026-06-30"
    found = client.get(where).json()
    assert (found["result"], found["trace"]["value"]) == ("yes", "符合")
    client.force_login(own.stranger)
    assert client.get(where).status_code == 404


def many(client, organisations, **more):
    given = {"as_of": "2026-06-30", "policies": [HTE], "organisations": organisations, **more}
    return client.post("/api/v1/policies/decide-many", given, content_type="application/json")


def test_it_decides_for_many_and_faulty_figures_of_one_stop_nobody_else(client, cast):
    client.force_login(cast.clerk)
    fewer = {**GIVEN, "科技人员数": {"2025": "8"}}
    asked = [
        {"key": "甲", "facts": GIVEN},
        {"key": "乙", "facts": {"血型": "A"}},
        {"key": "丙", "facts": fewer},
    ]
    first, second, third = many(client, asked).json()
    assert [one["key"] for one in (first, second, third)] == ["甲", "乙", "丙"]
    assert first["problems"] == []
    assert first["decisions"][0]["findings"] == []
    assert (second["decisions"], second["problems"][0]["where"]) == ([], "血型")
    assert third["decisions"][0]["failed"] == ["tech-staff"]
    (alone,) = ask(client, facts=fewer, detail="brief").json()
    assert alone == third["decisions"][0]
    assert many(client, asked[:1], detail="full").json()[0]["decisions"][0]["findings"]


def test_it_takes_only_so_many_at_once(client, cast):
    client.force_login(cast.clerk)
    everybody = [{"key": str(place), "facts": {}} for place in range(200)]
    assert many(client, everybody).status_code == 200
    assert many(client, [*everybody, {"key": "x", "facts": {}}]).status_code == 422
    refused = many(client, everybody, policies=[])
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["code"] == "policies.api.many"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"facts": {"研发费用": {"2025": "1万元"}, "rd-expense": {"2025": "2万元"}}}, "给了两次"),
        ({"facts": {"研发费用": {"20255": "1万元"}}}, "不是这项数据的期间"),
        ({"facts": {"研发费用": {"2025-06": "1万元"}}}, "不是这项数据的期间"),
        ({"facts": {}, "answers": {HTE: {"nothing": True}}}, "没有这项条件"),
        ({"facts": {}, "answers": {"national.nothing": {}}}, "没有这项政策"),
    ],
)
def test_it_passes_over_no_mistake_in_silence(client, cast, more, words):
    client.force_login(cast.clerk)
    answer = ask(client, **more)
    assert answer.status_code == 422
    assert words in str(answer.json())


def test_the_unknown_visitor_signs_in_first(client, firm):
    assert client.get("/api/v1/policies/").status_code == 401
    assert ask(client, facts={}).status_code == 401
