"""A given value made into the exact text that is stored, in the unit of the fact dictionary."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from huanchuang.engines.kernel import Money, Period, Quantity, parse_number
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.queries import dictionary
from huanchuang.packs.vocabulary import FactKey

_NO_VALUE = (
    ("没有数值", "请填写；不知道就不要记录，更不要填零"),
    ("has no value", "Fill it in; when it is not known record nothing, and never a zero"),
)
KINDS = frozenset(SourceKind.values)
MONEY_UNITS = frozenset({"元", "万元", "亿元"})
_PLAIN = re.compile(r"-?\d{1,16}(\.\d{1,8})?", re.ASCII)
"""Plain decimals that fit the usual 28 digits of precision, so that dropping zeros at the end rounds nothing."""
_YES_NO = {
    "是": "yes",
    "yes": "yes",
    "true": "yes",
    "1": "yes",
    "否": "no",
    "no": "no",
    "false": "no",
    "0": "no",
}
DIGITS_BEFORE_POINT, DIGITS_AFTER_POINT = 24, 10
"""What the numeric column holds; a longer number is kept as text only, never rounded."""


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
    if given.source_kind not in KINDS:
        raise ValueError(f"{given.source_kind!r} is not a source kind; one of {', '.join(sorted(KINDS))}")
    key = dictionary.entry(given.key)
    text, unit = str(given.value).strip(), given.unit.strip()
    if not text:
        raise dictionary.problem(key, given.key, *_NO_VALUE)
    number = None
    if dictionary.is_number(key, text):
        number, unit = _in_unit(_number(text), unit, key.unit if key else unit)
        _refuse_out_of_bounds(key, number)
        text = f"{number:f}"
    elif key is not None:
        text, unit = _worded(key, text), ""
    return Fact(
        subject=given.subject,
        key=key.code if key else given.key,
        period=given.period,
        value=text,
        number=number if number is not None and _fits(number) else None,
        unit=unit,
        given="" if text == str(given.value) and unit == given.unit else f"{given.value}{given.unit}",
        source_kind=given.source_kind,
        source_link=given.source_link,
        note=given.note,
    )


def _number(text: str) -> Decimal:
    """The number in a text; plain decimals, which are nearly all of a bulk load, without the reader of Chinese."""
    return Decimal(text).normalize() + 0 if _PLAIN.fullmatch(text) else parse_number(text)


def _in_unit(number: Decimal, unit: str, wanted: str) -> tuple[Decimal, str]:
    """The number counted in the wanted unit, exactly; an empty unit means that it is counted so already.

    Money has no part smaller than a fen; one is refused, not rounded.
    """
    if wanted in MONEY_UNITS:
        return Money.from_unit(number, unit or wanted).in_unit(wanted), wanted
    if not unit or unit == wanted:
        return number, wanted
    return Quantity(number, unit).to(wanted).value, wanted


def _fits(number: Decimal) -> bool:
    """Whether the numeric column holds the number without rounding."""
    places = number.normalize().as_tuple().exponent
    return (
        abs(number) < Decimal(10) ** DIGITS_BEFORE_POINT
        and isinstance(places, int)
        and places >= -DIGITS_AFTER_POINT
    )


def _refuse_out_of_bounds(key: FactKey | None, number: Decimal) -> None:
    if key is None:
        return
    if key.least is not None and number < key.least:
        least = f"{key.least}{key.unit}"
        raise dictionary.problem(
            key,
            key.code,
            (f"不会小于{least}", "请核对数值和单位"),
            (f"is never below {least}", "Check value and unit"),
        )
    if key.most is not None and number > key.most:
        most = f"{key.most}{key.unit}"
        raise dictionary.problem(
            key,
            key.code,
            (f"不会大于{most}", "请核对数值和单位"),
            (f"is never above {most}", "Check value and unit"),
        )


def _worded(key: FactKey, text: str) -> str:
    """A yes or no, a date or a code in its one written form; other text as it is."""
    if key.value_type == "yes-no":
        word = _YES_NO.get(text.casefold())
        if word is None:
            raise dictionary.problem(
                key,
                key.code,
                (f"“{text}”不是是或否", "请填 是 或 否"),
                (f'"{text}" is neither yes nor no', "Fill in yes or no"),
            )
        return word
    if key.value_type == "date":
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            raise dictionary.problem(
                key,
                key.code,
                (f"“{text}”不是日期", "请填如 2026-06-30 的日期"),
                (f'"{text}" is no date', "Write it as 2026-06-30"),
            ) from None
    return text
