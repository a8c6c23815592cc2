"""The register as JSON: the rows of the page, nothing personal, and a clear answer to every odd question."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.accounts.services import grant
from huanchuang.audit.services import SYSTEM
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.services import change, qualify, register, relate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "count"), [("officer", 2), ("researcher", 2), ("clerk", 1), ("reporter", 1), ("stranger", 0)]
)
def test_it_lists_what_the_page_lists(client, people, person, count):
    client.force_login(getattr(people, person))
    answer = client.get("/api/v1/registry/organisations").json()
    assert (answer["count"], len(answer["entries"])) == (count, count)


def test_it_filters_like_the_page(client, people, firm):
    client.force_login(people.officer)
    found = client.get("/api/v1/registry/organisations", {"q": "岑科", "kind": "enterprise"}).json()
    assert [row["id"] for row in found["entries"]] == [firm.pk]


def test_it_never_carries_personal_data(client, people, firm):
    client.force_login(people.officer)
    text = client.get(f"/api/v1/registry/organisations/{firm.pk}").content.decode()
    assert "91350100M000100Y43" in text
    assert "1380000" not in text
    assert "contact" not in text


@pytest.mark.parametrize(("person", "status"), [("clerk", 200), ("stranger", 404), ("reporter", 404)])
@pytest.mark.parametrize("more", ["", "/relations", "/qualifications", "/history"])
def test_it_hides_others_organisations(client, people, firm, person, status, more):
    client.force_login(getattr(people, person))
    assert client.get(f"/api/v1/registry/organisations/{firm.pk}{more}").status_code == status


def test_it_asks_the_unknown_visitor_to_sign_in(client, firm):
    for where in ("", "organisations", f"organisations/{firm.pk}", f"organisations/{firm.pk}/history"):
        assert client.get(f"/api/v1/registry/{where}").status_code == 401


def test_it_describes_the_kinds_and_their_fields(client, people):
    client.force_login(people.researcher)
    kinds = {kind["name"]: kind for kind in client.get("/api/v1/registry/").json()}
    assert set(kinds) == set(KINDS)
    need = {field["name"]: field for field in kinds["need"]["fields"]}
    assert (kinds["need"]["label"], kinds["need"]["label_en"]) == ("需求", "Needs")
    told = need["budget"]
    assert (told["label"], told["label_en"], told["unit"]) == ("预算金额", "Budget", "万元")
    assert told["field_class"] == "matched"
    assert "phone" not in {field["name"] for field in kinds["person"]["fields"]}


def test_it_leads_on_to_relations_facts_qualifications_and_history(client, people, firm):
    client.force_login(people.clerk)
    links = client.get(f"/api/v1/registry/organisations/{firm.pk}").json()["links"]
    assert set(links) == {"relations", "facts", "qualifications", "history"}
    for address in links.values():
        assert client.get(address).status_code == 200
    client.force_login(people.researcher)
    assert "history" not in client.get(f"/api/v1/registry/organisations/{firm.pk}").json()["links"]


def test_it_tells_relations_from_either_end_as_far_as_the_other_is_known(client, people, firm):
    person = register(SYSTEM, KINDS["person"], {"name": "秦岚", "roles": ["researcher"], "unit": firm})
    known = register(SYSTEM, KINDS["achievement"], {"title": "板材", "owner": firm})
    secret = register(SYSTEM, KINDS["achievement"], {"title": "秘方", "owner": firm, "is_confidential": True})
    for achievement in (known, secret):
        relate(SYSTEM, "inventor-of", person, achievement, order=1)
    client.force_login(people.officer)
    (one,) = client.get(f"/api/v1/registry/people/{person.pk}/relations").json()["relations"]
    assert (one["type"], one["outward"], one["kind"]) == ("inventor-of", True, "achievement")
    assert (one["subject"], one["title"]) == (known.subject, "板材")
    (back,) = client.get(f"/api/v1/registry/achievements/{known.pk}/relations").json()["relations"]
    assert (back["outward"], back["subject"]) == (False, person.subject)
    assert client.get(f"/api/v1/registry/achievements/{secret.pk}/relations").status_code == 404


def test_it_tells_qualifications_of_organisations_only(client, people, firm):
    until = dt.date(2025, 12, 31)
    qualify(SYSTEM, firm, "technology-sme", dt.date(2025, 1, 1), number="2025-1", valid_until=until)
    need = register(SYSTEM, KINDS["need"], {"title": "密封胶", "kind": "technology", "owner": firm})
    client.force_login(people.officer)
    (one,) = client.get(f"/api/v1/registry/organisations/{firm.pk}/qualifications").json()["qualifications"]
    assert (one["kind"], one["number"], one["valid_until"]) == ("technology-sme", "2025-1", "2025-12-31")
    assert client.get(f"/api/v1/registry/needs/{need.pk}/qualifications").status_code == 404


def test_it_tells_where_values_come_from_to_insiders_only(client, people, firm, settings):
    said = {"title": "密封胶", "kind": "technology", "owner": firm, "budget": "100"}
    need = register(SYSTEM, KINDS["need"], said, source="企业填报")
    settings.HUANCHUANG_TODAY = dt.date(2026, 9, 1)
    change(SYSTEM, need, need.version, {"budget": "80"}, source="电话核实")
    where = f"/api/v1/registry/needs/{need.pk}/history"
    client.force_login(people.clerk)
    now = client.get(where).json()["budget"]
    assert (now["value"], now["source"]) == (80_000_000, "电话核实")
    then = client.get(where, {"on": "2026-07-01"}).json()["budget"]
    assert (then["value"], then["source"]) == (100_000_000, "企业填报")
    assert client.get(where, {"on": "2020-01-01"}).json() == {}
    client.force_login(people.researcher)
    assert client.get(where).status_code == 403
    grant(SYSTEM, people.researcher, need.subject, "对接", field_class="matched")
    assert client.get(where).status_code == 403


def test_the_past_of_a_field_does_not_name_a_secret(client, people, firm):
    secret = register(SYSTEM, KINDS["achievement"], {"title": "秘方", "owner": firm, "is_confidential": True})
    said = {"title": "板材", "kind": "invention", "owner": firm, "achievement": secret}
    patent = register(SYSTEM, KINDS["patent"], said)
    grant(SYSTEM, people.officer, patent.subject, "协助", field_class="owner")
    client.force_login(people.officer)
    answer = client.get(f"/api/v1/registry/patents/{patent.pk}/history")
    assert answer.status_code == 200
    assert answer.json()["achievement"]["value"] is None
    client.force_login(people.clerk)
    assert (
        client.get(f"/api/v1/registry/patents/{patent.pk}/history").json()["achievement"]["value"]
        == secret.subject
    )


def test_it_turns_pages_of_the_size_asked_for(client, people):
    for number in range(7):
        register(SYSTEM, KINDS["document"], {"title": f"文件{number}", "kind": "notice"})
    client.force_login(people.officer)
    pages = [
        client.get("/api/v1/registry/documents", {"page": page, "page_size": 3, "sort": "title"}).json()
        for page in (1, 2, 3, 4)
    ]
    assert [len(page["entries"]) for page in pages] == [3, 3, 1, 0]
    assert {page["count"] for page in pages} == {7}
    assert len({row["id"] for page in pages for row in page["entries"]}) == 7


@pytest.mark.parametrize(
    "words",
    [
        "page=0", "page=-1", "page=1000000000000", "page=x", "page=", "page=1.5", "page_size=0", "page_size=201", "page_size=-5",
        "sort=nonsense", "sort=-", "sort=--title", "sort=phone", "sort=search_text", "sort=owner__name", "status=nonsense",
        "colour=red", "contact_phone=1", "is_confidential=1", "owner__name=x", "q=" + "长" * 81, "q=" + "a" * 100_000,
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_with_odd_words_in_both_languages(client, people, words):
    client.force_login(people.officer)
    answer = client.get(f"/api/v1/registry/achievements?{words}")
    assert answer.status_code == 422, answer.content[:200]
    english = client.get(answer.request["PATH_INFO"] + f"?{words}", headers={"Accept-Language": "en"})
    for problem, translated in zip(answer.json()["problems"], english.json()["problems"], strict=True):
        assert problem["what"] != translated["what"]
        assert problem["remedy"]
        assert translated["remedy"]


@pytest.mark.parametrize(
    "words",
    ["q=%F0%9F%98%80", "q=%E2%80%AE", "q=%07%1F", "field=%07", "field=nonsense", "owner=0", "owner=x", "owner=-1",
     "owner=9999999999999999999999", "q=" + "%20" * 50, "q=%25_%27%22%5C", "sort=", "q="],
)  # fmt: skip
def test_it_finds_nothing_or_everything_but_never_fails(client, people, words):
    client.force_login(people.officer)
    assert client.get(f"/api/v1/registry/achievements?{words}").status_code == 200
    assert client.get(f"/registry/achievements/?{words}").status_code == 200


@pytest.mark.parametrize("words", ["q=%00", "field=%00", "sort=%00title"])
def test_it_refuses_what_no_text_has(client, people, words):
    client.force_login(people.officer)
    assert client.get(f"/api/v1/registry/achievements?{words}").status_code == 400


@pytest.mark.parametrize("key", ["0", "-1", "9" * 18, "9" * 30, "x", "1.5", "１"])
@pytest.mark.parametrize("more", ["", "/relations", "/qualifications", "/history"])
def test_it_knows_no_odd_key(client, people, key, more):
    client.force_login(people.officer)
    answer = client.get(f"/api/v1/registry/needs/{key}{more}")
    assert answer.status_code in {404, 422}
    assert answer.json()["problems"][0]["code"]


@pytest.mark.parametrize("plural", ["wishes", "need", "NEEDS"])
def test_it_knows_no_other_list(client, people, plural):
    client.force_login(people.officer)
    assert client.get(f"/api/v1/registry/{plural}").status_code == 404


@pytest.mark.parametrize("day", ["2026-02-30", "x", "0001-01-01", "9999-12-31", "2026"])
def test_it_refuses_odd_days(client, people, firm, day):
    client.force_login(people.officer)
    assert client.get(f"/api/v1/registry/organisations/{firm.pk}/history", {"on": day}).status_code == 422
