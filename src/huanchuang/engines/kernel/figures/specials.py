"""Values written without a number and its unit side by side: 百分之三十, 三分之一, 2/3, 全覆盖, 翻一番, 一半, 突破千亿元."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from huanchuang.engines.kernel.figures import context, patterns
from huanchuang.engines.kernel.figures.amounts import Amount
from huanchuang.engines.kernel.figures.lexicon import Lexicon
from huanchuang.engines.kernel.figures.values import Figure, make_figure
from huanchuang.engines.kernel.numerals import as_decimal, parse_number, scaled
from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.engines.kernel.units import SCALES, ScaledUnit, find_unit

PLACES = 2
"""Decimals to which an endless share is written: 33.33."""
_MULTIPLIED = re.compile(r"实现|力争|达到|总量|数量|规模|产值|收入|营收|指标|效益|总额|利润")
"""高企倍增 is the name of an action, 实现产值倍增 is a doubling."""
_TOWARD = re.compile(r"[向朝][^,，。；;]{0,10}$")
"""向全覆盖迈进: a direction, no value."""
_NEAR = 12
_DOUBLINGS = {"": 1, "一": 1, "二": 2, "两": 2, "三": 3}
_ROUND_NUMBERS = SCALES | {"十": 10, "百": 100, "千": 1000}


def special_figures(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    """The special figures of a text, kind by kind."""
    readers: list[tuple[re.Pattern[str], Callable[[str, re.Match[str], Lexicon], Figure | None]]] = [
        (patterns.ROUND, _round)
    ]
    if patterns.SPECIAL.search(text):
        readers += [
            (patterns.PERCENT, _percent),
            (patterns.FRACTION, _fraction),
            (patterns.IMPLIED, _implied),
        ]
    for pattern, read in readers:
        for match in pattern.finditer(text):
            figure = read(text, match, lexicon)
            if figure is not None:
                yield figure


def _round(text: str, match: re.Match[str], lexicon: Lexicon) -> Figure | None:
    """突破千亿元 is more than 1000 亿元, 超百家 more than 100."""
    if match["s"]:
        number, unit, start = match["n"][:-1], find_unit(match["s"] + match["u"]), match.start("n")
    else:
        number, unit, start = match["c"], find_unit(match["cu"]), match.start("c")
    if unit is None:
        return None
    amount = Amount(start, match.end(), Decimal(_ROUND_NUMBERS[number]), None, unit, chinese=True)
    return make_figure(text, amount, context.surroundings(text, amount, lexicon), context.cues(text, start))


def _percent(text: str, match: re.Match[str], lexicon: Lexicon) -> Figure | None:
    """百分之三十, 千分之三, 百分之十至百分之二十; 万分之三 is 0.03 %."""
    unit = _table_unit("‰" if match["of"] == "千" else "%")
    shrink = 100 if match["of"] == "万" else 1
    try:
        low = _shrunk(match["n"], shrink)
        high = _shrunk(match["x"], shrink) if match["x"] else None
    except ProblemError:
        return None
    amount = Amount(*match.span(), low, high, unit)
    return make_figure(
        text, amount, context.surroundings(text, amount, lexicon), context.cues(text, amount.start)
    )


def _shrunk(number: str, shrink: int) -> Decimal:
    value = Decimal(100) if number == "百" else parse_number(number)
    return as_decimal(Fraction(value) / shrink) or value


def _fraction(text: str, match: re.Match[str], lexicon: Lexicon) -> Figure:
    above, below = (match["n"], match["of"]) if match["of"] else (match["a"], match["b"])
    return _share(text, match, lexicon, Fraction(parse_number(above)) / Fraction(parse_number(below)) * 100)


def _implied(text: str, match: re.Match[str], lexicon: Lexicon) -> Figure | None:
    word = match[0]
    if word == "倍增" and not _MULTIPLIED.search(text, max(0, match.start() - _NEAR), match.start()):
        return None
    if word.startswith("翻") or word == "倍增":
        times = _DOUBLINGS[word.strip("翻了番倍增")]
        return _share(text, match, lexicon, Fraction(100 * (2**times - 1)), comparator="growth")
    if word == "全覆盖":
        listed = text[match.start() - 1 : match.start()] == text[match.end() : match.end() + 1] == "、"
        toward = _TOWARD.search(text, max(0, match.start() - _NEAR), match.start())
        return None if listed or toward else _share(text, match, lexicon, Fraction(100))
    return _share(text, match, lexicon, Fraction(50), comparator=">" if word == "过半" else "")


def _share(
    text: str, match: re.Match[str], lexicon: Lexicon, share: Fraction, comparator: str = ""
) -> Figure:
    value = as_decimal(share) or scaled(round(share * 10**PLACES), -PLACES)
    amount = Amount(*match.span(), value, None, _table_unit("%"))
    around = context.surroundings(text, amount, lexicon)
    if comparator:
        bound = around.bound if comparator == "growth" else comparator
        around = replace(around, comparator=comparator, bound=bound)
    figure = make_figure(text, amount, around, context.cues(text, amount.start))
    return replace(figure, implied=not match[0][0].isdigit() and "分之" not in match[0], exact=share)


def _table_unit(name: str) -> ScaledUnit:
    unit = find_unit(name)
    if unit is None:
        raise KeyError(name)
    return unit
