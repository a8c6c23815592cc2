"""Figures that policies ask for: who has them and how old, how many decisions each would settle, and who lacks them."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from django.urls import reverse
from django.utils import timezone

from huanchuang.audit.services import SYSTEM
from huanchuang.facts.models import Fact
from huanchuang.policies.queries import quality as known
from huanchuang.policies.queries.library import in_force
from huanchuang.policies.queries.needs import asked_by
from huanchuang.policies.queries.outlook import outlook_of
from huanchuang.policies.queries.runs import result_of
from huanchuang.policies.services.runs import begin_run
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import register_organisation
from huanchuang.web.demo.district import load

from .conftest import HTE, note

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
SCORE = "innovation-score"


@pytest.fixture
def several(firm):
    """One with all figures, one that lacks its score alone, one with nothing on file that was founded in 2025."""
    near = register_organisation(
        SYSTEM, name="青岑缺一项科技有限公司", kind="company", region="990101", industry="2651", founded_on=dt.date(2015, 3, 2)
    )  # fmt: skip
    for fact in Fact.objects.filter(subject=firm.subject).exclude(key=SCORE):
        note(near, fact.key, fact.period.code, fact.value, fact.unit)
    empty = register_organisation(
        SYSTEM, name="青岑空白科技有限公司", kind="company", region="990101", industry="6513", founded_on=dt.date(2025, 2, 1)
    )  # fmt: skip
    return firm, near, empty


def panel(run):
    decisions = known.open_in(run)
    return decisions, {line.need.name: line for line in known.quality_of(run, decisions)}


def wanted(organisation: Organisation, day: dt.date) -> dict[str, set[tuple[str, str, str]]]:
    """What the organisation's own page says would settle each open decision."""
    return {
        card.listed.id: {
            (one.kind, one.key, one.period.code if one.period else "") for one in card.decision.missing
        }
        for card in outlook_of(organisation, day).of("unknown")
    }


def test_what_one_has_and_lacks_adds_up_to_all_that_are_asked(own, several):
    run = begin_run(own.officer, DAY, inline=True)
    _decisions, lines = panel(run)
    score = lines[SCORE]
    assert (score.have, score.lack, score.stale) == (1, 2, 0)
    revenue = lines["sales-revenue@2025"]
    assert (revenue.have, revenue.lack, revenue.share) == (2, 1, 66)


def test_a_figure_of_years_before_the_founding_is_lacked_by_nobody_founded_later(own, several):
    _decisions, lines = panel(begin_run(own.officer, DAY, inline=True))
    early = lines["rd-expense@2023"]
    assert early.have + early.lack == 2  # the third was founded in 2025
    assert lines["rd-expense@2025"].have + lines["rd-expense@2025"].lack == 3


def test_a_figure_whose_absence_is_an_answer_is_not_asked_for():
    listed = next(one for one in in_force(DAY) if one.id == "national.technology-sme")
    names = {need.name for asked in asked_by(listed, DAY) if asked for need in asked.needs}
    assert "major-accident@2025" in names
    assert "major-accident@2026" not in names  # 重大事故@本年 未知 或 非 重大事故@本年


def test_it_settles_what_waits_for_it_alone(own, several):
    _firm, near, empty = several
    run = begin_run(own.officer, DAY, inline=True)
    decisions, lines = panel(run)
    rows = {row.organisation: row for row in known.lacking_in(run, decisions, SCORE, {near.pk, empty.pk})}
    alone = [policy for policy, found in wanted(near, DAY).items() if found == {("fact", SCORE, "")}]
    assert HTE in alone
    assert rows[near.pk].settles == len(alone)
    assert rows[empty.pk].settles == 0
    assert lines[SCORE].settles == sum(row.settles for row in rows.values())
    assert lines[SCORE].waits == sum(row.waits for row in rows.values())
    note(near, SCORE, "2025", "80", "分")
    again = begin_run(own.officer, DAY, inline=True)
    assert again.counts[HTE]["unknown"] == run.counts[HTE]["unknown"] - 1
    assert HTE not in wanted(near, DAY)


def test_open_decisions_are_divided_by_what_it_takes(own, several):
    run = begin_run(own.officer, DAY, inline=True)
    decisions, lines = panel(run)
    waiting = known.waiting_in(decisions)
    assert waiting.total == sum(counts["unknown"] for counts in run.counts.values())
    assert waiting.single == sum(line.settles for line in lines.values()) > 0
    assert waiting.others > 0  # papers that nobody has looked at


def test_what_is_too_old_is_told_apart_from_what_is_not_there(client, own, several):
    firm, near, _empty = several
    note(near, SCORE, "2025", "80", "分")
    long_ago = timezone.make_aware(dt.datetime(2020, 5, 4, 12))
    Fact.objects.filter(subject=near.subject, key=SCORE).update(recorded_at=long_ago)
    Fact.objects.filter(subject=firm.subject, key=SCORE).update(recorded_at=long_ago)
    note(firm, SCORE, "2026", "75", "分")  # has an old one and one that counts
    run = begin_run(own.officer, DAY, inline=True)
    decisions, lines = panel(run)
    score = lines[SCORE]
    assert (score.have, score.lack, score.stale) == (1, 2, 1)
    assert (score.oldest, score.newest) == (dt.date(2020, 5, 4), DAY)
    assert score.days is not None
    old, never = known.lacking_in(run, decisions, SCORE, {one.pk for one in several})
    assert (old.organisation, old.is_stale, old.recorded) == (near.pk, True, dt.date(2020, 5, 4))
    assert (never.is_stale, never.recorded) == (False, None)
    client.force_login(own.officer)
    shown = client.get(reverse("policies:quality-without", args=[run.pk, SCORE])).content.decode()
    assert "过了可用天数" in shown
    assert "2020-05-04" in shown


def test_most_settled_come_first_and_lead_to_the_figures_of_each(client, own, several):
    _firm, near, _empty = several
    run = begin_run(own.officer, DAY, inline=True)
    client.force_login(own.officer)
    page = client.get(reverse("policies:quality", args=[run.pk]))
    settles = [line.settles for line in page.context["lines"]]
    assert settles == sorted(settles, reverse=True)
    assert page.context["lines"][0].need.name == SCORE
    assert reverse("policies:quality-without", args=[run.pk, SCORE]) in page.content.decode()
    shown = client.get(reverse("policies:quality-without", args=[run.pk, SCORE])).content.decode()
    assert near.name in shown
    assert reverse("facts:subject", args=[near.subject]) in shown
    assert f"{reverse('facts:place', args=[near.subject])}?key={SCORE}" in shown
    dated = client.get(reverse("policies:quality-without", args=[run.pk, "rd-expense@2025"])).content.decode()
    assert "/enter/rd-expense/2025/" in dated
    assert (
        client.get(reverse("policies:quality-without", args=[run.pk, "rd-expense@1999"])).status_code == 404
    )


def test_the_list_has_only_organisations_the_reader_may_see(client, own, several, monkeypatch):
    _firm, near, empty = several
    run = begin_run(own.officer, DAY, inline=True)
    client.force_login(own.officer)
    address = reverse("policies:quality-without", args=[run.pk, SCORE])
    before = client.get(address)
    assert [firm.pk for firm, *_rest in before.context["rows"]] == [near.pk, empty.pk]
    seen = Organisation.objects.exclude(pk=near.pk)
    monkeypatch.setattr("huanchuang.policies.views.quality.visible", lambda user, kind: seen)
    after = client.get(address)
    assert [firm.pk for firm, *_rest in after.context["rows"]] == [empty.pk]
    assert after.context["waits"] < before.context["waits"]
    assert near.name not in after.content.decode()


def test_who_may_not_enter_figures_gets_the_list_without_the_way_to_enter(client, own, several):
    run = begin_run(own.officer, DAY, inline=True)
    client.force_login(own.auditor)
    shown = client.get(reverse("policies:quality-without", args=[run.pk, SCORE])).content.decode()
    assert several[1].name in shown
    assert reverse("facts:place", args=[several[1].subject]) not in shown


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("leader", 200),
        ("auditor", 200),
        ("clerk", 403),
        ("stranger", 403),
        ("manager", 403),
    ],
)
def test_it_is_for_the_authority(client, own, firm, person, status):
    run = begin_run(own.officer, DAY, inline=True)
    client.force_login(getattr(own, person))
    for name, words in (("quality", [run.pk]), ("quality-without", [run.pk, SCORE])):
        assert client.get(reverse(f"policies:{name}", args=words)).status_code == status, name


def test_an_older_run_says_that_it_does_not_know_and_offers_a_new_one(client, own, several, monkeypatch):
    run = begin_run(own.officer, DAY, inline=True)
    whole = result_of(run)
    older = whole.select(
        name for name in whole.columns if not name.startswith(("has/", "stale/", "recorded/", "founded"))
    )
    monkeypatch.setattr("huanchuang.policies.queries.runs.read_columns", lambda digest: older)
    address = reverse("policies:quality", args=[run.pk])
    client.force_login(own.officer)
    shown = client.get(address).content.decode()
    assert "这次测算没有保存数据情况" in shown
    assert "重新测算" in shown
    assert client.get(reverse("policies:quality-without", args=[run.pk, SCORE])).status_code == 404
    client.force_login(own.leader)
    assert f'href="{reverse("policies:runs")}">重新测算' not in client.get(address).content.decode()


def test_in_the_whole_district_it_says_what_each_page_says(own):
    load(SYSTEM)
    run = begin_run(own.officer, DAY, inline=True)
    decisions, _lines = panel(run)
    single = {
        (policy.id, row["organisation"]): {name for name in known.figures_in(frame) if row[name]}
        for policy, frame in zip(known.asked_in(run), decisions, strict=True)
        for row in frame.filter(pl.col(known.TOTAL) == 1, pl.col(known.OTHERS) == 0).iter_rows(named=True)
    }
    told = {}
    checked = Organisation.objects.filter(pk__in=result_of(run)["organisation"].to_list()[:60])
    for one in checked:
        for policy, found in wanted(one, DAY).items():
            if len(found) == 1 and next(iter(found))[0] in ("fact", "relation"):
                told[policy, one.pk] = {f"{key}@{period}" if period else key for _kind, key, period in found}
    keys = {one.pk for one in checked}
    assert len(told) > 10
    assert told == {place: names for place, names in single.items() if place[1] in keys}


def test_in_the_whole_district_every_open_decision_names_the_figures_of_its_page(own):
    load(SYSTEM)
    run = begin_run(own.officer, DAY, inline=True)
    decisions = known.open_in(run)
    listed = {
        (policy.id, row["organisation"]): {name for name in known.figures_in(frame) if row[name]}
        for policy, frame in zip(known.asked_in(run), decisions, strict=True)
        for row in frame.iter_rows(named=True)
    }
    told = {
        (policy, one.pk): {
            f"{key}@{period}" if period else key
            for kind, key, period in found
            if kind in ("fact", "relation")
        }
        for one in Organisation.objects.filter(pk__in=result_of(run)["organisation"].to_list())
        for policy, found in wanted(one, DAY).items()
    }
    assert len(told) > 1500
    assert {place: (listed[place], names) for place, names in told.items() if listed[place] != names} == {}
