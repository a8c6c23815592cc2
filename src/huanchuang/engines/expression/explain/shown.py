"""Values as an official reads them: 1200万元, 8%, 至少 300万元, 2025年1月1日. Rounded ones say that they are (约)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from huanchuang.engines.expression.arithmetic import day_of, rounded
from huanchuang.engines.expression.record import Span, Step
from huanchuang.engines.expression.types import DATE, FEN, MONEY, Type, unit_text
from huanchuang.engines.kernel.money import Money
from huanchuang.engines.kernel.numerals import as_decimal

PLACES = 2
MOST_PLACES = 12
MOST_KEPT = 8_192
"""Values kept as they read: one decision says the same figures many times."""
_UNITS = {"人": "persons", "件": "items", "年": "years", "月": "months", "天": "days", "工作日": "working days", "分": "points", "元": "yuan", "家": "firms", "项": "projects"}  # fmt: skip


def is_english(language: str) -> bool:
    """Whether a language code is one of English."""
    return language.startswith("en")


@lru_cache(MOST_KEPT)
def show(value: int | Fraction, type_: Type, language: str = "zh", places: int = PLACES) -> str:
    """A number or date with its unit; `places` behind the point where it does not end by itself."""
    english = is_english(language)
    if type_ == DATE:
        day = day_of(int(value))
        return day.isoformat() if english else f"{day.year}年{day.month}月{day.day}日"
    exact = Fraction(value)
    if type_.unit == MONEY:
        return _money(exact, english)
    if type_.unit == ():
        return _decimal(exact * 100, english, places) + "%"
    yuan = dict(type_.unit or ()).get("元", 0)
    number = _decimal(exact / Fraction(FEN) ** yuan, english, places)
    if not english:
        return f"{number}{unit_text(type_.unit)}"
    unit = _english_unit(type_)
    return f"{number} {unit.removesuffix('s') if exact == 1 else unit}".strip()


def _money(fen: Fraction, english: bool) -> str:
    whole = fen if fen.denominator == 1 else rounded(fen, Fraction(1), "nearest")
    about = "" if whole == fen else ("about " if english else "约")
    if not english:
        return f"{about}{Money(int(whole)).text()}"
    yuan, rest = divmod(abs(int(whole)), FEN)
    sign = "-" if whole < 0 else ""
    return f"{about}{sign}{yuan:,}" + (f".{rest:02d}" if rest else "") + " yuan"


def _decimal(value: Fraction, english: bool, places: int) -> str:
    exact = as_decimal(value) if value.denominator <= 10**MOST_PLACES else None
    about = ""
    if exact is None or -int(exact.as_tuple().exponent) > max(places, 4):
        exact = as_decimal(Fraction(rounded(value, Fraction(1, 10**places), "nearest")))
        about = "about " if english else "约"
    return f"{about}{exact:,f}" if english else f"{about}{exact:f}"


def _english_unit(type_: Type) -> str:
    above = " ".join(_UNITS.get(name, name) for name, power in type_.unit or () if power > 0)
    below = " ".join(_UNITS.get(name, name) for name, power in type_.unit or () if power < 0)
    return f"{above} per {below}" if below else above


def show_span(span: Span, type_: Type, language: str = "zh", places: int = PLACES) -> str:
    """A number that may be known only within bounds."""
    english = is_english(language)
    if span.value is not None:
        return show(span.value, type_, language, places)
    low = None if span.lo is None else show(span.lo, type_, language, places)
    high = None if span.hi is None else show(span.hi, type_, language, places)
    if low is not None and high is not None:
        return f"{low} to {high}" if english else f"{low}至{high}"
    if low is not None and span.lo:
        return f"at least {low}" if english else f"至少{low}"
    if high is not None:
        return f"at most {high}" if english else f"至多{high}"
    return "unknown" if english else "未知"


def show_step(step: Step, language: str = "zh", places: int = PLACES) -> str:
    """What a step gave."""
    english = is_english(language)
    if isinstance(step.value, Span):
        return show_span(step.value, step.node.type, language, places)
    if step.value is None:
        return "unknown" if english else "未知"
    if isinstance(step.value, bool):
        return ("yes" if step.value else "no") if english else ("是" if step.value else "否")
    return step.value


def apart(one: Step, other: Step, language: str) -> tuple[str, str]:
    """Two values with as many places as it takes to tell them apart: 4.9999% never reads as 5%."""
    for places in range(PLACES, MOST_PLACES + 1):
        left, right = show_step(one, language, places), show_step(other, language, places)
        if _plain(left) != _plain(right) or one.value == other.value:
            return left, right
    return show_step(one, language), show_step(other, language)


def _plain(text: str) -> str:
    return text.removeprefix("约").removeprefix("about ")
