"""What stands in the register twice under other spellings, so that there is something to find, compare and merge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from huanchuang.web.demo.district.codes import REGION
from huanchuang.web.demo.district.enterprises import TODAY, Firm, firms
from huanchuang.web.demo.district.knowledge import items
from huanchuang.web.demo.district.results import DAY, achievement_row
from huanchuang.web.demo.district.source import read

OLD_LIST = "2019年企业名录（旧表）"
OLD_SHEET = "2024年成果征集表"
YEAR = 2023


def organisation_rows() -> Iterator[tuple[dict[str, Any], str]]:
    """Firms as an old list had them, without their code, and how many people they had then."""
    every = firms()
    for entry in read("dirt.yaml")["organisations"]:
        firm = every[entry["firm"]]
        yield (
            {
                "name": entry.get("name") or _changed(firm, entry), "kind": "company", "region": REGION,
                "industry": firm.industry, "address": firm.row()["address"], "contact_name": firm.row()["contact_name"],
                "contact_phone": firm.row()["contact_phone"], "source": OLD_LIST, "confirmed_on": TODAY - DAY * 900,
                "confirmed_by": "旧系统",
            },
            entry["staff"],
        )  # fmt: skip


def _changed(firm: Firm, entry: Mapping[str, Any]) -> str:
    """The name as somebody wrote it from memory."""
    name = firm.name
    if "drop" in entry:
        name = name.replace(entry["drop"], "", 1)
    if "swap" in entry:
        name = name.replace(entry["swap"][0], entry["swap"][1], 1)
    if "bracket" in entry:
        name = f"{name[2:].replace('有限公司', '')}（{name[:2]}）有限公司"
    return f"云澜市{name}" if "city" in entry else name


def person_rows(units: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """People whom somebody entered again."""
    for number, entry in enumerate(read("dirt.yaml")["people"]):
        yield {
            **entry, "unit": units[entry["unit"]], "phone": f"138000049{number:02d}", "region": REGION,
            "source": "2024年专家库旧表", "confirmed_on": TODAY - DAY * 700,
        }  # fmt: skip


def achievement_rows(units: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Achievements that were handed in again under a title that differs a little, with less about them."""
    by_key = {item.key: item for item in items()}
    for entry in read("dirt.yaml")["achievements"]:
        item = by_key[entry["of"]]
        row = achievement_row(item, units[item.at])
        kept = ("owner", "field", "summary", "form", "region")
        yield {
            **{name: row[name] for name in kept}, "title": entry["title"], "keywords": row["keywords"][:2],
            "source": OLD_SHEET, "confirmed_on": TODAY - DAY * 620,
        }  # fmt: skip
