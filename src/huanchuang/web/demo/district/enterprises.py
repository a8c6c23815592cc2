"""240 enterprises of seven industries, from three months to thirty years old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from huanchuang.web.demo.district.codes import REGION, uscc
from huanchuang.web.demo.district.draw import Draw
from huanchuang.web.demo.district.source import SOURCE, Trade, brand, trades

TODAY = dt.date(2026, 6, 30)
YOUNGEST, OLDEST = dt.date(2026, 3, 30), dt.date(1996, 6, 30)
CASES = {3: "exact", 7: "one-person-short", 11: "gap", 15: "gap", 17: "one-fen-short", 19: "one-point-short"}
"""Every twentieth firm of these places is a boundary case; all others are plain."""
AGES = ((10, 90, 360), (20, 370, 1090), (35, 1100, 3600), (25, 3650, 7200), (10, 7300, 10900))
"""Percent of firms, and their age in days from, to."""
FORMS = ("有限公司", "有限公司", "有限公司", "科技有限公司", "有限责任公司", "股份有限公司")
SURNAMES = "赵钱孙李周吴陈王冯蒋沈韩杨朱许何吕施张孔曹严"
GIVEN = ("晓月", "志远", "文静", "建国", "思源", "海燕", "立新", "佳宁", "一鸣", "春梅", "国栋", "雨桐")


@dataclass(frozen=True)
class Firm:
    """One enterprise and what kind of case its figures are to be."""

    number: int
    name: str
    short: str
    code: str
    industry: str
    founded_on: dt.date
    scale: int
    case: str
    trade: str
    """The name of its industry in `trades.yaml`."""

    @property
    def draw(self) -> Draw:
        """The draws of this firm."""
        return Draw(f"firm/{self.number}")

    @property
    def stage(self) -> str:
        """Start-up below three years, growth below ten, mature after that."""
        age = (TODAY - self.founded_on).days
        return "startup" if age < 3 * 365 else "growth" if age < 10 * 365 else "mature"

    def row(self) -> dict[str, Any]:
        """As the registry takes it."""
        draw = self.draw
        contact = "何晓月" if self.number == 0 else draw.pick("surname", SURNAMES) + draw.pick("given", GIVEN)
        return {
            "name": self.name,
            "short_name": self.short,
            "aliases": [],
            "kind": "company",
            "uscc": self.code,
            "region": REGION,
            "industry": self.industry,
            "stage": self.stage,
            "founded_on": self.founded_on,
            "address": f"青岑区{draw.pick('road', ('创新大道', '化工园一路', '江滨路', '学府路', '岑南路'))}{draw.whole('house', 1, 320)}号",
            "contact_name": contact,
            "contact_phone": f"1390000{draw.whole('phone', 0, 9999):04d}",
            "source": SOURCE,
        }


LEAD = Firm(
    0,
    "云澜岑科新材料股份有限公司",
    "岑科新材",
    uscc("91", 70_000_000),
    "2651",
    dt.date(2011, 4, 18),
    120,
    "one-person-short",
    "新材料",
)
"""The firm of the demonstration's clerk 何会计: one technician short of the high-tech condition."""


@cache
def firms() -> tuple[Firm, ...]:
    """All firms in a fixed order."""
    return (LEAD, *_others())


def _others() -> Iterator[Firm]:
    number = 0
    for place, trade in enumerate(trades()):
        for _ in range(trade.firms - (place == 0)):
            number += 1
            yield _firm(number, trade)


def _firm(number: int, trade: Trade) -> Firm:
    draw, sign, word = Draw(f"firm/{number}"), brand(number), Draw(f"firm/{number}").pick("word", trade.words)
    name = f"{draw.pick('place', ('青岑', '云澜'))}{sign}{word}{draw.pick('form', FORMS)}"
    case = CASES.get(number % 20, "plain")
    founded_on = _founded(number, draw, case)
    code = uscc("91", 70_000_000 + number * 7919)
    return Firm(
        number,
        name,
        sign + trade.short,
        code,
        draw.pick("industry", trade.industries),
        founded_on,
        trade.scale,
        case,
        trade.name,
    )


def _founded(number: int, draw: Draw, case: str) -> dt.date:
    if number == 1:
        return YOUNGEST
    if number == 2:
        return OLDEST
    if case != "plain":  # boundary cases need three full years of figures
        return TODAY - dt.timedelta(days=draw.whole("age", 1700, 6500))
    share = draw.whole("age-band", 1, 100)
    for percent, low, high in AGES:
        if share <= percent:
            return TODAY - dt.timedelta(days=draw.whole("age", low, high))
        share -= percent
    raise AssertionError("the shares of AGES add up to a hundred")
