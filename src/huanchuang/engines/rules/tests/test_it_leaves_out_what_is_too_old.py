"""Timeless values grow too old: left out alike from columns and records, and told apart from what nobody knows."""

import dataclasses
from datetime import date, timedelta
from fractions import Fraction
from random import Random  # noqa: TID251  (seeded)

import polars as pl
import pytest

from huanchuang.engines.expression import Record, read
from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.expression.tests.sample import BASE
from huanchuang.engines.kernel import Period
from huanchuang.engines.rules import Requirement, Wording, assess, decide
from huanchuang.engines.rules.facts import fact_table
from huanchuang.engines.rules.facts.table import stale_column
from huanchuang.engines.rules.facts.values import plain_of
from huanchuang.engines.rules.tests.sample import policy

AS_OF = date(2026, 3, 1)
AGES = {"class-one-ip": 365, "resident": 30, "score": 1}
FINE = {"score": {"step": Fraction(1, 10**6), "limit": 10**9}}
"""Files keep six decimals."""
WORDS = dataclasses.replace(
    BASE,
    facts=tuple(
        dataclasses.replace(one, fresh_days=AGES.get(one.key), **FINE.get(one.key, {})) for one in BASE.facts
    ),
)
YEARS = (2023, 2024, 2025)
KEYS = ("class-one-ip", "resident", "score", "registered-on", "rd-expense")
NEEDS = [(WORDS.fact(key), None) for key in KEYS if key != "rd-expense"]
ASKED = policy(
    *(
        Requirement(f"r{index}", Wording(text), condition=read(text, WORDS, "condition"))
        for index, text in enumerate(
            ("一类知识产权数 >= 1", "居民企业", "创新能力评分 > 70分", "研发费用 > 0元")
        )
    )
)


def cells(rng):
    """One row of a firm: facts, some blank, and the day it was recorded, which may be blank too."""
    return {
        "class-one-ip": rng.choice((None, 0, 3)),
        "resident": rng.choice((None, True, False)),
        "score": rng.choice((None, 60, 80)),
        "registered-on": rng.choice((None, date(2019, 5, 1))),
        "rd-expense": rng.choice((None, 0, 900)),
        "recorded_at": rng.choice((None, *(AS_OF - timedelta(days=days) for days in (0, 1, 2, 30, 31, 365, 366)))),
    }  # fmt: skip


def read_table(rows):
    return fact_table(pl.DataFrame(rows, infer_schema_length=None), WORDS, lambda fact, text: None)


def as_record(years):
    found = {year: dict(row) for year, row in years.items()}
    recorded = {year: row.pop("recorded_at") for year, row in found.items()}
    plain = {
        year: {key: plain_of(WORDS.fact(key), _stored(key, value)) for key, value in row.items()}
        for year, row in found.items()
    }
    days = {year: None if day is None else day_number(day) for year, day in recorded.items()}
    return Record.of_years(WORDS, plain, recorded=days, as_of=day_number(AS_OF))


def _stored(key, value):
    """Columns hold fen and millionths of a point, files yuan and points."""
    factor = {"rd-expense": 100, "score": 10**6}.get(key)
    return value if value is None or factor is None else value * factor


@pytest.mark.parametrize("seed", range(20))
def test_columns_and_records_leave_out_the_same(seed):
    rng = Random(seed)
    firms = {f"f{number}": {year: cells(rng) for year in YEARS} for number in range(20)}
    rows = [{"organisation": name, "year": str(year), **row} for name, years in firms.items() for year, row in years.items()]  # fmt: skip
    table = read_table(rows)
    wide = table.wide([*NEEDS, (WORDS.fact("rd-expense"), Period.year(2025))], AS_OF)
    answers = assess([ASKED], wide, AS_OF)
    for index, years in enumerate(firms.values()):
        record, row = as_record(years), wide.row(index, named=True)
        for fact, _ in NEEDS:
            assert plain_of(fact, row[fact.key]) == record.value(fact, None)
        assert {key for key in KEYS if row.get(stale_column(key))} == record.stale
        decision = decide(ASKED, record, AS_OF)
        assert {"yes": 1, "no": 0, "unknown": -1}[decision.result] == answers[ASKED.id][index]
        assert {one.key for one in decision.missing if one.is_stale} <= record.stale


def test_the_last_day_of_its_age_still_counts():
    fact = WORDS.fact("resident")
    recorded = day_number(date(2026, 1, 1))
    assert not fact.is_stale(recorded, recorded + 30)
    assert fact.is_stale(recorded, recorded + 31)
    assert not fact.is_stale(None, recorded + 999)


def test_what_is_too_old_is_told_apart():
    record = Record({("class-one-ip", ""): 3, ("score", ""): 80, ("rd-expense", "2025"): 900}, stale=frozenset({"resident"}))  # fmt: skip
    (wanted,) = decide(ASKED, record, AS_OF).missing
    assert (wanted.name(), wanted.name("en")) == ("居民企业（已过期）", "resident (out of date)")
    blank = dataclasses.replace(record, stale=frozenset())
    assert [one.name() for one in decide(ASKED, blank, AS_OF).missing] == ["居民企业"]
    assert [one.is_stale for one in decide(ASKED, record, AS_OF).quickest] == [True]


def test_a_newer_value_is_not_replaced_by_an_older_one_that_is_fresh():
    rows = [
        {"organisation": "甲", "year": "2024", "居民企业": "是", "更新日期": date(2026, 2, 28)},
        {"organisation": "甲", "year": "2025", "居民企业": "否", "更新日期": date(2025, 2, 28)},
    ]
    wide = read_table(rows).wide(NEEDS, AS_OF)
    assert (wide["resident"].to_list(), wide[stale_column("resident")].to_list()) == ([None], [True])
