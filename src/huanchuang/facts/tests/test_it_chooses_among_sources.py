"""Two sources say different things; an officer says which counts and why, and what was asked before stays answered so."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period, ProblemError
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import current, differing, known_values, series, value
from huanchuang.facts.services import (
    choose_source,
    correct_fact,
    record_fact,
    take_back_choice,
    withdraw_fact,
)
from huanchuang.facts.services.choose import ChosenMeanwhile
from huanchuang.facts.services.record import CorrectedMeanwhile

SUBJECT, KEY, YEAR = "registry.organisation:1", "sales-revenue", Period.year(2025)
SOURCES = ("report", "import", "manual")
deeds = st.lists(
    st.tuples(
        st.sampled_from(["say", "choose", "take back", "withdraw"]),
        st.sampled_from(SOURCES),
        st.integers(0, 3),
    ),
    max_size=14,
)


class AsItWasChosen(TestCase):
    """Property: at each past moment the value that counts is the one that counted then, in every way of asking."""

    @settings(deadline=None, max_examples=60)
    @given(deeds)
    def test_it_answers_for_every_moment_as_it_did_then(self, steps):
        SourceChoice.objects.all().delete()
        Fact.objects.all()._raw_delete("default")  # rows point at each other
        seen = {}
        for deed, source, amount in steps:
            self._do(deed, source, amount)
            moment = self._newest_moment()
            if moment is not None:
                seen[moment] = self._counts(None)
        for moment, counted in seen.items():
            assert self._counts(moment) == counted

    def _do(self, deed, source, amount):
        standing = current().filter(subject=SUBJECT, source_kind=source).first()
        if deed == "say":
            record_fact(SYSTEM, SUBJECT, KEY, YEAR, str(amount), "元", source)
        elif deed == "withdraw" and standing:
            withdraw_fact(SYSTEM, standing, "试")
        elif (
            deed == "choose" and standing and len({fact.value for fact in differing(SUBJECT, KEY, YEAR)}) > 1
        ):
            choose_source(SYSTEM, standing, "试")
            assert value(SUBJECT, KEY, YEAR) == standing
        elif deed == "take back" and (choice := SourceChoice.objects.filter(ended_at__isnull=True).first()):
            take_back_choice(SYSTEM, choice, "试")

    def _newest_moment(self):
        facts = [m for row in Fact.objects.all() for m in (row.recorded_at, row.current_until) if m]
        choices = [m for row in SourceChoice.objects.all() for m in (row.chosen_at, row.ended_at) if m]
        return max([*facts, *choices], default=None)

    def _counts(self, known_at):
        one = value(SUBJECT, KEY, YEAR, known_at)
        several = series(SUBJECT, KEY, known_at)
        many = list(known_values([SUBJECT], [KEY], [YEAR], known_at))
        assert [fact.pk for fact in several] == [known.pk for known in many] == ([one.pk] if one else [])
        return (one.source_kind, one.value) if one else None


pytestmark = pytest.mark.django_db


def say(amount, source, subject=SUBJECT, **more):
    return record_fact(SYSTEM, subject, KEY, YEAR, amount, "元", source, **more)


@pytest.fixture
def two(db):
    return say("101", "report"), say("100", "import")


def test_it_lets_the_chosen_source_count(two):
    reported, imported = two
    assert value(SUBJECT, KEY, YEAR) == reported
    choice = choose_source(SYSTEM, imported, " 与审计报告一致 ")
    assert choice.reason == "与审计报告一致"
    assert differing(SUBJECT, KEY, YEAR) == [imported, reported]
    entry = audit.history(SUBJECT).first()
    assert (entry.verb, entry.note) == ("facts.source.choose", "与审计报告一致")


def test_it_follows_the_chosen_source_through_its_corrections(two):
    _, imported = two
    choose_source(SYSTEM, imported, "与审计报告一致")
    better = correct_fact(SYSTEM, imported, "99", "元", "审计调整")
    assert value(SUBJECT, KEY, YEAR) == better


def test_it_goes_back_to_trust_while_the_chosen_source_is_silent(two):
    reported, imported = two
    choose_source(SYSTEM, imported, "与审计报告一致")
    withdraw_fact(SYSTEM, imported, "重复填报")
    assert value(SUBJECT, KEY, YEAR) == reported
    again = say("98", "import")
    assert value(SUBJECT, KEY, YEAR) == again


def test_it_takes_a_choice_back_with_a_reason(two):
    reported, imported = two
    choice = choose_source(SYSTEM, imported, "与审计报告一致")
    with pytest.raises(ProblemError, match="撤销理由"):
        take_back_choice(SYSTEM, choice, " ")
    take_back_choice(SYSTEM, choice, "审计报告已更正")
    assert value(SUBJECT, KEY, YEAR) == reported
    with pytest.raises(ChosenMeanwhile):
        take_back_choice(SYSTEM, choice, "再来一次")


def test_it_ends_a_choice_when_another_is_made(two):
    reported, imported = two
    first = choose_source(SYSTEM, imported, "与审计报告一致")
    second = choose_source(SYSTEM, reported, "审计报告已更正")
    first.refresh_from_db()
    assert first.ended_at == second.chosen_at
    assert value(SUBJECT, KEY, YEAR) == reported


def test_it_refuses_a_choice_without_reason_or_without_difference(two):
    reported, _ = two
    with pytest.raises(ProblemError, match="选定理由"):
        choose_source(SYSTEM, reported, "")
    alone = say("5", "report", subject="registry.organisation:2")
    say("5", "manual", subject="registry.organisation:2")
    with pytest.raises(ProblemError, match="不需要选定"):
        choose_source(SYSTEM, alone, "试")
    assert not SourceChoice.objects.exists()


def test_it_refuses_to_choose_a_value_that_stands_no_more(two):
    _, imported = two
    correct_fact(SYSTEM, imported, "99", "元", "审计调整")
    with pytest.raises(CorrectedMeanwhile):
        choose_source(SYSTEM, imported, "与审计报告一致")


def test_it_keeps_one_standing_choice_whatever_the_program_does(two):
    choice = choose_source(SYSTEM, two[1], "与审计报告一致")
    choice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        choice.save(force_insert=True)


def test_it_tells_apart_what_came_with_a_merged_record(two):
    moved = say("90", "report", origin="registry.organisation:9")
    assert differing(SUBJECT, KEY, YEAR) == [two[0], moved, two[1]]
    choose_source(SYSTEM, moved, "合并前的报表口径正确")
    better = correct_fact(SYSTEM, moved, "91", "元", "审计调整")
    assert better.origin == "registry.organisation:9"
    assert value(SUBJECT, KEY, YEAR) == better


# On the pages


@pytest.fixture
def at_firm(firm):
    return say("1010000", "report", firm.subject), say("1000000", "import", firm.subject)


def choose_url(fact):
    return reverse("facts:choose", kwargs={"pk": fact.pk})


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer)
    return client


def test_the_officer_sees_both_and_chooses_with_a_reason(officer, firm, at_firm):
    _, imported = at_firm
    page = officer.get(choose_url(imported)).content.decode()
    for word in ("101万元", "100万元", "统计报表", "批量导入"):
        assert word in page
    form = {"fact": imported.pk, "seen": 0, "reason": ""}
    assert officer.post(choose_url(imported), form).status_code == 422
    assert officer.post(choose_url(imported), {**form, "reason": "与审计报告一致"}).status_code == 302
    assert value(firm.subject, KEY, YEAR) == imported
    why = officer.get(reverse("facts:why", kwargs={"pk": imported.pk})).content.decode()
    assert "与审计报告一致" in why
    assert "已选定" in why
    table = officer.get(reverse("facts:subject", kwargs={"subject": firm.subject})).content.decode()
    assert "已选定" in table


def test_the_second_officer_sees_what_was_chosen_meanwhile_and_loses_nothing(officer, at_firm):
    reported, imported = at_firm
    choose_source(SYSTEM, reported, "先到的选定")
    page = officer.post(choose_url(imported), {"fact": imported.pk, "seen": 0, "reason": "后到的理由"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "先到的选定" in text
    assert "后到的理由" in text
    seen = SourceChoice.objects.get().pk
    assert f'name="seen" value="{seen}"' in text
    again = officer.post(choose_url(imported), {"fact": imported.pk, "seen": seen, "reason": "后到的理由"})
    assert again.status_code == 302


def test_the_officer_takes_a_choice_back(officer, firm, at_firm):
    choice = choose_source(SYSTEM, at_firm[1], "与审计报告一致")
    url = reverse("facts:take_back", kwargs={"pk": choice.pk})
    assert officer.get(url).status_code == 200
    assert officer.post(url, {"reason": "审计报告已更正"}).status_code == 302
    assert officer.post(url, {"reason": "审计报告已更正"}).status_code == 422
    assert value(firm.subject, KEY, YEAR) == at_firm[0]


@pytest.mark.parametrize(("person", "status"), [("clerk", 403), ("leader", 403), ("stranger", 403)])
def test_nobody_else_chooses(client, people, at_firm, person, status):
    client.force_login(getattr(people, person))
    answer = client.post(choose_url(at_firm[1]), {"fact": at_firm[1].pk, "seen": 0, "reason": "试"})
    assert answer.status_code == status
    assert not SourceChoice.objects.exists()


def test_the_api_says_which_value_counts_and_how_long(officer, firm, at_firm):
    choose_source(SYSTEM, at_firm[1], "与审计报告一致")
    facts = officer.get("/api/v1/facts/", {"subject": firm.subject}).json()["facts"]
    assert [(fact["source_kind"], fact["counts"]) for fact in facts] == [("import", True), ("report", False)]
    assert {fact["usable_until"] for fact in facts} == {"2027-12-31"}
    before = at_firm[1].recorded_at.isoformat()
    then = officer.get("/api/v1/facts/", {"subject": firm.subject, "known_at": before}).json()["facts"]
    assert [(fact["source_kind"], fact["counts"]) for fact in then] == [("report", True), ("import", False)]


def test_a_value_without_rival_leads_to_its_reasons(officer, firm):
    alone = say("5", "report", firm.subject)
    assert officer.get(choose_url(alone)).url == reverse("facts:why", kwargs={"pk": alone.pk})
