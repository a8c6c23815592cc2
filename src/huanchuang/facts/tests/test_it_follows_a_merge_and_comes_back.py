"""When two entries become one their figures stand together; when that is undone each has its own again, as corrected since."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import current, differing, value
from huanchuang.facts.services import (
    FactGiven,
    choose_source,
    correct_fact,
    record_fact,
    record_facts,
    take_back_choice,
    withdraw_fact,
)
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import register_organisation
from huanchuang.registry.services.sameness import merge, undo_merge

YEARS = (Period.year(2024), Period.year(2025))
SOURCES = ("report", "import")
A, B, C = 0, 1, 2

place = st.tuples(st.sampled_from((A, B, C)), st.sampled_from(YEARS), st.sampled_from(SOURCES))
deeds = st.lists(
    st.tuples(st.sampled_from(("record", "bulk", "correct", "withdraw", "choose", "take back")), place, st.integers(1, 3)),
    max_size=6,
)  # fmt: skip


class World:
    """Three firms and what happens to their figures; facts are known by the place where they were recorded first."""

    def __init__(self):
        self.firms = [register_organisation(SYSTEM, name=name, kind="company") for name in ("甲", "乙", "丙")]
        self.heads: dict[tuple, int] = {}
        self.gone: set[int] = set()
        self.choices: dict[tuple, int] = {}

    def do(self, steps):
        for deed, at, amount in steps:
            getattr(self, f"_{deed.replace(' ', '_')}")(at, str(amount))

    def _record(self, at, amount):
        who, year, source = at
        if who not in self.gone:  # nobody enters figures of an entry that was put into another
            subject = self.firms[who].subject
            self.heads[at] = record_fact(SYSTEM, subject, "staff", year, amount, "人", source).pk

    def _bulk(self, at, amount):
        who, year, source = at
        if who not in self.gone:
            subject = self.firms[who].subject
            record_facts(SYSTEM, [FactGiven(subject, "staff", year, amount, "人", source)])
            found = current().get(subject=subject, period=year, source_kind=source, origin="")
            self.heads[at] = found.pk

    def _standing(self, at):
        return current().filter(pk=self.heads.get(at, 0)).first()

    def _correct(self, at, amount):
        if fact := self._standing(at):
            self.heads[at] = correct_fact(SYSTEM, fact, amount, "人", "试").pk

    def _withdraw(self, at, amount):
        if fact := self._standing(at):
            withdraw_fact(SYSTEM, fact, "试")

    def _choose(self, at, amount):
        """Only while every firm stands for itself: a choice among two firms' figures has no place without the merge."""
        fact = self._standing(at)
        if (
            fact
            and not self.gone
            and len({one.value for one in differing(fact.subject, "staff", fact.period)}) > 1
        ):
            self.choices[at[:2]] = choose_source(SYSTEM, fact, "试").pk

    def _take_back(self, at, amount):
        choice = SourceChoice.objects.filter(pk=self.choices.get(at[:2], 0), ended_at__isnull=True).first()
        if choice:
            take_back_choice(SYSTEM, choice, "试")

    def merge(self, kept, lost):
        self.gone.add(lost)
        made = merge(
            SYSTEM, *(Organisation.objects.get(pk=self.firms[one].pk) for one in (kept, lost)), {}, "试"
        )
        assert not Fact.objects.filter(subject=self.firms[lost].subject).exists()
        return made

    def undo(self, made, lost):
        undo_merge(SYSTEM, made, "试")
        self.gone.discard(lost)

    def view(self):
        """All facts and choices, ended ones too, by firm; moments left out, they differ from run to run."""
        names = {firm.subject: number for number, firm in enumerate(self.firms)}
        facts = {fact.pk: fact for fact in Fact.objects.all()}
        told = [
            (names[f.subject], f.period.code, f.source_kind, f.origin, f.value, f.note, f.current_until is None,
             f.withdrawn_because, f.superseded_by_id and facts[f.superseded_by_id].value)
            for f in facts.values()
        ]  # fmt: skip
        chosen = [
            (names[c.subject], c.period.code, c.source_kind, c.origin, c.came_with, c.ended_at is None)
            for c in SourceChoice.objects.all()
        ]
        return sorted(told, key=repr), sorted(chosen, key=repr)


class MergeAndUndo(TestCase):
    """Property: what happens between a merge and its undoing leaves the firms as if they had never been put together."""

    @settings(deadline=None, max_examples=12)
    @given(deeds, deeds, deeds, deeds, st.booleans())
    def test_undoing_is_as_if_it_had_never_been(self, before, once, twice, after, nested):
        outcomes = []
        for is_merged in (False, True):
            with transaction.atomic():
                outcomes.append(self._run(World(), before, once, twice, after, nested, is_merged))
                transaction.set_rollback(True)
        assert outcomes[0] == outcomes[1]

    @staticmethod
    def _run(world, before, once, twice, after, nested, is_merged):
        world.do(before)
        first = world.merge(B, A) if is_merged else world.gone.add(A)
        world.do(once)
        if nested:
            second = world.merge(C, B) if is_merged else world.gone.add(B)
            world.do(twice)
            world.undo(second, B) if is_merged else world.gone.discard(B)
        world.undo(first, A) if is_merged else world.gone.discard(A)
        world.do(after)
        return world.view()


pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(firm, other_firm):
    """Both have a figure for one place; the other firm is put into the first."""
    mine = record_fact(SYSTEM, firm.subject, "staff", YEARS[1], "50", "人", "report")
    its = record_fact(SYSTEM, other_firm.subject, "staff", YEARS[1], "7", "人", "report")
    return merge(SYSTEM, firm, other_firm, {}, "同一家"), mine, its


def test_figures_of_both_stand_side_by_side(firm, merged):
    _, mine, its = merged
    its.refresh_from_db()
    assert differing(firm.subject, "staff", YEARS[1]) == [mine, its]
    assert its.origin != ""


def test_a_choice_for_a_moved_figure_ends_to_matter_when_it_goes_back(firm, other_firm, merged):
    made, mine, its = merged
    its.refresh_from_db()
    choose_source(SYSTEM, its, "合并前的口径正确")
    assert value(firm.subject, "staff", YEARS[1]) == its
    undo_merge(SYSTEM, made, "并非一家")
    assert value(firm.subject, "staff", YEARS[1]) == mine
    assert value(other_firm.subject, "staff", YEARS[1]) == its


def test_what_somebody_entered_for_the_lost_one_meanwhile_follows_the_one_that_comes_back(other_firm, merged):
    made, _, its = merged
    late = record_fact(SYSTEM, other_firm.subject, "staff", YEARS[1], "9", "人", "report")
    undo_merge(SYSTEM, made, "并非一家")
    its.refresh_from_db()
    assert (its.superseded_by, its.current_until) == (late, late.recorded_at)
    assert value(other_firm.subject, "staff", YEARS[1]) == late


def test_a_choice_made_for_the_lost_one_meanwhile_takes_the_place_of_the_one_that_comes_back(
    firm, other_firm
):
    its, imported = (
        record_fact(SYSTEM, other_firm.subject, "staff", YEARS[1], amount, "人", source)
        for amount, source in (("7", "report"), ("8", "import"))
    )
    before = choose_source(SYSTEM, imported, "以导入为准")
    made = merge(SYSTEM, firm, other_firm, {}, "同一家")
    record_fact(SYSTEM, other_firm.subject, "staff", YEARS[1], "9", "人", "report")
    late = record_fact(SYSTEM, other_firm.subject, "staff", YEARS[1], "10", "人", "manual")
    since = choose_source(SYSTEM, late, "以填报为准")
    undo_merge(SYSTEM, made, "并非一家")
    before.refresh_from_db()
    assert (before.subject, before.ended_at) == (other_firm.subject, since.chosen_at)
    its.refresh_from_db()
    assert its.superseded_by.value == "9"
    assert value(other_firm.subject, "staff", YEARS[1]) == late


def test_nobody_enters_figures_of_an_entry_that_was_put_into_another(
    client, people, firm, other_firm, merged
):
    client.force_login(people.officer)
    where = {"subject": other_firm.subject}
    kept = reverse("facts:subject", kwargs={"subject": firm.subject})
    assert client.get(reverse("facts:subject", kwargs=where)).url == kept
    assert client.get(reverse("facts:place", kwargs=where)).status_code == 403


def test_the_reasons_say_that_a_figure_came_with_another_record(client, people, merged):
    client.force_login(people.officer)
    page = client.get(reverse("facts:why", kwargs={"pk": merged[2].pk})).content.decode()
    assert "合并前的记录" in page
