"""The scanner: one pass for numbers with units, one for values written in other ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from huanchuang.engines.kernel.figures import context, patterns
from huanchuang.engines.kernel.figures.amounts import Amount, amount_of
from huanchuang.engines.kernel.figures.counted import counted
from huanchuang.engines.kernel.figures.lexicon import LEXICON, Lexicon
from huanchuang.engines.kernel.figures.specials import special_figures
from huanchuang.engines.kernel.figures.values import Figure, make_figure
from huanchuang.engines.kernel.numerals import fold

_APART = "分别"
_SHARED = (">", ">=", "<", "<=", "~")
_JOINTS = ("和", "、", "与", "及")


def scan_figures(text: str, lexicon: Lexicon = LEXICON) -> tuple[Figure, ...]:
    """Every figure of the text in order of place, by the words of `lexicon`. Offsets count characters of `text` as given."""
    plain = _fold(text)
    found = [*_plain_figures(plain, lexicon), *special_figures(plain, lexicon)]
    starts, ends = context.masked_spans(plain)
    kept = [figure for figure in found if not context.is_masked(figure.number_start, starts, ends)]
    kept.sort(key=lambda figure: figure.number_start)
    ordered = _with_shared_growth(plain, _with_shared_units(plain, kept))
    if plain is text:
        return tuple(ordered)
    return tuple(replace(figure, text=text[figure.start : figure.end]) for figure in ordered)


def _fold(text: str) -> str:
    """Full-width digits and signs as ASCII, character for character; Chinese punctuation stays."""
    if not patterns.WIDE.search(text):
        return text
    return patterns.WIDE.sub(lambda found: fold(found[0]), patterns.WIDE_COMMA.sub(",", text))


def _plain_figures(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    done = 0
    for begin in patterns.START.finditer(text):
        match = lexicon.figure.match(text, begin.start()) if begin.start() >= done else None
        amount = amount_of(match, lexicon.table) if match else None
        if match is None or amount is None:
            continue
        done = match.end()
        amount = counted(text, amount)
        around = context.surroundings(text, amount, lexicon)
        if context.stands(text, amount, around):
            yield make_figure(text, amount, around, context.cues(text, amount.start))


def _with_shared_units(text: str, figures: list[Figure]) -> list[Figure]:
    """分别下降0.5和0.7个百分点: the first value has the unit of the second."""
    found: list[Figure] = []
    for figure in figures:
        bare = patterns.SHARES_UNIT.search(
            text, max(0, figure.number_start - context.LOOK_BACK), figure.number_start
        )
        if bare and not (found and found[-1].number_end > bare.start("n")):
            amount = Amount(*bare.span("n"), Decimal(bare["n"]), None, figure.scaled)
            around = context.surroundings(text, amount)
            found.append(make_figure(text, amount, around, context.cues(text, amount.start)))
        found.append(figure)
    return found


def _with_shared_growth(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """分别增长10%和20%: the second value grows too; 分别超过150家和250家: so does the bound."""
    previous: Figure | None = None
    for figure in figures:
        if previous is not None and _continues(text, previous, figure):
            if previous.comparator == "growth":
                figure = replace(figure, comparator="growth")
            elif (
                previous.comparator in _SHARED
                and _APART in figure.cues
                and previous.number_end == previous.end
            ):
                figure = replace(figure, comparator=previous.comparator, bound=previous.bound)
        previous = figure
        yield figure


def _continues(text: str, previous: Figure, figure: Figure) -> bool:
    return (
        text[previous.end : figure.start].strip() in _JOINTS
        and figure.comparator == "="
        and figure.unit == previous.unit
    )
