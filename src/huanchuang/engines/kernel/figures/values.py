"""The figure: what the scanner hands over."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from huanchuang.engines.kernel.figures.amounts import Amount
from huanchuang.engines.kernel.figures.context import Surroundings
from huanchuang.engines.kernel.numerals import as_decimal
from huanchuang.engines.kernel.units import NO_SCALED_UNIT, ScaledUnit


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as it stands in a text.

    `text` is text[start:end] with the comparator words next to the number; `number_start`/`number_end` hold number and
    unit alone. `value_max` is the upper end of a range. `unit` is as written (亿元, 万平方米, 家; 万人 for 6000多万群众, 万 for a bare 6000多万).
    `comparator` is one of > >= < <= = ~ range growth; `bound` says for growth and range how the value binds (= where plain).
    `implied`: no digit stands there (全覆盖, 翻一番, 一半). `exact` holds what a decimal cannot (1/3).
    `cues` are telling words of the same clause before the number (力争, 累计, 新增, 各, 均, 年均, 同比 …), in order.
    """

    text: str
    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: str
    bound: str = "="
    implied: bool = False
    exact: Fraction | None = None
    cues: tuple[str, ...] = ()
    scaled: ScaledUnit = NO_SCALED_UNIT

    @property
    def value_base(self) -> Decimal:
        """The value in the base unit: 26.9亿元 is 2690000000."""
        return _times(self.value, self.scaled.factor)

    @property
    def value_max_base(self) -> Decimal | None:
        """The upper end of a range in the base unit."""
        return None if self.value_max is None else _times(self.value_max, self.scaled.factor)

    @property
    def unit_base(self) -> str:
        """The base unit: 元 for 亿元, "" for a bare 万."""
        return self.scaled.base.name

    @property
    def scale(self) -> str:
        """The scale word of the unit: 亿 for 亿元, "" for 家."""
        return self.scaled.scale

    @property
    def dimension(self) -> str:
        """What is counted: count, money, share, points, multiple, time, area … (see the table of units)."""
        return self.scaled.base.dimension


def _times(value: Decimal, factor: int) -> Decimal:
    return value if factor == 1 else as_decimal(Fraction(value) * factor) or Decimal(0)


def make_figure(text: str, amount: Amount, around: Surroundings, cues: tuple[str, ...]) -> Figure:
    """The figure of an amount in its surroundings."""
    return Figure(
        text=text[around.start : around.end],
        start=around.start,
        end=around.end,
        number_start=amount.start,
        number_end=amount.end,
        value=amount.low,
        value_max=amount.high,
        unit=amount.unit.name,
        comparator=around.comparator,
        bound=around.bound,
        cues=cues,
        scaled=amount.unit,
    )
