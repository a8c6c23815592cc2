"""What a value of the language is: a number with a unit, a date, yes or no, a code, a text.

Units are products of base units (元, 人, 元/人, 1/天), so that yuan divided by persons is neither yuan nor persons. Amounts of
money count in fen inside; a share (30%, a quotient of equal units) has the empty product. A number that was written
without a unit is *bare*: it takes the unit of what it meets, except that money wants its unit said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from huanchuang.engines.kernel.units import find_unit

Kind = Literal["number", "date", "yes-no", "code", "text"]
Product = tuple[tuple[str, int], ...]
"""Base units with their powers, sorted: 元/人 is (("人", -1), ("元", 1)); a share is ()."""

MONEY: Product = (("元", 1),)
SHARE: Product = ()
YEARS: Product = (("年", 1),)
MONTHS: Product = (("月", 1),)
DAYS: Product = (("天", 1),)
WORKDAYS: Product = (("工作日", 1),)
SPANS = (YEARS, MONTHS, DAYS, WORKDAYS)
"""The units by which a date can be moved."""
FEN = 100

_SAME = {
    "名": ("人", 1),
    "位": ("人", 1),
    "岁": ("年", 1),
    "周岁": ("年", 1),
    "学年": ("年", 1),
    "个月": ("月", 1),
    "个自然日": ("天", 1),
    "自然日": ("天", 1),
    "日": ("天", 1),
    "周": ("天", 7),
    "星期": ("天", 7),
    "个星期": ("天", 7),
    "个工作日": ("工作日", 1),
    "个小时": ("小时", 1),
}
_SHARES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "成": Fraction(1, 10), "倍": Fraction(1)}
_BARE = "个"
_EXTRA = {"月", "岁"}


@dataclass(frozen=True, slots=True)
class Type:
    """`unit` for numbers only, None for a bare one; `tree` names the code list of a code."""

    kind: Kind
    unit: Product | None = None
    tree: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it can be added up or compared by size (a date is none)."""
        return self.kind == "number"

    @property
    def is_bare(self) -> bool:
        """A number without a unit."""
        return self.kind == "number" and self.unit is None


YES_NO = Type("yes-no")
DATE = Type("date")
TEXT = Type("text")
BARE = Type("number", None)


def number(unit: Product | None) -> Type:
    """The type of numbers in a unit."""
    return Type("number", unit)


def code(tree: str) -> Type:
    """The type of codes of a code list."""
    return Type("code", tree=tree)


def read_unit(text: str) -> tuple[Product | None, Fraction] | None:
    """The base units of a unit as written and the factor to them (万元: fen, 1,000,000); None for an unknown unit.

    个 counts anything and is bare. 元/人 and 件/万人 are quotients.
    """
    above, slash, below = text.partition("/")
    first = _read_part(above)
    if first is None or not slash:
        return first
    second = _read_part(below)
    if second is None:
        return None
    return product(first[0], second[0], -1), first[1] / second[1]


def _read_part(text: str) -> tuple[Product | None, Fraction] | None:
    if text in _EXTRA or text in _SAME:
        same, times = _SAME.get(text, (text, 1))
        return ((same, 1),), Fraction(times)
    unit = find_unit(text)
    if unit is None:
        return None
    name, factor = unit.base.name, Fraction(unit.factor)
    if name in _SHARES:
        return SHARE, factor * _SHARES[name]
    if name in (_BARE, ""):
        return None, factor
    if name == "元":
        return MONEY, factor * FEN
    same, times = _SAME.get(name, (name, 1))
    return ((same, 1),), factor * times


def product(one: Product | None, other: Product | None, power: int = 1) -> Product | None:
    """The unit of one value times another (`power` -1: divided by it); bare times bare stays bare."""
    if one is None and other is None:
        return None
    powers = dict(one or ())
    for name, exponent in other or ():
        powers[name] = powers.get(name, 0) + power * exponent
    return tuple(sorted((name, exponent) for name, exponent in powers.items() if exponent))


def unit_text(unit: Product | None) -> str:
    """The unit as one writes it: 元, 元/人, 元·月; "" for a share and for a bare number."""
    above = "·".join(_powered(name, exponent) for name, exponent in unit or () if exponent > 0)
    below = "·".join(_powered(name, -exponent) for name, exponent in unit or () if exponent < 0)
    return f"{above or '1'}/{below}" if below else above


def _powered(name: str, exponent: int) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"
