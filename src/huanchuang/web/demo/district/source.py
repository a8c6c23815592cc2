"""The written part of the district: `bodies.yaml` and `trades.yaml` as typed values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from huanchuang.web.demo.district.codes import REGION, uscc

FOLDER = Path(__file__).resolve().parent
SOURCE = "演示数据"
GROUPS = ("government", "academic", "carrier", "finance", "service", "outside")


@dataclass(frozen=True)
class Body:
    """A named body that is no enterprise; `area` (square metres) and `tenants` for carriers."""

    name: str
    short: str
    aliases: tuple[str, ...]
    kind: str
    code: str
    address: str
    founded_on: dt.date | None
    area: int | None
    tenants: int | None
    region: str = REGION

    def row(self) -> dict[str, Any]:
        """As the registry takes it."""
        return {
            "name": self.name,
            "short_name": self.short,
            "aliases": list(self.aliases),
            "kind": self.kind,
            "uscc": self.code,
            "region": self.region,
            "address": self.address,
            "founded_on": self.founded_on,
            "source": SOURCE,
        }


@dataclass(frozen=True)
class Trade:
    """An industry: how many firms, the words and codes they choose from; `scale` weighs their sales (100 is usual)."""

    name: str
    firms: int
    words: tuple[str, ...]
    short: str
    industries: tuple[str, ...]
    scale: int


@dataclass(frozen=True)
class Post:
    """Where one of the people to sign in as works."""

    username: str
    at: str
    post: str


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml reads twenty times as fast as Python; its answers are the same."""


@cache
def read(name: str) -> dict[str, Any]:
    """A file of the district, by its path below this folder."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, LOADER)  # noqa: S506  (a safe loader, our own files)
    return content


def bodies() -> tuple[Body, ...]:
    """All bodies in the order of the file; their codes are numbered group by group."""
    return tuple(_bodies())


def _bodies() -> Iterator[Body]:
    for group_number, group in enumerate(GROUPS, start=1):
        content = read("bodies.yaml")[group]
        region = content.get("region", REGION)
        for number, entry in enumerate(content["bodies"], start=1):
            category = entry.get("category", content["category"])
            yield Body(
                name=entry["name"],
                short=entry["short"],
                aliases=tuple(entry["aliases"]),
                kind=entry["kind"],
                code=uscc(category, group_number * 10_000 + number * 37, region),
                address=entry.get("address", f"青岑区创新大道{60 + group_number * 20 + number}号"),
                founded_on=entry.get("founded"),
                area=entry.get("area"),
                tenants=entry.get("tenants"),
                region=region,
            )


def trades() -> tuple[Trade, ...]:
    """The seven industries."""
    return tuple(
        Trade(t["name"], t["firms"], tuple(t["words"]), t["short"], tuple(t["industries"]), t["scale"])
        for t in read("trades.yaml")["trades"]
    )


def brand(number: int) -> str:
    """The two signs of the firm with this number; no two firms share them."""
    first, second = read("trades.yaml")["first_signs"], read("trades.yaml")["second_signs"]
    row, column = divmod(number, len(first))
    return str(first[column] + second[(row + column * 5) % len(second)])


def posts() -> tuple[Post, ...]:
    """Where the people to sign in as work."""
    return tuple(
        Post(name, entry["at"], entry["post"]) for name, entry in read("bodies.yaml")["people"].items()
    )
