"""A given value made into the exact text that is stored, in the unit of the fact dictionary."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import NamedTuple

from huanchuang.engines.kernel import Money, Period, Quantity, parse_number
from huanchuang.engines.kernel.money import EXPONENTS
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.queries import dictionary
from huanchuang.packs.vocabulary import FactKey

_NO_VALUE = (
    ("没有数值", "请填写；不知道就不要记录，更不要填零"),
    ("has no value", "Fill it in; when it is not known record nothing, and never a zero"),
)
_TOO_LONG = (
    ("超过200个字符", "请只填数值或短文字，长文字请写在说明里"),
    ("is longer than 200 characters", "Fill in the value or a short text, and put long text into the note"),
)
LONGEST = 200
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
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, Overflow])
"""Moves a decimal point; refuses where a digit would be lost."""
DIGITS_BEFORE_POINT, DIGITS_AFTER_POINT = 24, 10
"""What the numeric column holds; a longer number is kept as text only, never rounded."""
_TOO_LARGE = Decimal(10) ** DIGITS_BEFORE_POINT


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
    origin: str = ""


class Said(NamedTuple):
    """What a source says, read: the value exact, in the unit of the dictionary. The names are those of `Fact`."""

    subject: str
    key: str
    period: Period
    value: str
    number: Decimal | None
    unit: str
    given: str
    source_kind: str
    source_link: str
    origin: str
    note: str


def fact_from(given: FactGiven) -> Fact:
    """An unsaved fact of what was given. Errors as `said_by`."""
    return Fact(**said_by(given)._asdict())


def said_by(given: FactGiven) -> Said:
    """The value exact, converted to the dictionary's unit; ProblemError for what cannot be read.

    A key outside the dictionary (a target's own key) is taken with its unit as given.
    """
    if given.source_kind not in KINDS:
        raise ValueError(f"{given.source_kind!r} is not a source kind; one of {', '.join(sorted(KINDS))}")
    key = dictionary.entry(given.key)
    written = str(given.value)
    text, unit = written.strip(), given.unit.strip()
    if not text:
        raise dictionary.problem(key, given.key, *_NO_VALUE)
    number = None
    if dictionary.is_number(key, text):
        number, unit = _in_unit(_number(text), unit, key.unit if key else unit)
        _refuse_out_of_bounds(key, number)
        text = f"{number:f}"
    elif key is not None:
        text, unit = _worded(key, text), ""
    if len(text) > LONGEST:
        raise dictionary.problem(key, given.key, *_TOO_LONG)
    as_given = text == written and unit == given.unit
    return Said(
        given.subject,
        key.code if key else given.key,
        given.period,
        text,
        number if number is not None and _fits(number) else None,
        unit,
        "" if as_given else f"{written}{given.unit}"[:LONGEST],
        given.source_kind,
        given.source_link,
        given.origin,
        given.note,
    )


def _number(text: str) -> Decimal:
    """The number in a text; plain decimals, which are nearly all of a bulk load, without the reader of Chinese."""
    return Decimal(text).normalize() + 0 if _PLAIN.fullmatch(text) else parse_number(text)


def _in_unit(number: Decimal, unit: str, wanted: str) -> tuple[Decimal, str]:
    """The number counted in the wanted unit, exactly; an empty unit means that it is counted so already.

    Money has no part smaller than a fen; one is refused, not rounded.
    """
    if wanted in MONEY_UNITS:
        return _money(number, unit or wanted, wanted), wanted
    if not unit or unit == wanted:
        return number, wanted
    return Quantity(number, unit).to(wanted).value, wanted


def _money(number: Decimal, unit: str, wanted: str) -> Decimal:
    """Whole fen by moving the point; whatever cannot be moved so is left to Money, which says why."""
    try:
        fen = _EXACT.scaleb(number, EXPONENTS[unit]).to_integral_exact(context=_EXACT)
        return _EXACT.scaleb(fen, -EXPONENTS[wanted]).normalize(_EXACT)
    except (KeyError, ArithmeticError):
        return Money.from_unit(number, unit).in_unit(wanted)


def _fits(number: Decimal) -> bool:
    """Whether the numeric column holds the number without rounding."""
    if abs(number) >= _TOO_LARGE:
        return False
    places = number.as_tuple().exponent
    if isinstance(places, int) and places < -DIGITS_AFTER_POINT:
        places = number.normalize(_EXACT).as_tuple().exponent
    return isinstance(places, int) and places >= -DIGITS_AFTER_POINT


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
