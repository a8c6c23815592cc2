"""A number with its unit: 120家, 1.2亿千瓦, 30%, 3个百分点.

The value is an exact decimal. Quantities of the same base unit add and compare across scales (万元 with 亿元); everything
else is refused: 家 and 项 do not add up, and a share (%) is no difference in percentage points.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from huanchuang.engines.kernel.numerals import CHINESE, as_decimal, fold, parse_number
from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.kernel.units import ScaledUnit, find_unit, units_at_end


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` counted in `unit` (a unit of the table, with or without a scale word).

    Order goes by the amount, equality by the writing: 1亿元 and 10000万元 are equal only as `.base()`.
    """

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        self._scaled()

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """The quantity in `text`: a number followed by a unit of the table; ProblemError otherwise."""
        plain = "".join(fold(text).split())
        for unit in units_at_end(plain):
            if plain[-len(unit) - 1] in CHINESE and unit[0] in CHINESE:
                continue  # in 二百五十家 the 十 belongs to the number
            try:
                return cls(parse_number(plain[: -len(unit)]), unit)
            except ProblemError:
                continue
        raise refuse(
            "quantity.parse",
            (f"数量“{text}”", "不是“数字+单位”", "请写成数字加单位，例如 250家、1.2亿元、30%"),
            (
                f'quantity "{text}"',
                "is not a number with a unit",
                "Write a number and a unit, for instance 250家, 1.2亿元, 30%",
            ),
        )

    def base(self) -> Quantity:
        """The same quantity in its base unit: 1.2亿元 is 120000000元; % stays %."""
        unit = self._scaled()
        return Quantity(_decimal(Fraction(self.value) * unit.factor), unit.base.name)

    def to(self, unit: str) -> Quantity:
        """The same quantity counted in another scale of its unit; ProblemError for an unrelated unit."""
        other = Quantity(Decimal(0), unit)._scaled()
        self._same_base(other)
        return Quantity(_decimal(Fraction(self.value) * self._scaled().factor / other.factor), unit)

    @property
    def dimension(self) -> str:
        """What is counted: count, money, share, points, time, area …"""
        return self._scaled().base.dimension

    def text(self) -> str:
        """Value and unit as one writes them; `parse` reads it back."""
        return f"{self.value:f}{self.unit}"

    def __str__(self) -> str:
        return self.text()

    def __add__(self, other: Quantity) -> Quantity:
        self._same_base(other._scaled())
        if self.unit == other.unit:
            return Quantity(_decimal(Fraction(self.value) + Fraction(other.value)), self.unit)
        return Quantity(
            _decimal(Fraction(self.base().value) + Fraction(other.base().value)), self.base().unit
        )

    def __sub__(self, other: Quantity) -> Quantity:
        return self + Quantity(-other.value, other.unit)

    def __lt__(self, other: Quantity) -> bool:
        return self._compare(other) < 0

    def __le__(self, other: Quantity) -> bool:
        return self._compare(other) <= 0

    def __gt__(self, other: Quantity) -> bool:
        return self._compare(other) > 0

    def __ge__(self, other: Quantity) -> bool:
        return self._compare(other) >= 0

    def _compare(self, other: Quantity) -> Fraction:
        self._same_base(other._scaled())
        return Fraction(self.base().value) - Fraction(other.base().value)

    def _scaled(self) -> ScaledUnit:
        unit = find_unit(self.unit)
        if unit is None:
            raise refuse(
                "quantity.unit",
                (f"单位“{self.unit}”", "不在单位表中", "请改用常用单位，例如 家、个、项、万元、%"),
                (
                    f'unit "{self.unit}"',
                    "is not in the table of units",
                    "Use a common unit such as 家, 个, 项, 万元, %",
                ),
            )
        return unit

    def _same_base(self, other: ScaledUnit) -> None:
        if self._scaled().base != other.base:
            raise refuse(
                "quantity.incompatible",
                (f"单位“{self.unit}”与“{other.name}”", "不能相加或比较", "请先换算成同一单位"),
                (
                    f'units "{self.unit}" and "{other.name}"',
                    "cannot be added or compared",
                    "Convert them to one unit first",
                ),
            )


def _decimal(value: Fraction) -> Decimal:
    exact = as_decimal(value)
    if exact is None:  # factors are powers of ten, so a decimal times or by a factor always ends
        raise AssertionError(f"{value} has no finite decimal form")
    return exact
