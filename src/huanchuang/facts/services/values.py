"""A given value made into the exact text that is stored, in the unit of the fact dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from huanchuang.engines.kernel import Period, Quantity, parse_number
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.queries import dictionary

_NO_VALUE = (
    ("没有数值", "请填写；不知道就不要记录，更不要填零"),
    ("has no value", "Fill it in; when it is not known record nothing, and never a zero"),
)
DIGITS_BEFORE_POINT = 24
"""The numeric column holds 34 digits, ten of them after the point; a larger number is kept as text only."""


@dataclass(frozen=True, slots=True)
class FactGiven:
    """One fact as it is handed in: what `record_fact` takes, for bulk loads."""

    subject: str
    key: str
    period: Period
    value: Decimal | str
    unit: str
    source_kind: str
    source_link: str = ""
    note: str = ""


def fact_from(given: FactGiven) -> Fact:
    """An unsaved fact: value exact, converted to the dictionary's unit; ProblemError for what cannot be read.

    A key outside the dictionary (a target's own key) is taken with its unit as given.
    """
    if given.source_kind not in SourceKind.values:
        raise ValueError(f"{given.source_kind!r} is not a source kind; one of {', '.join(SourceKind.values)}")
    key = dictionary.entry(given.key)
    text, unit = str(given.value).strip(), given.unit.strip()
    if not text:
        raise dictionary.problem(key, given.key, *_NO_VALUE)
    number = None
    if dictionary.is_number(key, text):
        number, unit = _in_unit(parse_number(text), unit, key.unit if key else unit)
        text = f"{number:f}"
    fits = number is not None and abs(number) < Decimal(10) ** DIGITS_BEFORE_POINT
    return Fact(
        subject=given.subject,
        key=key.code if key else given.key,
        period=given.period,
        value=text,
        number=number if fits else None,
        unit=unit,
        given="" if unit == given.unit.strip() else f"{given.value}{given.unit}",
        source_kind=given.source_kind,
        source_link=given.source_link,
        note=given.note,
    )


def _in_unit(number: Decimal, unit: str, wanted: str) -> tuple[Decimal, str]:
    """The number counted in the wanted unit, exactly; an empty unit means that it is counted so already."""
    if not unit or unit == wanted:
        return number, wanted
    return Quantity(number, unit).to(wanted).value, wanted
