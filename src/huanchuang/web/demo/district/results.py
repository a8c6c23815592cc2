"""Achievements and patents of the district, each as the registry takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from huanchuang.engines.kernel import Money
from huanchuang.engines.kernel.identifiers.patent import check_character
from huanchuang.registry.queries.lives import later
from huanchuang.web.demo.district.draw import Draw
from huanchuang.web.demo.district.enterprises import LEAD, TODAY
from huanchuang.web.demo.district.knowledge import FOLLOWED, Item, makers, topics
from huanchuang.web.demo.district.source import read

DAY = dt.timedelta(days=1)
WAN = 1_000_000
STAGES = {4: "laboratory", 6: "pilot", 8: "small-batch", 9: "mature"}
"""Highest maturity → stage."""
LEVELS = (
    "domestic-leading",
    "domestic-leading",
    "domestic-advanced",
    "international-advanced",
    "not-evaluated",
)
WAYS = (
    ["licence", "joint"],
    ["assignment"],
    ["licence"],
    ["equity", "joint"],
    ["joint"],
    ["assignment", "licence"],
)
SHEET = "科技成果登记表"
PILOTS = {
    "material": "公斤级中试", "process": "百公斤级中试", "product": "工程样品试制", "equipment": "工程样机试验",
    "technology": "中试线验证", "software": "两家单位试点", "variety": "区域试验",
}  # fmt: skip
"""Form → what has been done with it when it is half way."""
FEES = {
    "invention": ((3, 900), (6, 1200), (9, 2000), (12, 4000), (15, 6000), (20, 8000)),
    "utility-model": ((3, 600), (5, 900), (8, 1200), (10, 2000)),
    "design": ((3, 600), (5, 900), (8, 1200), (15, 2000)),
}
"""Yearly fee in yuan up to which year, as the patent office has published it."""
SIGNS = {"实": "utility-model", "软": "software", "种": "plant-variety", "外": "design"}
DIGIT = {"invention": "1", "utility-model": "2", "design": "3"}
EXAMINED = {"invention": (560, 1150), "utility-model": (150, 290), "design": (110, 210)}
"""Days from application to grant, from, to."""
GRACE = 180
"""Days after its term in which a yearly fee can still be paid."""


def maturity(item: Item) -> int:
    """How mature the achievement is, 3 to 9; a confidential one at most 5."""
    return item.draw.whole("trl", 3, 5 if item.is_confidential else 9)


def achievement_row(item: Item, owner: Any) -> dict[str, Any]:
    """An achievement as the registry takes it, with its owner found."""
    draw, topic, level = item.draw, item.topic, maturity(item)
    price = draw.whole("price", 4, 160) * 5
    return {
        "title": item.title,
        "owner": owner,
        "field": topic.field,
        "keywords": [*topic.words, item.use.split("和")[0].split("、")[0]],
        "summary": f"{item.does}。主要用于{item.use}。{_proved(item, level)}",
        "solves": item.problem,
        "better_than": item.better,
        "parameters": list(item.parameters),
        "form": item.form,
        "stage": next(stage for most, stage in STAGES.items() if level <= most),
        "level": draw.pick("level", LEVELS),
        "state": "disclosed" if item.key in FOLLOWED else achieved(item),
        "transfer_ways": draw.pick("ways", WAYS),
        "price": None if draw.chance("negotiable", 45) else Money(price * WAN),
        "completed_on": completed(item),
        "region": owner.region,
        "is_confidential": item.is_confidential,
        "source": SHEET,
        "confirmed_on": TODAY - DAY * draw.whole("confirmed", 10, 400),
        "confirmed_by": "科研管理部门",
    }


def _proved(item: Item, level: int) -> str:
    if level <= 4:
        return "已完成实验室验证，正在寻找中试合作方。"
    if level <= 6:
        return f"已完成{PILOTS[item.form]}，数据可现场核验。"
    return f"已在{item.draw.whole('users', 1, 6)}家企业应用。"


def achieved(item: Item) -> str:
    """The state it has come to."""
    if item.is_confidential or maturity(item) <= 3:
        return "disclosed"
    share = item.draw.whole("state", 1, 100)
    return (
        "disclosed"
        if share <= 12
        else "evaluated"
        if share <= 28
        else "listed"
        if share <= 86
        else "transferred"
    )


def completed(item: Item) -> dt.date:
    """When the work on it was done."""
    return dt.date(2021, 3, 1) + DAY * item.draw.whole("completed", 0, 1870)


@dataclass(frozen=True)
class Right:
    """One patent or other right: whose it is (short name), and of which achievement (its key, or none)."""

    title: str
    kind: str
    at: str
    item: Item | None

    @property
    def draw(self) -> Draw:
        """The draws of this right."""
        return Draw(f"patent/{self.title}")


@cache
def rights() -> tuple[Right, ...]:
    """All rights in a fixed order."""
    return (*_of_topics(), *_further())


def _of_topics() -> Iterator[Right]:
    """The patents of a topic go to its achievements in turn; an achievement before filing has none."""
    for topic in topics():
        filed = [item for item in topic.items if not item.is_confidential]
        for place, written in enumerate(topic.patents):
            item = filed[place % len(filed)]
            title, kind = _read(written)
            yield Right(title, kind, item.at, item)


def _further() -> Iterator[Right]:
    for trade, titles in read("topics/patents.yaml").items():
        for written in titles:
            title, kind = _read(written)
            at = LEAD if trade == "lead" else Draw(f"patent/{title}").pick("firm", makers(trade))
            yield Right(title, kind, at.short, None)


def _read(written: str) -> tuple[str, str]:
    sign, bar, title = written.partition("|")
    return (title, SIGNS[sign]) if bar else (written, "invention")


def patent_row(right: Right, owner: Any, achievement: Any) -> dict[str, Any]:
    """A right as the registry takes it, with owner and achievement found."""
    applied = _applied(right)
    granted = _granted(right, applied)
    state = _standing(right, applied, granted)
    topic = right.item.topic if right.item else None
    return {
        "title": right.title,
        "kind": right.kind,
        "number": _number(right, applied),
        "owner": owner,
        "achievement": achievement,
        "ipc": list(topic.ipc) if topic and right.kind in ("invention", "utility-model") else [],
        "summary": _summary(right),
        "state": state,
        "applied_on": applied,
        "granted_on": granted if state in ("granted", "lapsed", "transferred") else None,
        "expires_on": _expires(right, applied),
        **_fee(right, applied, state),
        "source": "专利台账（演示）",
    }


def _summary(right: Right) -> str:
    if right.item is None or right.kind not in ("invention", "utility-model"):
        return ""
    words = "、".join(right.item.topic.words[:3])
    return f"涉及{words}领域，用于解决如下问题：{right.item.problem}"


def _applied(right: Right) -> dt.date:
    newest = 60 if right.kind in DIGIT else 200
    return TODAY - DAY * right.draw.whole("applied", newest, 3900 if right.kind == "invention" else 2600)


def _granted(right: Right, applied: dt.date) -> dt.date | None:
    if right.kind not in EXAMINED:
        return applied
    day = applied + DAY * right.draw.whole("examined", *EXAMINED[right.kind])
    return day if day <= TODAY else None


def _standing(right: Right, applied: dt.date, granted: dt.date | None) -> str:
    share = right.draw.whole("state", 1, 100)
    if granted is None:
        return "pending"
    if right.kind not in DIGIT:
        return "granted"
    if right.kind == "invention" and share <= 10:
        return "rejected" if share <= 6 else "withdrawn"
    return "lapsed" if 10 < share <= 18 else "transferred" if share > 97 else "granted"


def _number(right: Right, applied: dt.date) -> str:
    serial = f"{right.draw.whole('serial', 100_000, 1_899_999):07d}"
    if right.kind == "software":
        return f"{applied.year}SR{serial}"
    if right.kind == "plant-variety":
        return f"CNA{applied.year}{serial[1:]}"
    digits = f"{applied.year}{DIGIT[right.kind]}{serial}"
    return f"{digits}.{check_character(digits)}"


def _expires(right: Right, applied: dt.date) -> dt.date | None:
    years = {"invention": 20, "utility-model": 10, "design": 15 if applied >= dt.date(2021, 6, 1) else 10}
    return later(applied, years[right.kind]) if right.kind in years else None


def _fee(right: Right, applied: dt.date, state: str) -> dict[str, Any]:
    """The yearly fee falls on the anniversary of the application; a few were let slip and can still be paid."""
    if state not in ("granted", "transferred") or right.kind not in FEES:
        return {}
    year = TODAY.year - applied.year
    due = later(applied, year)
    slipped = due < TODAY and (TODAY - due).days <= GRACE and right.draw.chance("slipped", 14)
    if due < TODAY and not slipped:
        year += 1
        due = later(applied, year)
    amount = next((yuan for last, yuan in FEES[right.kind] if year + 1 <= last), None)
    return {} if amount is None else {"fee_due_on": due, "fee_amount": Money(amount * 100)}
