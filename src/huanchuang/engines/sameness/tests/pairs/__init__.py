"""Reads the labelled pairs into the records that the engine compares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from huanchuang.engines.kernel.identifiers.uscc import check_character
from huanchuang.engines.sameness import Context, OrganisationRecord, PersonRecord, Places

CITIES = {
    "云澜市": ("青岑区", "望屿区", "瑞云县"),
    "松川市": ("北港区", "柳溪县"),
    "鹿鸣市": ("东湖区", "云台区"),
    "雁门岭市": ("石桥区", "栗园县"),
}


def places() -> Places:
    """The invented regions that the names of the pairs speak of."""
    chains = [(city,) for city in CITIES] + [(city, part) for city, parts in CITIES.items() for part in parts]
    return Places(chains, stems=2)


def written(name: str) -> list[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]]:
    """The pairs of one file: label, why, one record, the other."""
    text = (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    return [(label, why, one, other) for label, why, one, other in yaml.safe_load(text)]


def code(number: int) -> str:
    """The number-th of a row of valid credit codes."""
    first = f"91990101MA{number:07}"
    return first + check_character(first)


def organisation(values: Mapping[str, Any]) -> OrganisationRecord:
    """The record that one side of a pair stands for."""
    founded = values.get("founded")
    return OrganisationRecord(
        name=values["name"],
        other_names=tuple(values.get("others", ())),
        code=values.get("raw") or (code(values["code"]) if "code" in values else ""),
        former_codes=tuple(code(number) for number in values.get("former_codes", ())),
        regions=tuple(values.get("region", ())),
        founded_on=dt.date.fromisoformat(str(founded)) if founded else None,
        address=values.get("address", ""),
        phones=frozenset({values["phone"]} if "phone" in values else ()),
    )


def person(values: Mapping[str, Any]) -> PersonRecord:
    """The record that one side of a pair stands for."""
    years = values.get("years")
    return PersonRecord(
        name=values["name"],
        other_names=tuple(values.get("others", ())),
        unit=values.get("unit", ""),
        unit_names=tuple(values.get("unit_others", ())),
        past_units=tuple(values.get("past", ())),
        fields=tuple(values.get("fields", ())),
        coworkers=frozenset(values.get("coworkers", ())),
        phones=frozenset({values["phone"]} if "phone" in values else ()),
        emails=frozenset({values["email"]} if "email" in values else ()),
        ids=frozenset(entry.replace("orcid-", "orcid:") for entry in values.get("ids", ())),
        title=values.get("title", ""),
        titled_in=values.get("title_year"),
        years=(years[0], years[1]) if years else None,
        born=values.get("born"),
    )


def context(one: Mapping[str, Any], other: Mapping[str, Any]) -> Context:
    """How many share the name, where the pair says so."""
    return Context(one.get("namesakes"))
