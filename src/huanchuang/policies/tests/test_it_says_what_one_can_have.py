"""An organisation sees what it can have, what it nearly can have and what has to be found out, with reasons."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.rules import decide
from huanchuang.facts.queries.values import current
from huanchuang.facts.services import withdraw_fact
from huanchuang.orm import clock
from huanchuang.packs.library import library
from huanchuang.packs.policies import policy
from huanchuang.policies.queries.known import subject_of
from huanchuang.policies.queries.library import next_opening, policy_named
from huanchuang.policies.queries.outlook import outlook_of
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.services import qualify, register

from .conftest import HTE, SME, note

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)


def card(firm, policy=HTE, day=DAY):
    return next(one for one in outlook_of(firm, day).cards if one.listed.id == policy)


def test_it_says_yes_at_the_very_threshold(firm):
    assert card(firm).result == "yes"


def test_one_person_fewer_is_nearly(firm):
    note(firm, "tech-staff", "2025", "8", "人")
    found = card(firm)
    assert (found.result, found.is_near) == ("no", True)
    assert [gap.text() for gap in found.decision.distance] == ["2025年科技人员数再增1人"]


def test_a_missing_figure_is_unknown_and_named_with_where_to_enter_it(client, own, firm):
    fact = current().get(subject=firm.subject, key="rd-expense", period="2024")
    withdraw_fact(SYSTEM, fact, "报错了年份")
    found = card(firm)
    assert found.result == "unknown"
    assert [one.name() for one in found.decision.missing] == ["2024年研发费用"]
    assert "2024年研发费用" in [one.name() for one, _count in outlook_of(firm, DAY).wanted]
    client.force_login(own.clerk)
    page = client.get(reverse("policies:outlook", args=[firm.pk]))
    assert [count for _one, count, _url in page.context["wanted"]]
    for one, _count, url in page.context["wanted"]:
        assert bool(url) == (one.kind == "fact")
        assert one.name() in page.content.decode()


def test_an_older_day_asks_the_years_before_it(firm):
    assert card(firm, day=dt.date(2025, 6, 30)).result == "unknown"  # 2022 is not known


def test_the_register_says_what_no_fact_says(firm):
    known = subject_of(firm, DAY).taken
    assert known["industry-code", ""].value == "2651"
    assert known["region-code", ""].url == firm.get_absolute_url()
    assert ("valid-hte-certificate", "") not in known  # nothing registered is not “no”
    qualify(SYSTEM, firm, "high-tech-enterprise", dt.date(2024, 1, 1), valid_until=dt.date(2026, 12, 31))
    assert subject_of(firm, DAY).taken["valid-hte-certificate", ""].value is True
    assert ("valid-hte-certificate", "") not in subject_of(firm, dt.date(2027, 1, 1)).taken


def test_rights_of_the_register_are_counted_by_class_where_no_fact_counts_them(firm):
    for key in ("class-one-ip", "class-two-ip"):
        withdraw_fact(SYSTEM, current().get(subject=firm.subject, key=key), "以登记簿为准")
    assert ("class-one-ip", "") not in subject_of(firm, DAY).taken
    for kind, state in (
        ("invention", "granted"),
        ("invention", "pending"),
        ("software", "granted"),
        ("layout", "granted"),
    ):
        register(
            SYSTEM, KINDS["patent"], {"title": f"{kind}-{state}", "kind": kind, "state": state, "owner": firm}
        )
    known = subject_of(firm, DAY).taken
    assert (known["class-one-ip", ""].value, known["class-two-ip", ""].value) == (2, 1)


def test_a_timeless_value_past_its_time_counts_as_unknown(firm, monkeypatch):
    assert not subject_of(firm, DAY).stale
    later = subject_of(firm, DAY + dt.timedelta(days=5000))
    assert [one.fact.key for one in later.stale]
    assert not {(one.fact.key, "") for one in later.stale} & set(later.taken)
    assert later.record().stale == {one.fact.key for one in later.stale}
    found = decide(policy(SME), later.record(), DAY + dt.timedelta(days=5000))
    assert [one.name() for one in found.missing if one.is_stale]
    assert all(one.name().endswith("（已过期）") is one.is_stale for one in found.missing)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("leader", 200),
        ("auditor", 200),
        ("clerk", 200),
        ("stranger", 404),
        ("reviewer", 403),
    ],
)
@pytest.mark.parametrize("name", ["outlook", "decision", "suppose"])
def test_it_is_for_those_who_see_inside(client, own, firm, person, status, name):
    client.force_login(getattr(own, person))
    words = [firm.pk] if name == "outlook" else [firm.pk, HTE]
    assert client.get(reverse(f"policies:{name}", args=words)).status_code == status


def test_the_page_shows_reason_value_threshold_and_source(client, own, firm):
    client.force_login(own.clerk)
    page = client.get(reverse("policies:decision", args=[firm.pk, HTE])).content.decode()
    for words in (
        "国科发火〔2016〕32号 第十一条(四)",
        "10%",
        "90人",
        "批量导入 · 2026-06-30",
        "专项审计报告",
    ):
        assert words in page
    assert client.get(reverse("policies:decision", args=[firm.pk, "national.nothing"])).status_code == 404


def test_another_figure_is_tried_and_nothing_is_stored(client, own, firm):
    client.force_login(own.clerk)
    address = reverse("policies:suppose", args=[firm.pk, HTE])
    before = current().count()
    page = client.get(address, {"tech-staff@2025": "８"})
    assert page.context["other"].result == "no"
    assert [outcome for _text, _why, outcome in page.context["changed"]] == [False]
    assert client.get(address, {"tech-staff@2025": "9"}).context["changed"] == []
    wrong = client.get(address, {"tech-staff@2025": "很多"})
    assert wrong.status_code == 422
    assert "读不出这个数值" in wrong.content.decode()
    assert current().count() == before


def test_the_library_lists_searches_and_shows_rules_beside_clauses(client, cast):
    client.force_login(cast.clerk)
    page = client.get(reverse("policies:library"), {"q": "32号"}).content.decode()
    assert "高新技术企业认定" in page
    assert "没有找到政策" in client.get(reverse("policies:library"), {"q": "查无此策"}).content.decode()
    one = client.get(reverse("policies:policy", args=[HTE])).content.decode()
    assert "科技人员数 / 职工总数 &gt;= 10%" in one
    assert "第十一条(四)" in one
    assert client.get(reverse("policies:policy", args=["national.nothing"])).status_code == 404


@pytest.mark.parametrize("name", [one.id for one in library().all("policies") if one.content.written.windows])
def test_a_window_opens_and_closes_on_its_days(name):
    one = policy_named(name)
    opening = next_opening(one, dt.date(2026, 1, 1))
    assert next_opening(one, opening.opens).is_open
    assert next_opening(one, opening.closes).is_open
    after = next_opening(one, opening.closes + dt.timedelta(days=1))
    assert after.closes > opening.closes


def test_it_answers_for_today(firm):
    assert clock.today() == DAY
    assert {one.listed.id for one in outlook_of(firm, clock.today()).cards} >= {HTE, SME}
