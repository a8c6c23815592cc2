"""Three years of figures of a firm, so that conditions of policies are met, missed narrowly, or cannot be judged.

The boundary cases stand on the high-tech conditions of 国科发火〔2016〕32号 第十一条: R&D of the last three years at least
5 % / 4 % / 3 % of sales (sales of the last year up to 50 million / up to 200 million / above), at least 60 % of it inside
China, technicians at least 10 % of staff, high-tech revenue at least 60 %, and a score above 70 (70 itself fails).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from huanchuang.engines.kernel import Money
from huanchuang.web.demo.district.enterprises import Firm

YEARS = (2023, 2024, 2025)
WAN = 1_000_000
"""Fen in 万元."""
LEAD_SALES = 8600 * WAN
BANDS = ((5000 * WAN, 5), (20_000 * WAN, 4))
LOWEST_PERCENT = 3
SIZES = ((15, 20, 480), (40, 500, 4800), (30, 5000, 19_000), (15, 20_000, 90_000))
"""Percent of firms, and their sales of 2025 in 万元 from, to (before the industry's scale)."""


@dataclass(frozen=True)
class Statement:
    """One figure as a firm states it."""

    key: str
    year: int
    value: str
    unit: str


@dataclass(frozen=True)
class Year:
    """A firm's year; money in fen."""

    year: int
    staff: int
    tech: int
    rd_staff: int
    sales: int
    total: int
    costs: int
    assets: int
    net: int
    rd: int
    domestic: int
    high_tech: int
    tax: int


def threshold_percent(sales: int) -> int:
    """The R&D percentage asked of a firm with these sales (fen) in the last year; upper bounds are included."""
    return next((percent for bound, percent in BANDS if sales <= bound), LOWEST_PERCENT)


def statements(firm: Firm) -> list[Statement]:
    """Everything a firm states, in a fixed order; gaps are left out, never zero."""
    stated = [line for year in _years(firm) for line in _of_year(year)] + _timeless(firm)
    return [line for line in stated if not _left_out(firm, line)]


def _years(firm: Firm) -> list[Year]:
    years = [year for year in YEARS if year >= firm.founded_on.year]
    latest = _sales_of_2025(firm)
    plain = [_plain(firm, year, latest) for year in years]
    return plain if firm.case == "plain" else [_on_the_line(firm, year, latest) for year in plain]


def _sales_of_2025(firm: Firm) -> int:
    """In whole 万元, so that every percentage of it is exact in fen."""
    draw = firm.draw
    if firm.number == 0:
        return LEAD_SALES
    if firm.case == "exact" and firm.number in (3, 23):
        return (5000 if firm.number == 3 else 20_000) * WAN
    share = draw.whole("size", 1, 100)
    for percent, low, high in SIZES:
        if share <= percent:
            return max(draw.whole("sales", low, high) * firm.scale // 100, 10) * WAN
        share -= percent
    raise AssertionError("the shares of SIZES add up to a hundred")


def _plain(firm: Firm, year: int, latest: int) -> Year:
    draw = firm.draw
    shrink = 100 - (2025 - year) * draw.whole("growth", -6, 24)
    sales = latest // WAN * shrink // 100 * WAN
    staff = max(sales // WAN // draw.whole("sales-a-head", 28, 95), 3)
    total = sales * draw.whole(f"total/{year}", 100, 104) // 100
    rd = sales * draw.whole(f"rd/{year}", 8, 110) // 1000
    return Year(
        year=year,
        staff=staff,
        tech=staff * draw.whole(f"tech/{year}", 4, 38) // 100,
        rd_staff=staff * draw.whole(f"rd-staff/{year}", 2, 20) // 100,
        sales=sales,
        total=_booked(total),
        costs=_booked(total * draw.whole(f"costs/{year}", 78, 106) // 100),
        assets=_booked(sales * draw.whole("assets", 60, 190) // 100),
        net=_booked(sales * draw.whole(f"net/{year}", 20, 55) // 100),
        rd=_booked(rd),
        domestic=_booked(rd * draw.whole(f"domestic/{year}", 52, 100) // 100),
        high_tech=_booked(total * draw.whole(f"high-tech/{year}", 30, 96) // 100),
        tax=_booked(sales * draw.whole(f"tax/{year}", 15, 70) // 1000),
    )


def _booked(fen: int) -> int:
    """As firms report: 万元 with two places."""
    return fen // 10_000 * 10_000


def _on_the_line(firm: Firm, year: Year, latest: int) -> Year:
    """Every condition met exactly; then the one step that the case takes off."""
    tens = max(year.staff // 10, 1)
    tech = tens - (firm.case == "one-person-short" and year.year == YEARS[-1])
    rd = year.sales * threshold_percent(latest) // 100
    rd -= firm.case == "one-fen-short" and year.year == YEARS[-1]
    total = year.sales
    return replace(
        year, staff=tens * 10, tech=tech, rd_staff=tens, total=total, rd=rd,
        domestic=-(-rd * 60 // 100), high_tech=total * 60 // 100, costs=total * 92 // 100,
    )  # fmt: skip


def _of_year(year: Year) -> Iterable[Statement]:
    for key, people in (("staff", year.staff), ("tech-staff", year.tech), ("rd-staff", year.rd_staff)):
        yield Statement(key, year.year, str(people), "人")
    profit = year.total - year.costs
    amounts = {
        "sales-revenue": year.sales,
        "total-revenue": year.total,
        "costs-and-expenses": year.costs,
        "total-assets": year.assets,
        "net-assets": year.net,
        "rd-expense": year.rd,
        "domestic-rd-expense": year.domestic,
        "high-tech-revenue": year.high_tech,
        "net-profit": _booked(profit * 85 // 100) if profit > 0 else profit,
        "tax-paid": year.tax,
    }
    for key, fen in amounts.items():
        yield Statement(key, year.year, f"{Money(fen).in_unit('万元'):f}", "万元")
    yield Statement("above-scale", year.year, "是" if year.sales >= 2000 * WAN else "否", "")
    yield Statement("major-accident", year.year, "否", "")


def _timeless(firm: Firm) -> list[Statement]:
    draw, last = firm.draw, YEARS[-1]
    edge = firm.case != "plain"
    score = {"one-point-short": 70, "plain": draw.whole("score", 38, 95)}.get(firm.case, 71)
    return [
        Statement("registered-on", last, firm.founded_on.isoformat(), ""),
        Statement(
            "registered-capital",
            last,
            str(draw.pick("capital", (50, 100, 200, 500, 1000, 2000, 5000))),
            "万元",
        ),
        Statement("class-one-ip", last, str(draw.whole("class-one", edge, 6)), "件"),
        Statement("class-two-ip", last, str(draw.whole("class-two", 0, 14)), "件"),
        Statement("yearly-conversions", last, str(draw.whole("conversions", edge, 6)), "项"),
        Statement("innovation-score", last, str(score), "分"),
        Statement("field-fits", last, "是" if edge or draw.chance("field", 80) else "否", ""),
        Statement("ip-supports-product", last, "是" if edge or draw.chance("ip", 75) else "否", ""),
        Statement("resident-enterprise", last, "是", ""),
        Statement(
            "serious-dishonesty",
            last,
            "否" if edge or not firm.number or draw.chance("honest", 97) else "是",
            "",
        ),
        Statement(
            "banned-products",
            last,
            "否" if edge or not firm.number or draw.chance("allowed", 98) else "是",
            "",
        ),
    ]


GAPS: tuple[frozenset[tuple[str, int | None]], ...] = (
    frozenset({("tech-staff", 2025)}),
    frozenset({("rd-expense", 2024), ("domestic-rd-expense", 2024)}),
    frozenset({("domestic-rd-expense", None)}),
    frozenset({("high-tech-revenue", 2025), ("total-revenue", 2025)}),
    frozenset({("innovation-score", None), ("yearly-conversions", None)}),
    frozenset({("staff", 2025), ("tech-staff", 2025), ("sales-revenue", 2025)}),
)
"""What a firm of the case “gap” left out: key and year, None for every year."""


def _left_out(firm: Firm, line: Statement) -> bool:
    if firm.case != "gap":
        return False
    gap = firm.draw.pick("gap", GAPS)
    return (line.key, line.year) in gap or (line.key, None) in gap
