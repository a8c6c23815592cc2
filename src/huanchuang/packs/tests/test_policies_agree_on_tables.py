"""Every shipped policy gives the same on a record and on columns, at its boundaries and at random."""

import random
from datetime import date, timedelta
from fractions import Fraction

import polars as pl
import pytest

from huanchuang.engines.expression import Fact, Record
from huanchuang.engines.expression.columns.facts import column_name
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.kernel import Period
from huanchuang.engines.rules import Policy, assess, bind_policy, decide
from huanchuang.engines.rules.details import details_of
from huanchuang.engines.rules.facts.values import plain_of
from huanchuang.packs.policies import policies
from huanchuang.packs.vocabulary import work_calendar

RESULTS = {"yes": 1, "no": 0, "unknown": -1}
AS_OF = date(2026, 3, 1)
MONEY = (
    0,
    1,
    20_000_000,
    5_000_000_000,
    5_000_000_001,
    20_000_000_000,
    20_000_000_001,
    400_000_000,
    399_999_999,
)
COUNTS = (0, 1, 2, 3, 4, 5, 50, 100, 150, 500, 501)


def day_of(policy: Policy) -> date:
    """The day of the question: one that has run out is put to its last day."""
    return min(AS_OF, policy.valid_to or AS_OF)


def random_cell(rng: random.Random, fact: Fact, blanks: float, day: date) -> object:
    """A cell as columns hold it: often on an edge of some policy, sometimes empty or out of bounds."""
    if rng.random() < blanks:
        return None
    if fact.type.kind == "yes-no":
        return rng.random() < 0.5
    if fact.type == DATE:
        return day - timedelta(days=rng.choice((0, 364, 365, 366, 730, 1095, 1096, 3650)))
    if fact.type.kind == "code":
        return rng.choice(("2641", "C2641", "500107", "5001", "3911", "999", ""))
    if fact.type.kind == "text":
        return rng.choice(("小型", "微型", ""))
    if fact.type.unit == (("元", 1),):
        return rng.choice(MONEY) if rng.random() < 0.6 else rng.randrange(10 ** rng.choice((4, 9, 11)))
    value = rng.choice(COUNTS) if rng.random() < 0.8 else rng.randrange(-5, 5000)
    return int(value / fact.step) if fact.step < 1 and rng.random() < 0.9 else value


def needs_of(policy: Policy) -> list[tuple[Fact, Period | None]]:
    bound = bind_policy(policy, day_of(policy), work_calendar())
    found = [one for one in (*bound.conditions, bound.amount) if one is not None]
    return list(dict.fromkeys(need for one in found for need in one.needs))


def dtype(fact: Fact) -> pl.DataType:
    kinds = {"date": pl.Date(), "yes-no": pl.Boolean(), "code": pl.String(), "text": pl.String()}
    return kinds.get(fact.type.kind, pl.Int64())


def random_table(policy: Policy, rows: int, seed: int) -> tuple[pl.DataFrame, list[Record]]:
    rng = random.Random(seed)
    needs = needs_of(policy)
    blanks = rng.choice((0.0, 0.02, 0.3))
    cells = {need: [random_cell(rng, need[0], blanks, day_of(policy)) for _ in range(rows)] for need in needs}
    table = pl.DataFrame([pl.Series(column_name(*need), cells[need], dtype=dtype(need[0])) for need in needs])
    records = [
        Record({(fact.key, "" if period is None else period.code): plain(fact, cells[fact, period][row]) for fact, period in needs})
        for row in range(rows)
    ]  # fmt: skip
    return table, records


def plain(fact: Fact, cell: object) -> Plain | None:
    return plain_of(fact, cell)


def differences(policy: Policy, rows: int, seed: int) -> list[str]:
    """Where record and columns differ: result, masks, amount."""
    table, records = random_table(policy, rows, seed)
    day = day_of(policy)
    answers = assess([policy], table, day, work_calendar())
    ids = [one.id for one in bind_policy(policy, day, work_calendar()).requirements]
    found = []
    for row, (record, answer) in enumerate(zip(records, answers.iter_rows(named=True), strict=True)):
        decision = decide(policy, record, day, calendar=work_calendar())
        masks = [sum(1 << ids.index(name) for name in names) for names in (decision.failed, decision.unknown)]
        here = (RESULTS[decision.result], *masks, decision.fen)
        there = (
            answer[policy.id],
            answer[f"{policy.id}/failed"],
            answer[f"{policy.id}/unknown"],
            answer.get(f"{policy.id}/fen"),
        )
        if here != there:
            found.append(f"{policy.id}, seed {seed}, row {row}: {here} against {there}")
    return found


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.id)
@pytest.mark.parametrize("seed", range(3))
def test_record_and_columns_agree(policy, seed):
    assert differences(policy, 60, seed) == []


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.id)
def test_details_are_those_of_the_decision(policy):
    _, records = random_table(policy, 30, 7)
    bound = bind_policy(policy, day_of(policy), work_calendar())
    ids = [one.id for one in bound.requirements]
    for record in records:
        decision = decide(policy, record, day_of(policy), calendar=work_calendar())
        failed = [ids.index(name) for name in decision.failed]
        unknown = [ids.index(name) for name in decision.unknown]
        details = details_of(bound, record, failed, unknown)
        if decision.result != "yes":
            assert (details.missing, details.distance) == (decision.missing, decision.distance)


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.id)
def test_a_change_it_proposes_meets_the_condition(policy):
    _, records = random_table(policy, 40, 11)
    for record in records:
        decision = decide(policy, record, day_of(policy), calendar=work_calendar())
        for gap in decision.distance:
            for change in gap.changes:
                key = change.key, "" if change.period is None else change.period.code
                after = decide(
                    policy,
                    Record({**record.facts, key: change.new}),
                    day_of(policy),
                    calendar=work_calendar(),
                )
                if sum(one.requirement == gap.requirement for one in decision.distance) == 1:
                    assert gap.requirement not in after.failed
                assert Fraction(change.new) != Fraction(change.old)
