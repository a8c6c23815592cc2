"""The frame: navigation by role, date, language, messages; the home page and the search."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from huanchuang.accounts.queries import allows
from huanchuang.audit.services import SYSTEM
from huanchuang.notices.services import notify
from huanchuang.orm.navigation import entries
from huanchuang.registry.services import register_organisation

ROLES = [
    "officer",
    "reporter",
    "clerk",
    "researcher",
    "manager",
    "reviewer",
    "leader",
    "auditor",
    "administrator",
    "stranger",
]
HOME_QUERIES = 40


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_it_shows_what_a_role_may_do_and_nothing_else(cast, role: str) -> None:
    user = getattr(cast, role)
    text = signed_in(user).get("/").content.decode()
    for entry in entries():
        link = f'class="side-link" href="{reverse(entry.url_name)}"'
        assert (link in text) == allows(user, entry.deed), entry.url_name


def test_it_marks_the_present_page_once(cast) -> None:
    text = signed_in(cast.officer).get("/").content.decode()
    assert text.count('aria-current="page"') == 1


@pytest.mark.parametrize("page", ["rolls", "forecasts", "contradictions"])
def test_pages_that_a_run_leads_to_belong_to_its_entry(cast, page: str) -> None:
    text = signed_in(cast.officer).get(reverse(f"policies:{page}")).content.decode()
    marked = next(
        line for line in text.split("<a ") if line.startswith('class="side-link"') and "aria-current" in line
    )
    assert f'href="{reverse("policies:runs")}"' in marked


@pytest.mark.parametrize("role", ROLES)
def test_it_tells_everybody_how_to_begin(cast, role: str) -> None:
    answer = signed_in(getattr(cast, role)).get("/")
    assert answer.status_code == 200
    assert "empty-state" in answer.content.decode()


def test_it_asks_the_database_no_more_than_it_must(cast, django_assert_max_num_queries) -> None:
    client = signed_in(cast.officer)
    client.get("/")
    with django_assert_max_num_queries(HOME_QUERIES):
        client.get("/")


def test_it_shows_the_business_date_and_unread_messages(cast) -> None:
    notify([cast.clerk], "test.kind", "一条消息", "", "/")
    text = signed_in(cast.clerk).get("/").content.decode()
    assert "今天是 2026年6月30日" in text
    assert "消息，1 条未读" in text
    assert "一条消息" in text


def test_it_changes_the_language_and_remembers_it(cast) -> None:
    client = signed_in(cast.officer)
    answer = client.post("/language/", {"language": "en", "next": "/search/"}, follow=True)
    assert answer.redirect_chain == [("/search/", 302)]
    text = client.get("/").content.decode()
    assert '<html lang="en">' in text
    assert "Today is 30 June 2026" in text


def test_it_speaks_chinese_until_told_otherwise(cast) -> None:
    answer = signed_in(cast.officer).get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert '<html lang="zh-hans">' in answer.content.decode()


def test_it_does_not_send_people_elsewhere_after_changing_the_language(cast) -> None:
    answer = signed_in(cast.officer).post(
        "/language/", {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


def test_it_refuses_to_change_the_language_by_a_link(cast) -> None:
    assert signed_in(cast.officer).get("/language/").status_code == 405


@pytest.fixture
def firm(cast):
    return register_organisation(SYSTEM, name="青岑试验材料有限公司", kind="enterprise")


def test_it_finds_organisations(cast, firm) -> None:
    text = signed_in(cast.officer).get("/search/", {"q": "试验 材料"}).content.decode()
    assert "青岑试验材料有限公司" in text


def test_it_finds_nothing_that_a_person_may_not_see(cast, firm) -> None:
    text = signed_in(cast.stranger).get("/search/", {"q": "试验"}).content.decode()
    assert "青岑试验材料有限公司" not in text
    assert "没有找到" in text


def test_it_says_how_to_search(cast) -> None:
    assert "输入词语开始查找" in signed_in(cast.clerk).get("/search/").content.decode()


@pytest.mark.parametrize("query", ["%", "'", "<b>", "字" * 500, "' OR 1=1 --"])
def test_it_survives_any_query(cast, query: str) -> None:
    answer = signed_in(cast.officer).get("/search/", {"q": query})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_it_refuses_a_query_that_no_database_can_hold(cast) -> None:
    assert signed_in(cast.officer).get("/search/", {"q": "\x00"}).status_code == 400
