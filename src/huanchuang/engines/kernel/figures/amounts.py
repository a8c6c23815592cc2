"""From a match of the figure pattern to an amount: value, upper end, unit, place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from huanchuang.engines.kernel.numerals import as_decimal, parse_number
from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.engines.kernel.units import SCALES, ScaledUnit, UnitTable, find_unit


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with unit at start…end. `more`: 余 or 多 stands inside; `chinese`: written without digits; `tenths`: in 成."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: ScaledUnit
    more: bool = False
    chinese: bool = False
    tenths: bool = False


def amount_of(match: re.Match[str], table: UnitTable) -> Amount | None:
    """The amount of a match, its unit out of `table`, or None where number or unit make no sense."""
    if match["n2"]:
        amount = _range(match, table)
    else:
        amount = _stepped(match, table) if match["head"] else _single(match, "3", match.start(), table)
    if amount is None or amount.unit.base.dimension != "temperature":
        return amount
    return _below_zero(amount, match.string[max(0, amount.start - 2) : amount.start])


def _below_zero(amount: Amount, before: str) -> Amount:
    """-20℃ and 零下20℃: only temperatures have a sign in running text, elsewhere the dash joins."""
    sign = next((word for word in ("零下", "-", "－") if before.endswith(word)), "")
    return replace(amount, start=amount.start - len(sign), low=-amount.low) if sign else amount


def _single(match: re.Match[str], group: str, start: int, table: UnitTable) -> Amount | None:
    number = match[f"n{group}"]
    value = _value(number)
    scale = number[-1] if number[-1] in "万亿" else ""
    name = match[f"u{group}"]
    unit = table.find(scale + name) if scale and name else _unit(match, group, name, table)
    if value is None or unit is None:
        return None
    if scale:  # 五百万元 is 500 万元
        value = as_decimal(Fraction(value) / SCALES[unit.scale]) or value
    more = bool(match[f"m{group}"] or match[f"k{group}"])
    return _in_percent(Amount(start, match.end(), value, None, unit, more, not number[0].isascii()))


def _in_percent(amount: Amount) -> Amount:
    """三成 is 30 %."""
    percent = find_unit("%")
    if amount.unit.name != "成" or percent is None:
        return amount
    return Amount(
        amount.start, amount.end, amount.low * 10, None, percent, amount.more, amount.chinese, tenths=True
    )


def _stepped(match: re.Match[str], table: UnitTable) -> Amount | None:
    """1万6千多户 is 1.6 万户, 1亿3千多万 is 1.3 亿."""
    scale = match["hs"]
    unit = table.find(scale + (match["tu"] or ""))
    total = (
        int(match["head"]) * SCALES[scale] + int(match["tail"]) * SCALES[match["ts"]] * SCALES[match["tt"]]
    )
    value = as_decimal(Fraction(total, SCALES[scale]))
    if unit is None or value is None:
        return None
    return Amount(match.start(), match.end(), value, None, unit, bool(match["tm"]))


def _range(match: re.Match[str], table: UnitTable) -> Amount | None:
    """3—5家; where the ends do not ascend, the second number stands alone; a leading zero makes it a telephone number."""
    low, high = _value(match["n1"]), _value(match["n2"])
    upper = _unit(match, "2", match["u2"], table)
    lower = (
        _unit(match, "1", match["u1"] or match["u2"], table)
        if match["s1"] or match["t1"] or match["u1"]
        else upper
    )
    if low is None or high is None or upper is None or lower is None:
        return None
    if lower.base == upper.base:
        low = as_decimal(Fraction(low) * lower.factor / upper.factor) or low
        if low < high:
            return Amount(match.start(), match.end(), low, high, upper, chinese=not match["n1"][0].isascii())
    return _single(match, "2", match.start("n2"), table)


def _unit(match: re.Match[str], group: str, name: str | None, table: UnitTable) -> ScaledUnit | None:
    return table.find(match[f"s{group}"] + match[f"t{group}"] + (name or ""))


def _value(number: str) -> Decimal | None:
    if number[0].isascii():
        padded = number[0] == "0" and number[1:2].isdigit()
        return None if padded else Decimal(number.replace(",", ""))
    try:
        return parse_number(number)
    except ProblemError:
        return None
