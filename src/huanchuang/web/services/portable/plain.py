"""Stored values as plain JSON and back: text, whole numbers, true and false, lists and objects; nothing to guess.

Money is whole fen, decimals are text, moments are UTC with microseconds, a link is the key of the row it leads to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    FloatField,
    ForeignKey,
    IntegerField,
    JSONField,
    TextField,
)

from huanchuang.engines.kernel import Money, ProblemError, Uscc
from huanchuang.orm.fields import MoneyField, PeriodField, UsccField, period_of

Turn = Callable[[Any], Any]


class NotThisColumn(ValueError):
    """A value that this column cannot hold; says what was expected."""


def to_plain(field: Field[Any, Any]) -> Turn | None:
    """What makes a stored value plain; None where it is plain already."""
    for kind, turn in _TO_PLAIN.items():
        if isinstance(field, kind):
            return turn
    return None


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _canonical(value: Any) -> Any:
    """The same with the keys of every object in their order, so that two databases write one text."""
    if isinstance(value, dict):
        return {key: _canonical(value[key]) for key in sorted(value)}
    return [_canonical(one) for one in value] if isinstance(value, list) else value


_TO_PLAIN: Mapping[type[Any], Turn] = {
    MoneyField: lambda money: money.fen,
    PeriodField: lambda period: period.code,
    UsccField: lambda code: code.text,
    DateTimeField: _moment,
    DateField: lambda day: day.isoformat(),
    DecimalField: lambda number: f"{number:f}",
    JSONField: _canonical,
}


def from_plain(field: Field[Any, Any]) -> Turn:
    """What turns a plain value into what the database takes. It raises NotThisColumn for a value that cannot stand there."""
    read, as_it_is = _reader(field)

    @lru_cache(maxsize=4096, typed=True)
    def prepared(value: str | int) -> Any:
        return field.get_db_prep_save(read(value), connection)

    def turn(value: Any) -> Any:
        if value is None:
            if not field.null:
                raise NotThisColumn("a value, not null")
            return None
        if as_it_is:
            return read(value)
        if isinstance(value, str | int):
            return prepared(value)
        return field.get_db_prep_save(read(value), connection)

    return turn


def _reader(field: Field[Any, Any]) -> tuple[Turn, bool]:
    """How a plain value is read, and whether the database takes what was read as it is."""
    for kind, read in _FROM_PLAIN.items():
        if isinstance(field, kind):
            return read, kind in _AS_IT_IS
    if isinstance(field, CharField | TextField):
        return _text_up_to(field.max_length), True
    raise TypeError(f"the archive has no form for {type(field).__name__}")


def _text_up_to(length: int | None) -> Turn:
    def read(value: Any) -> str:
        if not isinstance(value, str) or "\0" in value or (length is not None and len(value) > length):
            raise NotThisColumn(f"text of at most {length} characters" if length else "text")
        return value

    return read


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -(2**63) <= value < 2**63:
        raise NotThisColumn("a whole number")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotThisColumn("a number")
    return float(value)


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotThisColumn("true or false")
    return value


def _json(value: Any) -> Any:
    if _holds_nul(value):
        raise NotThisColumn("JSON without NUL")
    return value


def _holds_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_nul(one) for pair in value.items() for one in pair)
    return (
        any(map(_holds_nul, value)) if isinstance(value, list) else isinstance(value, str) and "\0" in value
    )


def _read_by(parse: Callable[[str], Any], wanted: str) -> Turn:
    def read(value: Any) -> Any:
        try:
            return parse(value)
        except (ValueError, TypeError, AttributeError, InvalidOperation, ProblemError):
            raise NotThisColumn(wanted) from None

    return read


def _utc(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)


_FROM_PLAIN: Mapping[type[Any], Turn] = {
    MoneyField: lambda value: Money(_whole(value)),
    PeriodField: _read_by(period_of, "a period"),
    UsccField: _read_by(Uscc.parse, "a social credit code"),
    DateTimeField: _read_by(_utc, "a moment as 2026-06-30T08:00:00.000000Z"),
    DateField: _read_by(dt.date.fromisoformat, "a day as 2026-06-30"),
    DecimalField: _read_by(Decimal, "a decimal as text"),
    JSONField: _json,
    BooleanField: _yes_no,
    FloatField: _number,
    ForeignKey: _whole,
    IntegerField: _whole,
}
_AS_IT_IS = frozenset({BooleanField, FloatField, ForeignKey, IntegerField})
