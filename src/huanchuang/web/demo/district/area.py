"""Figures of the district itself and of its carriers."""

from __future__ import annotations

from collections.abc import Iterable

from huanchuang.engines.kernel import Period
from huanchuang.facts.models import SourceKind
from huanchuang.facts.services import FactGiven
from huanchuang.web.demo.district.codes import REGION
from huanchuang.web.demo.district.draw import Draw
from huanchuang.web.demo.district.source import bodies

DISTRICT = f"district:{REGION}"
BULLETIN = "青岑区统计公报（演示）"
CARRIER_REPORT = "双创载体半年报（演示）"
YEARLY: dict[str, tuple[str, tuple[str, str, str]]] = {
    "gdp": ("亿元", ("486.2", "518.7", "553.4")),
    "social-rd-spending": ("亿元", ("12.64", "14.52", "16.6")),
    "area-rd-intensity": ("%", ("2.6", "2.8", "3.0")),
}
MONTHLY: dict[str, tuple[str, tuple[str, str, str]]] = {
    "high-tech-enterprises": ("家", ("121", "138", "152")),
    "technology-smes": ("家", ("402", "455", "513")),
}
"""At the end of 2023, 2024 and 2025."""
HALVES = (Period.half(2025, 1), Period.half(2025, 2))


def area_facts() -> Iterable[FactGiven]:
    """Invented figures of the district for 2023 to 2025."""
    for key, (unit, values) in YEARLY.items():
        for year, value in zip((2023, 2024, 2025), values, strict=True):
            yield FactGiven(DISTRICT, key, Period.year(year), value, unit, SourceKind.REPORT, BULLETIN)
    for key, (unit, values) in MONTHLY.items():
        for year, value in zip((2023, 2024, 2025), values, strict=True):
            yield FactGiven(DISTRICT, key, Period.month(year, 12), value, unit, SourceKind.REPORT, BULLETIN)


def carrier_facts(subjects: dict[str, str]) -> Iterable[FactGiven]:
    """Area, tenants, graduates and mentors of each carrier for the halves of 2025."""
    for body in bodies():
        if body.area is None or body.tenants is None:
            continue
        draw = Draw(f"carrier/{body.code}")
        for place, period in enumerate(HALVES):
            amounts = {
                "carrier-area": (body.area, "平方米"),
                "tenants": (body.tenants - 4 + 4 * place, "家"),
                "graduates": (draw.whole("graduates", 3, 14) + 2 * place, "家"),
                "mentors": (draw.whole("mentors", 6, 30), "人"),
            }
            for key, (amount, unit) in amounts.items():
                yield FactGiven(
                    subjects[body.code], key, period, str(amount), unit, SourceKind.REPORT, CARRIER_REPORT
                )
