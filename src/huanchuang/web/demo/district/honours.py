"""What the firms and bodies of the district are recognised as: certificates with their days, some about to end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from huanchuang.registry.queries.lives import later
from huanchuang.web.demo.district.enterprises import LEAD, TODAY, Firm, firms

HIGH_TECH = (
    (2022, 10, 18),
    (2023, 10, 16),
    (2023, 12, 8),
    (2024, 10, 28),
    (2024, 12, 6),
    (2025, 11, 3),
    (2025, 12, 12),
)
SPECIALISED = ((2022, 7, 20), (2023, 7, 14), (2023, 9, 20), (2024, 7, 1), (2025, 8, 6))
INNOVATIVE = ((2022, 12, 1), (2023, 6, 28), (2023, 8, 20), (2024, 6, 5), (2025, 5, 30))
YEARS = 3
BODIES = (
    ("云澜新材料产业技术研究院", "new-rd-institution", (2022, 1, 10), 5, "省级"),
    ("青岑智能装备创新研究院", "new-rd-institution", (2024, 1, 8), 3, "市级"),
    ("云澜理工科技企业孵化器有限公司", "incubator", (2019, 12, 20), 0, "国家级"),
    ("青岑岑创空间管理有限公司", "maker-space", (2023, 9, 15), 3, "省级"),
    ("云澜理工技术转移中心有限公司", "transfer-body", (2021, 6, 1), 0, "省级"),
    ("青岑岑桥技术转移有限公司", "transfer-body", (2023, 7, 10), 3, "市级"),
)  # fmt: skip


@dataclass(frozen=True)
class Honour:
    """One recognition; `holder` is the full name of the organisation."""

    holder: str
    kind: str
    valid_from: dt.date
    valid_until: dt.date | None
    level: str = ""
    number: str = ""
    issued_by: str = ""
    revoked_on: dt.date | None = None
    revoked_because: str = ""


def honours() -> Iterator[Honour]:
    """All recognitions in a fixed order; one was revoked."""
    for firm in firms():
        yield from _of_firm(firm)
    for name, kind, day, years, level in BODIES:
        begun = dt.date(*day)
        yield Honour(
            name, kind, begun, _last(begun, years) if years else None, level, issued_by="市科学技术局"
        )


def _last(begun: dt.date, years: int) -> dt.date:
    """The last day of so many years."""
    return later(begun, years) - dt.timedelta(days=1)


def _of_firm(firm: Firm) -> Iterator[Honour]:
    draw, age = firm.draw, (TODAY - firm.founded_on).days
    if firm == LEAD or (age > 1100 and draw.chance("high-tech", 44)):
        yield _high_tech(firm)
    if age > 200 and draw.chance("sme", 46):
        number = f"2026990101{firm.number:08d}"
        yield Honour(
            firm.name,
            "technology-sme",
            dt.date(2026, 3, 20),
            dt.date(2026, 12, 31),
            number=number,
            issued_by="青岑区科学技术局",
        )
    if age > 1500 and draw.chance("specialised", 20):
        begun = _begun(firm, "specialised-day", SPECIALISED)
        kind = "little-giant" if draw.chance("giant", 18) else "specialised-sme"
        level = "国家级" if kind == "little-giant" else "省级"
        yield Honour(firm.name, kind, begun, _last(begun, YEARS), level, issued_by="经济和信息化主管部门")
    if age > 900 and draw.chance("innovative", 24):
        begun = _begun(firm, "innovative-day", INNOVATIVE)
        yield Honour(
            firm.name, "innovative-sme", begun, _last(begun, YEARS), "市级", issued_by="经济和信息化主管部门"
        )
    if age > 1800 and draw.chance("centre", 12):
        begun = _begun(firm, "centre-day", SPECIALISED)
        yield Honour(firm.name, "rd-centre", begun, _last(begun, YEARS), "市级", issued_by="市科学技术局")


def _high_tech(firm: Firm) -> Honour:
    """The clerk's firm has one that ends in autumn; one firm lost its certificate."""
    begun = dt.date(2023, 10, 16) if firm == LEAD else _begun(firm, "high-tech-day", HIGH_TECH)
    number = f"GR{begun.year}99{firm.number:06d}"
    lost = firm.number == 24
    return Honour(
        firm.name, "high-tech-enterprise", begun, _last(begun, YEARS), "国家级", number, "全国高企认定办（演示）",
        dt.date(2025, 9, 18) if lost else None, "年度核查研发费用占比不达标，云高企办〔2025〕6号" if lost else "",
    )  # fmt: skip


def _begun(firm: Firm, label: str, days: tuple[tuple[int, int, int], ...]) -> dt.date:
    """A day of recognition at least a year after the firm was founded."""
    possible = [day for one in days if (day := dt.date(*one)) > later(firm.founded_on, 1)]
    return firm.draw.pick(label, possible or [dt.date(*days[-1])])
