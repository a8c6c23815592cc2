"""A cell as text, as an identifier, as an amount of money: what a person sees, without what Excel made of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from huanchuang.engines.kernel.money import EXPONENTS
from huanchuang.engines.kernel.numerals import fold
from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.kernel.units import find_unit
from huanchuang.engines.sheets.cells import Broken, Cell

_EXACT_DIGITS = 15
_BARE = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_NEGATIVE = re.compile(r"\(([\d,.]+)\)", re.ASCII)
_MONEY_SIGN = re.compile(r"^(?:人民币|RMB|CNY|[¥￥])")


def text_of(cell: Cell) -> str:
    """What a cell shows: whole numbers without a point, days as 2023-06-01, 是 and 否; "" for an empty or broken one."""
    if cell is None or isinstance(cell, Broken):
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return f"{Decimal(f'{cell:.{_EXACT_DIGITS}g}'):f}"
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return _moment(cell)


def _moment(cell: date | time) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes" if not cell.second else "seconds")
    if isinstance(cell, time):
        return cell.isoformat("minutes" if not cell.second else "seconds")
    return cell.isoformat()


def is_blank(cell: Cell, marks: frozenset[str] = frozenset()) -> bool:
    """Whether a cell says nothing: empty, or one of the marks that people write for it (/, —)."""
    return cell is None or (isinstance(cell, str) and fold(cell).strip() in marks)


def identifier_of(cell: Cell) -> str:
    """The text of a number, code or telephone; ProblemError where Excel has already lost its last digits."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**_EXACT_DIGITS:
        raise _digits_lost(text_of(cell))
    return text_of(cell)


def amount_of(cell: Cell, unit: str = "") -> str:
    """The amount in a cell with its unit: the one written in it, else that of the column or sheet (`unit`), else 元.

    Numbers in brackets are negative, as accountants write them. What is no bare number (面议, 50万元) stays as written.
    """
    text = text_of(cell)
    plain = "".join(fold(text).split())
    plain = _MONEY_SIGN.sub("", plain)
    plain = _NEGATIVE.sub(r"-\1", plain)
    if not _BARE.fullmatch(plain):
        return text
    return f"{plain}{unit if unit in EXPONENTS else '元'}"


def number_text(cell: Cell, unit: str = "") -> str:
    """The number in a cell without the unit of its column: 12台 under 台 is 12, 1,200 stays, (3) is -3."""
    text = text_of(cell)
    plain = "".join(fold(text).split())
    plain = _NEGATIVE.sub(r"-\1", plain)
    if unit and plain.endswith(unit) and plain != unit:
        plain = plain.removesuffix(unit)
    return plain


_MONTHS = {"年": 12, "个季度": 3, "季度": 3, "个月": 1, "月": 1}
"""Units of time that count months; days and weeks do not."""


def converted(text: str, there: str, wanted: str) -> str:
    """A bare number counted in the unit `there`, in the unit `wanted`: 3 年 are 36 月, 1.2 万平方米 are 12000 平方米.

    What is no bare number stays. ProblemError where the units measure different things.
    """
    factor = _factor(there, wanted)
    if factor is None:
        raise refuse(
            "sheets.other_unit",
            (f"单位“{there}”", f"不能换算成{wanted}", f"请把这一列改成以{wanted}为单位"),
            (f"unit {there}", f"cannot be counted in {wanted}", f"Give this column in {wanted}"),
        )
    plain = "".join(fold(text).split())
    if factor == 1 or not _BARE.fullmatch(plain):
        return text
    value = Decimal(plain.replace(",", "")) * factor.numerator / factor.denominator
    return f"{value.normalize():f}"


def _factor(there: str, wanted: str) -> Fraction | None:
    if there == wanted:
        return Fraction(1)
    if there in _MONTHS and wanted in _MONTHS:
        return Fraction(_MONTHS[there], _MONTHS[wanted])
    one, other = find_unit(there), find_unit(wanted)
    if one is None or other is None or one.base != other.base:
        return None
    return Fraction(one.factor, other.factor)


def _digits_lost(shown: str) -> ProblemError:
    return refuse(
        "sheets.digits_lost",
        (
            f"数字“{shown}”",
            f"超过{_EXACT_DIGITS}位，Excel 已经把后面的数字变成了0",
            "请把单元格设为文本格式，再重新填写",
        ),
        (
            f'number "{shown}"',
            f"has more than {_EXACT_DIGITS} digits, and Excel has lost the last ones",
            "Format the cell as text and type it again",
        ),
    )
