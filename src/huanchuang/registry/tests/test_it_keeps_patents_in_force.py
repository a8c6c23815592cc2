"""A patent's legal state changes by deeds with day and reason, in order; each fee paid moves the next one on."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.registry.queries.lives import (
    deeds_open,
    end_of_protection,
    first_fee,
    later,
    path_of,
    proposed,
    steps_of,
)
from huanchuang.registry.services import take_step
from huanchuang.registry.tests.scenes import patent

pytestmark = pytest.mark.django_db


def granted(firm, **values):
    entry = patent(firm, **values)
    return take_step(
        SYSTEM, entry, entry.version, "grant", on=dt.date(2025, 8, 1),
        values={"fee_due_on": dt.date(2026, 5, 10), "fee_amount": Money(90000), "state": "lapsed"},
    )  # fmt: skip


def test_it_is_granted_with_its_days(firm):
    entry = granted(firm)
    assert (entry.state, entry.granted_on, entry.fee_due_on) == (
        "granted",
        dt.date(2025, 8, 1),
        dt.date(2026, 5, 10),
    )
    assert [(one.state, one.on) for one in path_of(entry, steps_of(entry))] == [
        ("pending", dt.date(2023, 5, 10)), ("granted", dt.date(2025, 8, 1)),
    ]  # fmt: skip


def test_it_is_not_granted_before_it_was_applied_for(firm):
    entry = patent(firm)
    with pytest.raises(ProblemError, match="2023-05-10"):
        take_step(SYSTEM, entry, entry.version, "grant", on=dt.date(2022, 1, 1))


def test_a_fee_that_was_paid_moves_the_next_one_on(firm):
    entry = granted(firm)
    entry = take_step(
        SYSTEM, entry, entry.version, "pay-fee", on=dt.date(2026, 4, 2), note="第4年", values={"fee_amount": Money(120000)}
    )  # fmt: skip
    assert (entry.fee_due_on, entry.fee_amount, entry.state) == (
        dt.date(2027, 5, 10),
        Money(120000),
        "granted",
    )
    step = steps_of(entry)[-1]
    assert (step.deed, step.on, step.note) == ("pay-fee", dt.date(2026, 4, 2), "第4年")


def test_the_last_fee_is_followed_by_none(firm):
    entry = granted(
        firm, kind="utility-model", applied_on=dt.date(2017, 5, 10), expires_on=dt.date(2027, 5, 10)
    )
    assert take_step(SYSTEM, entry, entry.version, "pay-fee", on=dt.date(2026, 5, 1)).fee_due_on is None


@pytest.mark.parametrize(
    ("way", "state"),
    [
        (["reject"], "rejected"),
        (["withdraw"], "withdrawn"),
        (["reject", "reopen"], "pending"),
        (["grant", "lapse"], "lapsed"),
        (["grant", "transfer"], "transferred"),
        (["grant", "lapse", "restore"], "granted"),
    ],
)
def test_its_state_changes_by_deeds(firm, way, state):
    entry = patent(firm)
    for deed in way:
        entry = take_step(SYSTEM, entry, entry.version, deed, on=dt.date(2026, 1, 8), note="依据通知书")
    assert entry.state == state


@pytest.mark.parametrize("deed", ["lapse", "transfer", "pay-fee", "restore"])
def test_nothing_ends_that_was_not_granted(firm, deed):
    entry = patent(firm, fee_due_on=dt.date(2026, 5, 10))
    with pytest.raises(ProblemError, match="审查中"):
        take_step(SYSTEM, entry, entry.version, deed, note="依据通知书")


def test_it_asks_for_no_fee_where_none_is_due(firm):
    entry = patent(firm)
    entry = take_step(SYSTEM, entry, entry.version, "grant", on=dt.date(2026, 1, 8))
    assert "pay-fee" not in [deed.name for deed in deeds_open(entry)]


@pytest.mark.parametrize(
    ("kind", "applied", "end"),
    [
        ("invention", dt.date(2020, 2, 29), dt.date(2040, 2, 29)),
        ("utility-model", dt.date(2020, 2, 29), dt.date(2030, 2, 28)),
        ("design", dt.date(2021, 5, 31), dt.date(2031, 5, 31)),
        ("design", dt.date(2021, 6, 1), dt.date(2036, 6, 1)),
        ("software", dt.date(2021, 6, 1), None),
        ("invention", None, None),
    ],
)
def test_it_counts_protection_from_the_application(firm, kind, applied, end):
    assert end_of_protection(patent(firm, kind=kind, applied_on=applied)) == end


def test_it_proposes_the_days_of_a_grant(firm):
    entry = patent(firm)
    deed = next(deed for deed in deeds_open(entry) if deed.name == "grant")
    assert proposed(entry, deed) == {
        "expires_on": dt.date(2043, 5, 10), "fee_due_on": dt.date(2027, 5, 10), "fee_amount": None,
    }  # fmt: skip


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 4000))
def test_the_first_fee_is_the_anniversary_after_the_grant(applied, days):
    from huanchuang.registry.models import Patent

    granted_on = applied + dt.timedelta(days=days)
    due = first_fee(Patent(kind="invention", applied_on=applied), granted_on)
    assert due is not None
    assert granted_on < due <= later(granted_on, 1) + dt.timedelta(days=1)
