"""The scanner: one pass for numbers with units, one for fractions and implied values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from huanchuang.engines.kernel.figures import context, patterns
from huanchuang.engines.kernel.figures.values import Figure
from huanchuang.engines.kernel.numerals import WIDE, as_decimal, parse_number, scaled
from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.engines.kernel.units import ScaledUnit, find_unit

_WIDE_SIGNS = re.compile(r"[０-９％．＋／～]")
_DOUBLINGS = {"": 1, "一": 1, "二": 2, "两": 2, "三": 3}
_PLACES = 2


def scan_figures(text: str) -> tuple[Figure, ...]:
    """Every figure of the text in order of place. Offsets count characters of `text` as given."""
    plain = text
    if _WIDE_SIGNS.search(text):
        table = {code: target for code, target in WIDE.items() if _WIDE_SIGNS.match(chr(code))}
        plain = text.translate(table)
    masks = context.masked_spans(plain)
    found = [*_amounts(plain, masks)]
    if patterns.SPECIAL.search(plain):
        found.extend(_specials(plain, masks))
        found.sort(key=lambda figure: figure.number_start)
    return tuple(_inherit_growth(plain, found))


def _amounts(text: str, masks: tuple[list[int], list[int]]) -> Iterator[Figure]:
    for match in patterns.FIGURE.finditer(text):
        if context.is_masked(match.start(), *masks):
            continue
        figure = _range(text, match) if match["n2"] else _single(text, match)
        if figure is not None:
            yield figure


def _single(text: str, match: re.Match[str]) -> Figure | None:
    number, start, end = match["n3"], match.start(), match.end()
    unit = find_unit(match["s3"] + (match["u3"] or ""))
    value = _value(number)
    if unit is None or value is None:
        return None
    more = bool(match["m3"] or match["k3"])
    around = context.surroundings(text, start, end, unit.base.dimension, more)
    return (
        _figure(text, (start, end), around, value, None, unit, more)
        if _stands(text, match, around, unit, value, number, more)
        else None
    )


def _stands(
    text: str,
    match: re.Match[str],
    around: context.Surroundings,
    unit: ScaledUnit,
    value: Decimal,
    number: str,
    more: bool,
) -> bool:
    start, end, name = match.start(), match.end(), unit.name
    if text[end : end + 1] == "+" or context.is_ordinal(text, start) or context.is_rank(text, start, name):
        return False
    if unit.base.dimension == "time" and context.is_calendar(text, start, end, name, float(value)):
        return False
    if not context.is_plain_chinese(number):
        return True
    compared = around.end > end or around.bound != "=" or around.comparator == "growth"
    size = float(value) * unit.factor
    return context.chinese_counts(text, start, end, name, unit.base.dimension, size, compared)


def _range(text: str, match: re.Match[str]) -> Figure | None:
    start, end = match.span()
    upper_unit = find_unit(match["s2"] + match["u2"])
    lower_unit = find_unit(
        (match["s1"] or (match["s2"] if not match["u1"] else "")) + (match["u1"] or match["u2"])
    )
    low, high = _value(match["n1"]), _value(match["n2"])
    if (
        upper_unit is None
        or lower_unit is None
        or low is None
        or high is None
        or upper_unit.base != lower_unit.base
    ):
        return None
    low = as_decimal(Fraction(low) * lower_unit.factor / upper_unit.factor) or low
    if low >= high or context.is_ordinal(text, start) or not _span_of_time(text, match, upper_unit, high):
        return None
    around = context.surroundings(text, start, end, upper_unit.base.dimension, more=False)
    plain = context.is_plain_chinese(match["n1"])
    if plain and upper_unit.base.dimension == "time" and around.end == end:
        return None
    kind = "growth" if around.comparator == "growth" else "range"
    around = context.Surroundings(around.start, around.end, kind, around.bound)
    return _figure(text, (start, end), around, low, high, upper_unit, False)


def _span_of_time(text: str, match: re.Match[str], unit: ScaledUnit, high: Decimal) -> bool:
    if unit.base.dimension != "time":
        return True
    return not context.is_calendar(text, match.start(), match.end(), unit.name, float(high))


def _specials(text: str, masks: tuple[list[int], list[int]]) -> Iterator[Figure]:
    readers = ((patterns.PERCENT, _percent), (patterns.FRACTION, _fraction), (patterns.IMPLIED, _implied))
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            if not context.is_masked(match.start(), *masks):
                yield reader(text, match)


def _percent(text: str, match: re.Match[str]) -> Figure:
    unit = ScaledUnit(find_unit("‰" if match["of"] == "千" else "%").base, "")  # type: ignore[union-attr]
    shrink = 100 if match["of"] == "万" else 1
    low = _share_value(match["n"], shrink)
    high = _share_value(match["x"], shrink) if match["x"] else None
    around = context.surroundings(text, *match.span(), "share", more=False)
    if high is not None and around.comparator != "growth":
        around = context.Surroundings(around.start, around.end, "range", around.bound)
    return _figure(text, match.span(), around, low, high, unit, False)


def _share_value(number: str, shrink: int) -> Decimal:
    value = Decimal(100) if number == "百" else _value(number) or Decimal(0)
    return as_decimal(Fraction(value) / shrink) or value


def _fraction(text: str, match: re.Match[str]) -> Figure:
    above, below = (match["n"], match["of"]) if match["of"] else (match["a"], match["b"])
    share = Fraction(parse_number(above)) / Fraction(parse_number(below)) * 100
    return _share(text, match.span(), share, implied=False)


def _implied(text: str, match: re.Match[str]) -> Figure:
    word = match[0]
    if word.startswith("翻") or word == "倍增":
        times = _DOUBLINGS.get(word.strip("翻了番"), 1)
        around = context.surroundings(text, *match.span(), "share", more=False)
        around = context.Surroundings(around.start, around.end, "growth", around.bound)
        return _share_figure(text, match.span(), around, Fraction(100 * (2**times - 1)), implied=True)
    return _share(
        text,
        match.span(),
        Fraction(100 if word == "全覆盖" else 50),
        implied=True,
        bound=">" if word == "过半" else "=",
    )


def _share(text: str, span: tuple[int, int], share: Fraction, implied: bool, bound: str = "=") -> Figure:
    around = context.surroundings(text, *span, "share", more=False)
    if bound != "=":
        around = context.Surroundings(around.start, around.end, bound, bound)
    return _share_figure(text, span, around, share, implied)


def _share_figure(
    text: str, span: tuple[int, int], around: context.Surroundings, share: Fraction, implied: bool
) -> Figure:
    value = as_decimal(share) or scaled(round(share * 10**_PLACES), -_PLACES)
    cues = context.cues(text, span[0])
    shown = text[around.start : around.end]
    return Figure(
        shown,
        around.start,
        around.end,
        *span,
        value,
        None,
        "%",
        around.comparator,
        around.bound,
        implied,
        share,
        cues,
    )


def _figure(
    text: str,
    span: tuple[int, int],
    around: context.Surroundings,
    low: Decimal,
    high: Decimal | None,
    unit: ScaledUnit,
    more: bool,
) -> Figure:
    shown = text[around.start : around.end]
    cues = context.cues(text, span[0])
    return Figure(
        shown,
        around.start,
        around.end,
        *span,
        low,
        high,
        unit.name,
        around.comparator,
        around.bound,
        False,
        None,
        cues,
    )


def _value(number: str) -> Decimal | None:
    try:
        return Decimal(number.replace(",", "")) if number[0].isascii() else parse_number(number)
    except ProblemError:
        return None


def _inherit_growth(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """分别增长10%和20%: the second value grows too."""
    previous: Figure | None = None
    for figure in figures:
        joined = previous is not None and text[previous.end : figure.start] in ("和", "、", "与", "及")
        if (
            joined
            and previous
            and previous.comparator == "growth"
            and figure.comparator == "="
            and figure.unit == previous.unit
        ):
            figure = _growing(figure)
        previous = figure
        yield figure


def _growing(figure: Figure) -> Figure:
    from dataclasses import replace

    return replace(figure, comparator="growth")
