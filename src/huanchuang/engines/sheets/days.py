"""The day that a cell means: a date, a serial number, 20230601, 2023.6.1, 2023年6月1日, 二〇二三年六月.

A number without a date format is taken as a serial number of Excel, whose calendar has a 29 February 1900 that never was.
Excel drops the last zero of a number, so 2019.1 may be January or October: such a cell is a problem, not a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huanchuang.engines.kernel.numerals import CHINESE, DIGITS, fold, parse_number
from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.sheets.cells import Cell

FIRST_YEAR, LAST_YEAR = 1900, 2199
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_NEVER_WAS = 60
"""The serial number of 29 February 1900 in Excel."""
_LAST_SERIAL = 109_574
"""2199-12-31."""

_FORMS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?",
        r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<y>\d{4})年(?P<m>\d{1,2})月份?",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})",
        r"(?P<y>(?:19|20|21)\d\d)(?P<m>0[1-9]|1[0-2])",
        r"(?P<y>(?:19|20|21)\d\d)年?",
    )
)
_TIME = re.compile(
    r"(?:T|(?<=\d|日)\s+)(\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?|\d{1,2}时(\d{1,2}分)?)(Z|[+-]\d{2}:?\d{2})?$"
)
_WRITTEN_OUT = re.compile(
    rf"([{''.join(DIGITS)}]{{4}})年(?:([{CHINESE}]{{1,3}})月(?:([{CHINESE}]{{1,3}})[日号])?)?"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day and how exactly it was written: day, month (then the first of it) or year (then 1 January)."""

    value: date
    precision: str = "day"


def day_of(cell: Cell, *, counts_from_1904: bool = False) -> Day:
    """The day in a cell; ProblemError (zh and en) where there is none."""
    if isinstance(cell, datetime):
        return Day(_within(cell.date(), str(cell)))
    if isinstance(cell, date):
        return Day(_within(cell, str(cell)))
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise _not_a_day(str(cell))
    return (
        _from_number(cell, counts_from_1904)
        if isinstance(cell, int | float)
        else _from_text(cell, counts_from_1904)
    )


def last_day_of(day: date) -> date:
    """The last day of the month that a day lies in."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def _from_number(number: float, counts_from_1904: bool) -> Day:
    shown = f"{number:.15g}"
    if float(number).is_integer() and len(shown) in (4, 6, 8):
        found = _matched(shown)
        if found is not None:
            return found
    if re.fullmatch(r"(19|20)\d\d\.1", shown):
        raise refuse(
            "sheets.day_ambiguous",
            (
                f"日期“{shown}”",
                "可能是1月，也可能是10月：Excel 去掉了数字末尾的0",
                f"请写成 {shown[:4]}-01 或 {shown[:4]}-10",
            ),
            (
                f'date "{shown}"',
                "may be January or October: Excel drops the last zero of a number",
                f"Write {shown[:4]}-01 or {shown[:4]}-10",
            ),
        )
    if re.fullmatch(r"(19|20)\d\d\.([2-9]|1[0-2]|0[1-9])", shown):
        found = _matched(shown)
        if found is not None:
            return found
    return _from_serial(number, shown, counts_from_1904)


def _from_serial(number: float, shown: str, counts_from_1904: bool) -> Day:
    serial = int(number)
    if counts_from_1904:
        if 0 <= serial <= _LAST_SERIAL:
            return Day(_EPOCH_1904 + timedelta(days=serial))
        raise _not_a_day(shown)
    if serial == _NEVER_WAS:
        raise _no_such_day("1900年2月29日", "1900-02-29")
    if not 1 <= serial <= _LAST_SERIAL:
        raise _not_a_day(shown)
    return Day(_EPOCH + timedelta(days=serial + (serial < _NEVER_WAS)))


def _from_text(text: str, counts_from_1904: bool) -> Day:
    plain = _TIME.sub("", fold(text).strip())
    plain = "".join(plain.split()).rstrip(".").replace("．", ".")
    found = _matched(plain) or _matched(_in_digits(plain))
    if found is not None:
        return found
    if re.fullmatch(r"\d{5}(\.\d+)?", plain, re.ASCII):
        return _from_serial(float(plain), plain, counts_from_1904)
    raise _not_a_day(text)


def _matched(text: str) -> Day | None:
    for form in _FORMS:
        match = form.fullmatch(text)
        if not match:
            continue
        groups = match.groupdict()
        month, day = groups.get("m"), groups.get("d")
        precision = "day" if day else "month" if month else "year"
        return Day(_checked(int(groups["y"]), int(month or 1), int(day or 1)), precision)
    return None


def _in_digits(text: str) -> str:
    match = _WRITTEN_OUT.fullmatch(text)
    if not match:
        return ""
    year = "".join(str(DIGITS[sign]) for sign in match[1])
    month = f"{parse_number(match[2])}月" if match[2] else ""
    day = f"{parse_number(match[3])}日" if match[3] else ""
    return f"{year}年{month}{day}"


def _checked(year: int, month: int, day: int) -> date:
    try:
        return _within(date(year, month, day), f"{year}-{month:02d}-{day:02d}")
    except ValueError:
        raise _no_such_day(f"{year}年{month}月{day}日", f"{year}-{month:02d}-{day:02d}") from None


def _within(day: date, shown: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _not_a_day(shown)
    return day


def _no_such_day(zh: str, en: str) -> ProblemError:
    return refuse(
        "sheets.no_such_day",
        (f"日期“{zh}”", "日历上没有这一天", "请核对月份和日期"),
        (f'date "{en}"', "does not exist", "Check month and day"),
    )


def _not_a_day(text: str) -> ProblemError:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return refuse(
        "sheets.not_a_day",
        (f"日期“{shown}”", "不是能识别的日期", "请写成 2023-06-01、2023.6.1 或 2023年6月1日"),
        (f'date "{shown}"', "is not a date", "Write 2023-06-01, 2023.6.1 or 2023年6月1日"),
    )
