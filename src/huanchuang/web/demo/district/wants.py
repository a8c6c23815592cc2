"""What firms look for, instruments to share, and what the ecosystem offers, each as the registry takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from huanchuang.engines.kernel import Money, Period
from huanchuang.facts.models import SourceKind
from huanchuang.facts.services import FactGiven
from huanchuang.web.demo.district.draw import Draw
from huanchuang.web.demo.district.enterprises import LEAD, TODAY, Firm, firms
from huanchuang.web.demo.district.knowledge import PLACES
from huanchuang.web.demo.district.results import DAY, WAN
from huanchuang.web.demo.district.source import read

NEED_SHEET = "企业需求征集表（2026年）"
HOURS_REPORT = "大型科研仪器开放共享年报（演示）"
CATALOGUE = "生态圈服务目录（2026年）"
YEARS = (2023, 2024, 2025)
SHARING = {"o": "open", "i": "inside", "c": "closed"}


@dataclass(frozen=True)
class Want:
    """One need: its kind, its owner, and the key of the achievement that answers it, if any is known."""

    kind: str
    firm: Firm
    words: dict[str, Any]

    @property
    def answer(self) -> str:
        """`topic/number` of an achievement, or nothing."""
        return str(self.words.get("answer", ""))

    def row(self, owner: Any) -> dict[str, Any]:
        """As the registry takes it, with the owner found."""
        words, marks, draw = self.words, self.words.get("marks", ""), Draw(f"need/{self.words['title']}")
        lasts, waited = draw.whole("lasts", 40, 420), draw.whole("confirmed", 3, 160)
        return {
            "title": words["title"],
            "kind": self.kind,
            "owner": owner,
            "is_anonymous": "a" in marks,
            "field": words.get("field", ""),
            "region": owner.region,
            "source": NEED_SHEET,
            "valid_until": TODAY - DAY * (lasts // 4 + 8) if "e" in marks else TODAY + DAY * lasts,
            "confirmed_on": TODAY - DAY * (waited + 200 if "s" in marks else waited),
            "confirmed_by": owner.contact_name or "企业联系人",
            **_of_kind(self.kind, words),
        }


def _of_kind(kind: str, words: dict[str, Any]) -> dict[str, Any]:
    budget = Money(words["budget"] * WAN) if "budget" in words else None
    if kind == "technology":
        detail = f"{words['present']}希望解决：{words['difficulty']}"
        return {
            "detail": detail, "difficulty": words["difficulty"], "present": words["present"],
            "parameters": words["parameters"], "cooperation": words["ways"], "budget": budget,
        }  # fmt: skip
    if kind == "finance":
        return {
            "amount": Money(words["amount"] * WAN), "term_months": words["months"] or None,
            "purpose": words["purpose"], "collateral": words["collateral"], "detail": words["purpose"] + "。",
        }  # fmt: skip
    if kind == "talent":
        return {
            "headcount": words["headcount"], "degree": words["degree"], "detail": words["detail"],
            "cooperation": ["talent"],
        }  # fmt: skip
    if kind == "testing":
        return {
            "standard": words["standard"], "detail": words["detail"], "parameters": words["parameters"],
            "cooperation": ["service"], "budget": budget,
        }  # fmt: skip
    return {"area": words["area"], "detail": words["detail"]}


@cache
def wants() -> tuple[Want, ...]:
    """All needs; a firm asks for no more than it must."""
    asked: dict[int, int] = {}
    found = []
    for kind, entries in read("needs.yaml").items():
        for words in entries:
            firm = _asking(words, asked)
            asked[firm.number] = asked.get(firm.number, 0) + 1
            found.append(Want(kind, firm, words))
    return tuple(found)


def _asking(words: dict[str, Any], asked: dict[int, int]) -> Firm:
    if words["by"] == "lead":
        return LEAD
    grown = [
        firm
        for firm in firms()
        if firm.trade == words["by"] and firm.founded_on.year <= 2023 and firm != LEAD
    ]
    least = min(asked.get(firm.number, 0) for firm in grown)
    return Draw(f"need/{words['title']}").pick("firm", [f for f in grown if asked.get(f.number, 0) == least])


@dataclass(frozen=True)
class Instrument:
    """One instrument and where it stands (short name)."""

    number: int
    at: str
    words: dict[str, Any]

    @property
    def draw(self) -> Draw:
        """The draws of this instrument."""
        return Draw(f"instrument/{self.number}")

    @property
    def asset_no(self) -> str:
        """What it is registered under."""
        return f"{self.bought_on.year}{self.number:05d}"

    @property
    def bought_on(self) -> dt.date:
        """When it was bought: one to fourteen years ago."""
        return TODAY - DAY * self.draw.whole("bought", 400, 5000)

    def row(self, owner: Any) -> dict[str, Any]:
        """As the registry takes it, with the owner found."""
        words, draw, open_ = self.words, self.draw, self.words["open"]
        return {
            "name": words["name"],
            "asset_no": self.asset_no,
            "owner": owner,
            "category": words["category"],
            "model": words["model"],
            "maker": draw.pick("maker", read("instruments.yaml")["makers"]),
            "original_value": Money(words["value"] * WAN),
            "bought_on": self.bought_on,
            "accepted_on": self.bought_on + DAY * draw.whole("accepted", 30, 200),
            "place": f"{draw.pick('building', ('材料楼', '测试中心', '工程楼', '中试车间', '分析楼'))}{draw.whole('room', 101, 418)}室",
            "region": owner.region,
            "functions": words["functions"],
            "parameters": words["parameters"],
            "sharing": SHARING[open_],
            "hours_open": None if open_ == "c" else draw.whole("open", 8, 18) * 100,
            "fee": words["fee"],
            "source": "仪器资产台账",
            "confirmed_on": TODAY - DAY * draw.whole("confirmed", 10, 390),
        }

    def hours(self, subject: str) -> Iterator[FactGiven]:
        """Effective hours of each full year since it was bought, and those that others used it."""
        for year in YEARS:
            if self.bought_on.year >= year:
                continue
            used = self.draw.whole(f"hours/{year}", 420, 2400)
            shares = {"o": (18, 62), "i": (0, 9), "c": (0, 0)}[self.words["open"]]
            outside = used * self.draw.whole(f"outside/{year}", *shares) // 100
            for key, hours in (("instrument-hours", used), ("instrument-outside-hours", outside)):
                yield FactGiven(
                    subject, key, Period.year(year), str(hours), "小时", SourceKind.REPORT, HOURS_REPORT
                )


@cache
def instruments() -> tuple[Instrument, ...]:
    """All instruments."""
    found: list[Instrument] = []
    for letter, entries in read("instruments.yaml")["at"].items():
        found += [
            Instrument(len(found) + n, PLACES.get(letter, letter), words) for n, words in enumerate(entries)
        ]
    return tuple(found)


def service_rows(organisations: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Services as the registry takes them."""
    for words in read("offers.yaml")["services"]:
        yield {
            "title": words["title"], "owner": organisations[words["at"]], "category": words["category"],
            "field": words.get("field", ""), "content": words["content"], "region": organisations[words["at"]].region,
            "price_from": Money(words["price"] * 100) if words["price"] else None, "fee": words["fee"],
            "takes_vouchers": words["voucher"], "source": CATALOGUE,
        }  # fmt: skip


def finance_rows(organisations: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Finance products as the registry takes them."""
    for words in read("offers.yaml")["finance"]:
        rates: list[str | None] = [str(rate) for rate in words.get("rate", ())] or [None, None]
        yield {
            "title": words["title"], "owner": organisations[words["at"]], "kind": words["kind"],
            "amount_least": Money(words["least"] * WAN), "amount_most": Money(words["most"] * WAN),
            "rate_least": rates[0], "rate_most": rates[1], "term_least": words["months"][0],
            "term_most": words["months"][1], "collateral": words["collateral"], "conditions": words["conditions"],
            "region": organisations[words["at"]].region, "valid_until": words.get("until"), "source": CATALOGUE,
        }  # fmt: skip


def space_rows(organisations: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Spaces as the registry takes them."""
    for words in read("offers.yaml")["spaces"]:
        yield {
            "title": words["title"], "owner": organisations[words["at"]], "kind": words["kind"],
            "address": words["address"], "region": organisations[words["at"]].region, "area_total": words["total"],
            "area_free": words["free"], "rent": Money(words["rent"] * 100) if words["rent"] else None,
            "conditions": words["conditions"], "source": CATALOGUE,
        }  # fmt: skip


def document_rows(organisations: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Papers as the registry takes them."""
    for words in read("offers.yaml")["documents"]:
        yield {
            "title": words["title"], "number": words["number"], "kind": words["kind"],
            "issuer": organisations[words["at"]], "issued_on": words["day"], "valid_from": words["day"],
            "valid_until": words.get("until"), "summary": words["summary"], "source": "政务公开栏",
        }  # fmt: skip
