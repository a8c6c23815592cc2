"""A column of texts as values of a fact: whole numbers of its step, Boolean, Date or codes; and where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from huanchuang.engines.expression import Fact, Tree
from huanchuang.engines.expression.arithmetic import day_of as day_at
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.expression.vocabulary import Plain

BLANK = ("", "-", "--", "—", "——", "/", "未知", "未填", "n/a", "na", "nan", "null", "none", "unknown")
_WIDE = "０１２３４５６７８９．，－＋％／：　"
_NARROW = "0123456789.,-+%/: "
_YES = ("是", "yes", "y", "true", "1", "1.0", "√", "有")
_NO = ("否", "no", "n", "false", "0", "0.0", "×", "无")
_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?%?$"
_NUMBER = r"^[+-]?\d{1,16}(\.\d*)?$"
LARGEST = 10**18
Meaning = Callable[[Fact, str], Plain | None]


@dataclass(frozen=True, slots=True)
class Values:
    """A column of values, empty where nothing is known, and for each fault the rows it stands in."""

    series: pl.Series
    faults: dict[str, pl.Series]


def values_of(fact: Fact, column: pl.Series, tree: Tree | None, meaning: Meaning) -> Values:
    """The values of a column, whatever type it was read with. `meaning` reads what is more than a bare number (3万元)."""
    if fact.type.is_number and column.dtype.is_integer():
        return _bounded(fact, _scaled(column, digits_of(fact)), column.is_not_null())
    if fact.type.kind == "yes-no" and column.dtype == pl.Boolean:
        return Values(column, {})
    if fact.type == DATE and column.dtype in (pl.Date, pl.Datetime):
        return Values(column.cast(pl.Date), {})
    texts = plain_texts(column)
    if fact.type.is_number:
        return _numbers(fact, texts, meaning)
    if fact.type.kind == "yes-no":
        return _truths(texts)
    if fact.type == DATE:
        return _mapped(texts, lambda text: _day(meaning(fact, text)), pl.Date(), "not-a-day")
    if tree is not None:
        return _mapped(texts, lambda text: _code(tree, text), pl.String(), "not-a-code")
    return Values(texts, {})


def digits_of(fact: Fact) -> int:
    """The decimals kept of a unit: 2 for money (fen), none for counts, 6 for the rest."""
    if fact.type.unit == (("元", 1),):
        return 2
    return 0 if fact.step == 1 else 6


def plain_texts(column: pl.Series) -> pl.Series:
    """The cells as texts without blanks around them, full-width digits and signs made half-width, empty where nothing is said."""
    if column.dtype.is_float():
        whole = column.is_nan() | (column.round(0) == column)
        texts = pl.select(
            pl.when(whole & (column.abs() < 1e15))
            .then(column.fill_nan(None).cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(column.cast(pl.String))
        ).to_series()
    else:
        texts = column.cast(pl.String)
    if texts.str.contains(r"[^\x00-\x7f]").any():
        texts = texts.str.replace_many(list(_WIDE), list(_NARROW))
    texts = texts.str.strip_chars()
    found: pl.Series = texts.set(texts.str.to_lowercase().is_in(list(BLANK)), None)
    return found


def _numbers(fact: Fact, texts: pl.Series, meaning: Meaning) -> Values:
    thousands = texts.str.contains(_THOUSANDS).fill_null(value=False)
    if thousands.any():
        texts = texts.zip_with(~thousands, texts.str.replace_all(",", "", literal=True))
    digits = digits_of(fact)
    plain = texts.str.contains(_NUMBER).fill_null(value=False)
    parts = texts.zip_with(plain, pl.Series([None], dtype=pl.String)).str.split_exact(".", 1).struct.unnest()
    whole, decimals = parts.to_series(0), parts.to_series(1).fill_null("")
    negative = whole.str.starts_with("-").fill_null(value=False)
    fine = decimals.str.slice(digits).str.contains("[1-9]")
    scaled = _scaled(whole.str.strip_chars("+-").cast(pl.Int64, strict=False), digits)
    if digits:
        rest = decimals.str.slice(0, digits).str.pad_end(digits, "0")
        scaled = scaled + rest.cast(pl.Int64, strict=False)
    scaled = scaled.zip_with(~negative, 0 - scaled)
    known = texts.is_not_null() & ~(fine & plain)
    scaled, strange = _spoken(fact, texts, plain, scaled, meaning)
    found = _bounded(fact, scaled.set(fine & plain, None), known & ~strange)
    return Values(found.series, {**found.faults, "too-fine": fine & plain, "not-a-number": strange})


def _scaled(whole: pl.Series, digits: int) -> pl.Series:
    """Whole numbers in the last decimal that is kept; empty where that is larger than any value can be."""
    limit = LARGEST // 10**digits
    held = whole.cast(pl.Int64, strict=False)
    scaled: pl.Series = held.set(~held.is_between(-limit, limit), None) * 10**digits
    return scaled


def _spoken(
    fact: Fact, texts: pl.Series, plain: pl.Series, scaled: pl.Series, meaning: Meaning
) -> tuple[pl.Series, pl.Series]:
    """Numbers with words (3万元, 5%), each spelling read once; and the rows that mean nothing."""
    others = texts.is_not_null() & ~plain
    if not others.any():
        return scaled, others
    spellings = texts.filter(others).unique()
    known = {text: _steps(fact, meaning(fact, text)) for text in spellings}
    said = texts.filter(others)
    values = pl.Series([known[text] for text in said], dtype=pl.Int64)
    rows = others.arg_true()
    strange = pl.Series([False]).new_from_index(0, len(texts)).scatter(rows, values.is_null())
    return scaled.scatter(rows, values), strange


def _steps(fact: Fact, value: Plain | None) -> int | None:
    if value is None or isinstance(value, bool | str):
        return None
    steps = Fraction(value) / fact.step
    return int(steps) if steps.denominator == 1 else None


def _bounded(fact: Fact, scaled: pl.Series, known: pl.Series) -> Values:
    least, most = fact.edges
    inside = scaled.is_between(least, most).fill_null(value=False)
    series = scaled.set(~inside, None)
    return Values(series, {"out-of-bounds": known & ~inside})


def _truths(texts: pl.Series) -> Values:
    said = texts.str.to_lowercase()
    yes, no = said.is_in(list(_YES)).fill_null(value=False), said.is_in(list(_NO)).fill_null(value=False)
    series = yes.set(~yes & ~no, None)
    return Values(series, {"not-yes-no": texts.is_not_null() & ~yes & ~no})


def _mapped(
    texts: pl.Series, read: Callable[[str], date | str | None], dtype: pl.DataType, fault: str
) -> Values:
    """Each spelling read once."""
    spellings = texts.drop_nulls().unique()
    known = pl.DataFrame(
        {"text": spellings, "value": pl.Series([read(text) for text in spellings], dtype=dtype)},
        schema={"text": pl.String, "value": dtype},
    )
    series = pl.DataFrame({"text": texts}).join(known, on="text", how="left", maintain_order="left")["value"]
    return Values(series, {fault: texts.is_not_null() & series.is_null()})


def _day(value: Plain | None) -> date | None:
    return day_at(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _code(tree: Tree, text: str) -> str | None:
    node = tree.find(text)
    return None if node is None else node.code


def plain_of(fact: Fact, value: object) -> Plain | None:
    """A value of a column as one of a record."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return (value - day_at(0)).days
    if not isinstance(value, int):
        raise TypeError(type(value).__name__)
    steps = value * fact.step
    return int(steps) if steps.denominator == 1 else steps
