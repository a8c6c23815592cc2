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
        "/api/policies/decide",
        {"as_of": "2026-06-30", "policies": [HTE], **given},
        content_type="application/json",
    )


def test_it_lists_policies(client, cast):
    client.force_login(cast.clerk)
    found = {one["id"]: one for one in client.get("/api/policies/").json()}
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
    assert client.post("/api/policies/decide", b"{", content_type="application/json").status_code in (
        400,
        422,
    )


@pytest.mark.parametrize(
    ("person", "status"), [("clerk", 200), ("officer", 200), ("stranger", 404), ("reviewer", 403)]
)
def test_it_decides_for_organisations_of_the_register(client, own, firm, person, status):
    client.force_login(getattr(own, person))
    answer = client.get(f"/api/policies/for/{firm.pk}?as_of=2026-06-30")
    assert answer.status_code == status
    if status == 200:
        assert next(one for one in answer.json() if one["policy"] == HTE)["result"] == "yes"


def test_the_unknown_visitor_signs_in_first(client, firm):
    assert client.get("/api/policies/").status_code == 401
    assert ask(client, facts={}).status_code == 401
