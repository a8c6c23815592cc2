"""Columns that hold engine values: a period, an amount of money, a unified social credit code; and names of rows.

Python sees the engine's frozen value, the database a plain text or whole number that both databases
sort and compare alike. A value that cannot be read raises Django's ValidationError with the kernel's own
words (where, what, what to do), so that forms and full_clean() show them unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable

from huanchuang.engines.kernel import Money, Period, ProblemError, Uscc
from huanchuang.orm.language import language

T = TypeVar("T")

if TYPE_CHECKING:  # generic only in the stubs, not at run time
    _PeriodColumn = models.CharField[Period | str | Combinable, Period]
    _MoneyColumn = models.BigIntegerField[Money | int | Combinable | None, Money | None]
    # Codes and amounts are nullable wherever they occur: not every body has one, and unknown is a value.
    _UsccColumn = models.CharField[Uscc | str | Combinable | None, Uscc | None]
else:
    _PeriodColumn = _UsccColumn = models.CharField
    _MoneyColumn = models.BigIntegerField


def _read(parse: Callable[[str], T], text: str) -> T:
    """`parse(text)`, with a bad text told as Django tells it, in the reader's language."""
    try:
        return parse(text)
    except ProblemError as error:
        raise ValidationError([problem.text(language()) for problem in error.problems]) from error


@lru_cache(maxsize=4096)
def period_of(code: str) -> Period:
    """The period of a stored code; remembered, because a table of figures repeats few periods many times."""
    return Period.parse(code)


class PeriodField(_PeriodColumn):
    """A Period, stored as its code (`2026`, `2026H1`, `2026Q2`, `2026-06`, …)."""

    description = "Period"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def from_db_value(
        self, value: str | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> Period | None:
        return period_of(value) if value else None

    def to_python(self, value: Any) -> Period | None:
        if value is None or value == "" or isinstance(value, Period):
            return value or None
        return _read(Period.parse, str(value))

    def get_prep_value(self, value: Any) -> str | None:
        period = self.to_python(value)
        return None if period is None else period.code

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value: Any) -> None:
        """Nothing more to check: a Period is valid by construction, and its code fits the column."""


class MoneyField(_MoneyColumn):
    """Money, stored in fen. Plain whole numbers given in Python are fen as well."""

    description = "Money in fen"

    def from_db_value(
        self, value: int | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> Money | None:
        return None if value is None else Money(value)

    def to_python(self, value: Any) -> Money | None:
        if value is None or value == "" or isinstance(value, Money):
            return None if value == "" else value
        if isinstance(value, int):
            return Money(value)
        return _read(Money.parse, str(value))

    def get_prep_value(self, value: Any) -> int | None:
        money = self.to_python(value)
        return None if money is None else money.fen

    def value_to_string(self, obj: models.Model) -> str:
        fen = self.get_prep_value(self.value_from_object(obj))
        return "" if fen is None else f"{Money(fen).in_unit('元')}元"

    def run_validators(self, value: Any) -> None:
        """Range is the database's bigint; an amount of 92 thousand trillion yuan does not occur."""


class UsccField(_UsccColumn):
    """A unified social credit code with a right check character, stored as its 18 characters; NULL when not known."""

    description = "Unified social credit code (GB 32100-2015)"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 18)
        super().__init__(*args, **kwargs)

    def from_db_value(
        self, value: str | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> Uscc | None:
        return Uscc.parse(value) if value else None

    def to_python(self, value: Any) -> Uscc | None:
        if value is None or value == "" or isinstance(value, Uscc):
            return value or None
        return _read(Uscc.parse, str(value))

    def get_prep_value(self, value: Any) -> str | None:
        code = self.to_python(value)
        return None if code is None else code.text

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value: Any) -> None:
        """Nothing more to check: a Uscc is valid by construction."""


class SubjectField(models.CharField[str, str] if TYPE_CHECKING else models.CharField):  # type: ignore[misc]
    """The name of a row somewhere (`app.model:id`), so that whoever moves a row's belongings finds all who speak of it.

    `history=True` marks columns that tell what was and therefore stay when the row is merged into another.
    """

    description = "Subject"

    def __init__(self, *args: Any, history: bool = False, **kwargs: Any) -> None:
        self.history = history
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)
