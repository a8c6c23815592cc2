"""What a firm states beside its accounts, so that the policies of the district find some, miss some and cannot judge some."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from huanchuang.web.demo.district.enterprises import LEAD, TODAY, Firm
from huanchuang.web.demo.district.figures import Statement, statements
from huanchuang.web.demo.district.honours import Honour, honours

YEAR = 2025
ABOVE_SCALE = Decimal(2000)
"""Sales in 万元 from which a firm counts as above statistical size, and no longer as small."""
LABELS = {
    "little-giant": "小巨人",
    "specialised-sme": "专精特新中小企业",
    "innovative-sme": "创新型中小企业",
}
UNSAID = 4
"""Percent of these figures that a firm does not state."""


def more_statements(firm: Firm) -> list[Statement]:
    """Everything a firm states for policies, in a fixed order; the clerk's firm leaves nothing out."""
    stated = [*_titles(firm), *_people_and_rooms(firm), *_spending(firm), *_tax(firm), *_conduct(firm)]
    return [line for line in stated if firm == LEAD or not firm.draw.chance(f"unsaid/{line.key}", UNSAID)]


def _titles(firm: Firm) -> Iterator[Statement]:
    held = {one.kind: one for one in _held().get(firm.name, ())}
    if "high-tech-enterprise" not in held:
        yield _said("valid-hte-certificate", False)
    else:
        yield _said("first-hte-certificate", firm.draw.chance("first-certificate", 60))
    yield _said("valid-technology-sme", "technology-sme" in held)
    yield _fact("specialised-label", next((LABELS[kind] for kind in LABELS if kind in held), "无"))
    sales = [_amount(firm, "sales-revenue", year) for year in (YEAR - 1, YEAR)]
    if sales[1] is not None:
        grown = sales[1] >= ABOVE_SCALE and (sales[0] or Decimal(0)) < ABOVE_SCALE
        yield _said("first-above-scale", grown)
        yield _said("small-or-micro", sales[1] < ABOVE_SCALE)


def _people_and_rooms(firm: Firm) -> Iterator[Statement]:
    draw, staff = firm.draw, int(_amount(firm, "staff", YEAR) or 20)
    young = (TODAY - firm.founded_on).days < 3 * 365
    area = draw.whole("leased", 80, 900)
    yield _said("housed-in-carrier", young and draw.chance("carrier", 75))
    yield _fact("leased-area", str(area), "平方米")
    yield _fact("annual-rent", str(area * draw.whole("rent", 300, 720)), "元")
    yield _fact("new-doctors", str(draw.whole("doctors", 0, 2) * draw.chance("has-doctors", 40)), "人")
    yield _fact("new-masters", str(draw.whole("masters", 0, max(staff // 25, 1))), "人")
    yield _fact("new-graduates", str(staff * draw.whole("graduates", 0, 6) // 100), "人")
    yield _fact("rd-floor-space", str(draw.whole("rd-space", 1, 30) * 100), "平方米")
    for key, percent in (
        ("industry-standards", 9),
        ("national-standards", 4),
        ("international-standards", 1),
    ):
        yield _fact(key, str(int(draw.chance(key, percent))), "项")


def _spending(firm: Firm) -> Iterator[Statement]:
    """Amounts of 2025 in 万元; most firms spend nothing on most of these."""
    draw = firm.draw
    sales = int(_amount(firm, "sales-revenue", YEAR) or 500)
    yield _money("rd-equipment-value", max(sales * draw.whole("rd-equipment", 4, 30) // 100, 5))
    yield _money("loan-interest-paid", max(sales * draw.whole("interest", 2, 12) // 1000, 1), firm, 55)
    yield _fact("loan-rate", f"{draw.whole('loan-rate', 32, 66) / 10}", "%")
    yield _money("first-purchase-paid", draw.whole("first-purchase", 30, 300), firm, 16)
    yield _money("patent-navigation-paid", draw.whole("navigation", 8, 70), firm, 18)
    yield _money("pilot-equipment-paid", draw.whole("pilot", 300, 3000), firm, 9)
    yield _fact("pilot-firms-served", str(draw.whole("served", 0, 26)), "家")
    yield _money("open-lab-paid", draw.whole("open-lab", 1, 45), firm, 40)
    bought = draw.whole("bought", 10, 900) * draw.chance("buys", 30)
    yield _money("technology-bought-paid", bought)
    yield _money("technology-bought-academic", bought * draw.whole("academic", 0, 10) // 10)
    yield _money("teaching-investment", draw.whole("teaching", 5, 120), firm, 20)


def _tax(firm: Firm) -> Iterator[Statement]:
    """R&D as the tax return takes it apart, and what it is set against."""
    draw, spent = firm.draw, _amount(firm, "rd-expense", YEAR) or Decimal(0)
    other = spent * draw.whole("other-rd", 2, 14) // 100
    outsourced = spent * draw.whole("outsourced", 0, 20) // 100
    yield _money("own-rd-expense", spent - other - outsourced)
    yield _money("other-rd-expense", other)
    yield _money("outsourced-rd-expense", outsourced)
    yield _money("foreign-outsourced-rd-expense", 0)
    yield _money("capitalised-rd-amortisation", 0)
    yield _said("outsourced-rd-registered", draw.chance("outsourced-registered", 85), YEAR)
    yield _money("taxable-income-before-deduction", _amount(firm, "net-profit", YEAR) or Decimal(0))
    high_tech = any(one.kind == "high-tech-enterprise" for one in _held().get(firm.name, ()))
    yield _fact("income-tax-rate", "15" if high_tech else "25", "%")
    yield _money("transfer-profit", draw.whole("transfer", 20, 700), firm, 6)
    yield _money("transfer-and-development-income", draw.whole("development", 30, 900), firm, 10)
    yield _money("related-consulting-income", 0)


def _conduct(firm: Firm) -> Iterator[Statement]:
    """The clerk's firm is as most firms are."""
    draw = firm.draw
    percents = {
        "voucher-provider-related": 4, "bought-from-own-group": 3, "provincial-rd-body": 7,
        "leading-standard": 6, "runs-education": 12, "loan-use-fits": 95, "voucher-provider-listed": 90,
        "technology-contracts-registered": 85,
    }  # fmt: skip
    never = (
        "national-award", "public-research-body", "non-profit-body", "chip-or-machine-tool-maker",
        "transfer-by-open-licence", "transfer-to-own-group", "startup-team",
    )  # fmt: skip
    for key, percent in percents.items():
        yield _said(key, percent > 50 if firm == LEAD else draw.chance(key, percent))
    for key in never:
        yield _said(key, False)


@cache
def _held() -> dict[str, list[Honour]]:
    """What each firm holds on the day of the demonstration."""
    found: dict[str, list[Honour]] = {}
    for one in honours():
        if one.revoked_on is None and (one.valid_until or dt.date.max) >= TODAY:
            found.setdefault(one.holder, []).append(one)
    return found


def _amount(firm: Firm, key: str, year: int) -> Decimal | None:
    """A figure as the firm states it, None where it left it out."""
    return next(
        (Decimal(line.value) for line in statements(firm) if (line.key, line.year) == (key, year)), None
    )


def _fact(key: str, value: str, unit: str = "") -> Statement:
    return Statement(key, YEAR, value, unit)


def _said(key: str, yes: bool, year: int = YEAR) -> Statement:
    return Statement(key, year, "是" if yes else "否", "")


def _money(key: str, wan: Decimal | int, firm: Firm | None = None, percent: int = 100) -> Statement:
    """So many 万元; with a firm, in so many of a hundred firms and in the clerk's, and nothing in the others."""
    has = firm in (None, LEAD) or (firm is not None and firm.draw.chance(f"has/{key}", percent))
    return Statement(
        key, YEAR, f"{wan if has else 0:f}" if isinstance(wan, Decimal) else str(wan * has), "万元"
    )
