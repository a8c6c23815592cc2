"""Money in fen, as whole numbers: nothing is ever lost or rounded behind one's back.

万元 with six decimals is exact to the fen (0.000001万元 = 1 fen); a seventh decimal that is not zero is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from huanchuang.engines.kernel.numerals import fold, parse_number, scaled
from huanchuang.engines.kernel.problem import ProblemError, refuse

EXPONENTS = {
    "分": 0, "角": 1, "元": 2, "十元": 3, "百元": 4, "千元": 5, "万元": 6,
    "十万元": 7, "百万元": 8, "千万元": 9, "亿元": 10, "十亿元": 11, "百亿元": 12, "千亿元": 13, "万亿元": 14,
}  # fmt: skip
"""Units of money and the power of ten of fen in one of them."""

Rounding = Literal["exact", "down", "up", "half_up", "half_even"]
_AMOUNT = re.compile(
    r"(?:人民币|RMB|CNY|[¥￥])?(.+?)((?:十|百|千|万|十万|百万|千万|亿|十亿|百亿|千亿|万亿)?元|角|分|万|亿)?(?:人民币|整)?"
)


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount of yuan renminbi, held in fen (1 元 = 100 fen); may be negative."""

    fen: int

    def __post_init__(self) -> None:
        if isinstance(self.fen, bool) or not isinstance(self.fen, int):
            raise TypeError("Money takes whole fen; use Money.parse or Money.from_unit for other values.")

    @classmethod
    def parse(cls, text: str) -> Money:
        """The amount written in `text` with its unit (12.5万元, ￥1,200元, 三百万元, 5000万); ProblemError otherwise."""
        match = _AMOUNT.fullmatch("".join(fold(text).split()))
        if not match or not match[2]:
            raise _without_unit(text)
        unit = match[2] + "元" if match[2] in ("万", "亿") else match[2]
        return cls.from_unit(parse_number(match[1]), unit)

    @classmethod
    def from_unit(cls, value: Decimal | int, unit: str = "元") -> Money:
        """`value` counted in `unit` as fen; ProblemError for an unknown unit or a part smaller than a fen."""
        fen = Fraction(value) * 10 ** _exponent(unit)
        if fen.denominator != 1:
            raise _smaller_than_fen(f"{value}{unit}", EXPONENTS[unit])
        return cls(fen.numerator)

    def in_unit(self, unit: str) -> Decimal:
        """The exact amount counted in `unit`."""
        return scaled(self.fen, -_exponent(unit))

    def text(self, unit: str = "auto") -> str:
        """The amount with its unit, exact; "auto" takes 亿元, 万元 or 元 by size. `parse` reads it back."""
        if unit == "auto":
            size = abs(self.fen)
            unit = (
                "亿元"
                if size >= 10 ** EXPONENTS["亿元"]
                else "万元"
                if size >= 10 ** EXPONENTS["万元"]
                else "元"
            )
        return f"{self.in_unit(unit):f}{unit}"

    def __str__(self) -> str:
        return self.text()

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __abs__(self) -> Money:
        return Money(abs(self.fen))

    def __bool__(self) -> bool:
        return self.fen != 0

    def times(self, factor: int | Fraction | Decimal, rounding: Rounding = "exact") -> Money:
        """The amount times a factor, parts of a fen rounded as told; "exact" refuses to round (ProblemError)."""
        product = self.fen * Fraction(factor)
        if rounding == "exact" and product.denominator != 1:
            raise _smaller_than_fen(f"{self} × {factor}", 0)
        return Money(_rounded(product, rounding))

    def share(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """The amount divided by weights so that the parts add up to it; spare fen go to the first parts with the largest remainders.

        ValueError where a weight is negative or all are zero.
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError("share needs weights that are not negative and not all zero")
        sign, size = (-1 if self.fen < 0 else 1), abs(self.fen)
        parts = [size * weight // whole for weight in weights]
        order = sorted(range(len(weights)), key=lambda index: (-(size * weights[index] % whole), index))
        for index in order[: size - sum(parts)]:
            parts[index] += 1
        return tuple(Money(sign * part) for part in parts)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """The sum; zero fen for no amounts."""
        return cls(sum(amount.fen for amount in amounts))


def _rounded(value: Fraction, rounding: Rounding) -> int:
    if rounding == "half_even":
        return round(value)
    size, sign = abs(value), (-1 if value < 0 else 1)
    whole, rest = divmod(size.numerator, size.denominator)
    upward = {"exact": False, "down": False, "up": rest > 0, "half_up": 2 * rest >= size.denominator}[
        rounding
    ]
    return sign * (whole + upward)


def _exponent(unit: str) -> int:
    if unit not in EXPONENTS:
        raise refuse(
            "money.unit",
            (f"金额单位“{unit}”", "不是人民币单位", "请用 元、万元 或 亿元"),
            (f'unit "{unit}"', "is not a unit of renminbi", "Use 元, 万元 or 亿元"),
        )
    return EXPONENTS[unit]


def _without_unit(text: str) -> ProblemError:
    return refuse(
        "money.parse",
        (f"金额“{text}”", "没有写明单位", "请在数字后写 元、万元 或 亿元，例如 12.5万元"),
        (f'amount "{text}"', "has no unit", "Write 元, 万元 or 亿元 after the number, for instance 12.5万元"),
    )


def _smaller_than_fen(shown: str, places: int) -> ProblemError:
    return refuse(
        "money.fen",
        (
            f"金额“{shown}”",
            "不足一分的部分无法入账",
            f"请最多保留{places}位小数" if places else "请写明取整方法",
        ),
        (
            f'amount "{shown}"',
            "has a part smaller than one fen",
            f"Keep at most {places} decimals" if places else "Say how to round",
        ),
    )
