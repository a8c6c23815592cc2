"""Organisations and figures by a fixed rule: the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from huanchuang.engines.kernel.identifiers.uscc import check_character

ORGANISATIONS = 100_000
KEYS = (
    ("sales-revenue", "万元", 5_000_00),
    ("rd-expense", "万元", 300_00),
    ("total-assets", "万元", 9_000_00),
    ("staff", "人", 400),
    ("tech-staff", "人", 90),
)
"""Fact key, unit as given, and the size the figures turn about."""
YEARS = (2024, 2025)
FIRST = "岑澜芯锐启云腾恒瑞嘉信科达弘远创鼎泰宏盛博凯华睿晟航宇辰昊"
SECOND = "源通联聚合泽润森洋拓维新翔捷讯能量光影声波林川海岳峰石原野津"
TRADES = (
    "新材料", "生物医药", "智能装备", "微电子", "软件", "环保科技", "新能源", "精密仪器", "检测技术", "数据服务",
    "机器人", "光电", "传感", "食品", "化工", "建材", "纺织", "物流", "医疗器械", "网络技术",
    "自动化", "航空部件", "汽车零部件", "电池", "涂料", "模具", "照明", "种业", "设计咨询", "信息安全",
)  # fmt: skip
PLACES = ("青岑", "云澜", "青岑高新", "云澜大学城")
KINDS = ("company",) * 46 + ("incubator", "university", "research-institute", "bank")
INDUSTRIES = ("2614", "2710", "3562", "3973", "6513", "7722", "3825", "4014", "7452", "6450")
WORDS = {
    "two characters, many hits": "材料",
    "two characters, few hits": "岑源",
    "a long word": "云澜大学城澜通医疗器械",
}
"""What is searched for."""


@dataclass(frozen=True)
class Body:
    """One organisation as both sides store it."""

    number: int
    name: str
    short_name: str
    kind: str
    uscc: str
    region: str
    industry: str
    stage: str
    founded_on: str

    def figures(self) -> Iterator[tuple[str, int, str, str]]:
        """Key, year, value as given, unit."""
        for place, (key, unit, size) in enumerate(KEYS):
            for year in YEARS:
                amount = (self.number * 7919 + place * 104_729 + year * 31) % size + size // 2
                text = f"{amount // 100}.{amount % 100:02d}" if unit == "万元" else str(amount)
                yield key, year, text, unit

    def belongings(self) -> Iterator[tuple[str, dict[str, str]]]:
        """What one organisation in five hundred has beside its figures: kind of entry, and its fields but the owner."""
        if self.number % 500 != 1:
            return
        for place in range(1, 13):
            yield (
                "patent",
                {
                    "title": f"{self.short_name}的一种装置{place}",
                    "kind": "invention",
                    "state": "granted",
                    "applied_on": f"202{place % 5}-03-{place:02d}",
                },
            )
        for place in range(1, 9):
            yield (
                "person",
                {"name": f"{SECOND[place]}{FIRST[place]}", "post": "工程师", "roles": "researcher"},
            )
        for place in range(1, 6):
            yield (
                "achievement",
                {"title": f"{self.short_name}成果{place}", "summary": "一项已在产线上用过的工艺。"},
            )
        for place in range(1, 5):
            yield (
                "need",
                {
                    "title": f"{self.short_name}的需求{place}",
                    "kind": "technology",
                    "detail": "现有做法误差太大。",
                },
            )
        for place in range(1, 7):
            yield (
                "equipment",
                {"name": f"{self.short_name}的仪器{place}", "model": f"X-{place}", "place": "一号楼"},
            )
        for year in (2023, 2024, 2025):
            yield "qualification", {"kind": "technology-sme", "valid_from": f"{year}-05-01"}


def scale() -> float:
    """The part of the full size that is asked for by HUANCHUANG_BENCH_SCALE."""
    return float(os.environ.get("HUANCHUANG_BENCH_SCALE", "1"))


def bodies() -> Iterator[Body]:
    """The organisations of the run."""
    names = product(PLACES, TRADES, FIRST, SECOND)
    for number, (place, trade, first, second) in enumerate(
        islice(names, int(ORGANISATIONS * scale())), start=1
    ):
        yield Body(
            number,
            f"{place}{first}{second}{trade}有限公司",
            f"{first}{second}{trade}",
            KINDS[number % len(KINDS)],
            code(number),
            "990101" if number % 3 else "500117",
            INDUSTRIES[number % len(INDUSTRIES)],
            ("startup", "growth", "mature")[number % 3],
            f"{1995 + number % 30}-{1 + number % 12:02d}-{1 + number % 28:02d}",
        )


def code(number: int) -> str:
    """A unified social credit code, right in form, in a region that does not exist."""
    body = f"{number:08d}"
    rest = (
        11
        - sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    )
    first = f"91990101{body}{ {10: 'X', 11: '0'}.get(rest, rest) }"
    return first + check_character(first)


def far_page() -> int:
    """Page 1,000 of the full list, or as far into a smaller one."""
    return max(2, int(1000 * scale()))
