"""A small policy over the vocabulary of the language's own tests: each way of asking, a dated parameter, an amount."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from huanchuang.engines.expression import Record, read
from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.expression.tests.sample import BASE, INTENSITY, VOCABULARY
from huanchuang.engines.rules import Amount, DatedParameter, Formula, Policy, Requirement, Wording

AS_OF = date(2026, 3, 1)
WAN = 1_000_000
"""Ten thousand yuan in fen."""
_RATE = next(one for one in BASE.parameters if one.key == "rate")


def requirement(id_: str, when: str = "", by: str = "coded", **more: Any) -> Requirement:
    condition = read(when, VOCABULARY, "condition") if when else None
    return Requirement(id_, Wording(f"要求{id_}", f"requirement {id_}"), "第一条", by, condition, **more)  # type: ignore[arg-type]


def policy(*requirements: Requirement, amount: str = "", **more: Any) -> Policy:
    found = Amount(read(amount, VOCABULARY, "money"), Wording("补助")) if amount else None
    values: dict[str, Any] = {
        "valid_from": date(2020, 1, 1),
        "parameters": (
            DatedParameter(_RATE, ((date(2026, 1, 1), Fraction(1, 5)), (date(2024, 1, 1), Fraction(1, 10)))),
        ),
        "formulas": (Formula("intensity", Wording("研发投入强度"), INTENSITY),),
        **more,
    }
    return Policy("test.policy", "1.0", Wording("试点政策", "Trial"), requirements, amount=found, **values)


def record(**facts: Any) -> Record:
    """A record of names and values; a year stands behind an underscore: 研发费用_2025=4 * WAN."""
    found: dict[tuple[str, str], Any] = {}
    for name, value in facts.items():
        zh, _, year = name.partition("_")
        fact = BASE.fact(zh)
        assert fact is not None, zh
        found[fact.key, year] = day_number(value) if isinstance(value, date) else value
    return Record(found)
