"""A firm with three years of figures on the day of the tests, and the people around it."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import SourceKind
from huanchuang.facts.services import record_fact
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import join, register_organisation

HTE, SME = "national.high-tech-enterprise", "national.technology-sme"
TIMELESS = {
    "field-fits": "是", "ip-supports-product": "是", "innovation-score": "71", "resident-enterprise": "是",
    "class-one-ip": "1", "class-two-ip": "0", "yearly-conversions": "5",
}  # fmt: skip


def note(firm: Organisation, key: str, year: str, value: str, unit: str = "") -> None:
    record_fact(
        SYSTEM, firm.subject, key, Period.parse(year), value, unit=unit, source_kind=SourceKind.IMPORT
    )


@pytest.fixture
def firm(db) -> Organisation:
    """Meets every condition of a high-tech enterprise, the R&D share to the fen."""
    one = register_organisation(
        SYSTEM, name="云澜岑科新材料有限公司", kind="company", region="990101", industry="2651", founded_on=dt.date(2015, 3, 2),
    )  # fmt: skip
    for year in ("2023", "2024", "2025"):
        note(one, "sales-revenue", year, "8000", "万元")
        note(one, "total-revenue", year, "8000", "万元")
        note(one, "high-tech-revenue", year, "4800", "万元")
        note(one, "rd-expense", year, "320", "万元")
        note(one, "domestic-rd-expense", year, "320", "万元")
        note(one, "costs-and-expenses", year, "7000", "万元")
        note(one, "total-assets", year, "9000", "万元")
        note(one, "net-assets", year, "4000", "万元")
        note(one, "staff", year, "90", "人")
        note(one, "tech-staff", year, "9", "人")
        note(one, "major-accident", year, "否")
    for key, value in TIMELESS.items():
        note(
            one,
            key,
            "2025",
            value,
            {
                "innovation-score": "分",
                "class-one-ip": "件",
                "class-two-ip": "件",
                "yearly-conversions": "项",
            }.get(key, ""),
        )
    return one


@pytest.fixture
def own(cast, firm):
    """The clerk belongs to the firm."""
    join(SYSTEM, cast.clerk, firm, since=dt.date(2020, 1, 1))
    return cast
