"""How the entries of the district hang together, as data: type, one end, the other, since when, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huanchuang.registry.services import Tie
from huanchuang.web.demo.district.draw import Draw
from huanchuang.web.demo.district.enterprises import LEAD, TODAY, Firm, firms
from huanchuang.web.demo.district.knowledge import Item
from huanchuang.web.demo.district.persons import Human
from huanchuang.web.demo.district.results import DAY, Right, achieved, rights
from huanchuang.web.demo.district.source import read
from huanchuang.web.demo.district.wants import instruments, wants

SCHOOL = "云澜理工"
PARENTS = (
    (SCHOOL, "理工孵化器"), (SCHOOL, "理工科技园"), (SCHOOL, "理工转移中心"), ("区科技局", "合同登记站"),
    ("区科技局", "检验检测中心"), ("青岑高新区管委会", "新材料产业园"), ("青岑高新区管委会", "化工园"),
    ("青岑高新区管委会", "青岑加速器"), ("青岑引导基金", "生态圈种子基金"), ("区财政局", "青岑担保"),
)  # fmt: skip
PARTNERS = (
    (SCHOOL, "新材料研究院"), (SCHOOL, "智能装备研究院"), (SCHOOL, "精化所"), ("青岑职院", "工匠培训中心"),
    ("岑桥转移", SCHOOL), ("青岑农商行", "青岑担保"), ("科创银行青岑支行", "青岑引导基金"), (SCHOOL, LEAD.short),
)  # fmt: skip
SECONDED = (("秦怀瑾", "新材料研究院"), ("王建国", SCHOOL), ("郑重言", "化工园"), ("周以宁", "理工转移中心"))
HOMES = {
    "startup": ("岑创空间", "理工孵化器", "理工孵化器", "理工科技园"),
    "growth": ("青岑加速器", "理工科技园"),
}
PARKS = {"新材料": "新材料产业园", "精细化工": "化工园"}


@dataclass(frozen=True)
class Register:
    """What was registered, by the keys of the district's own data."""

    organisations: Mapping[str, Any]
    people: Sequence[tuple[Human, Any]]
    achievements: Mapping[str, tuple[Item, Any]]
    patents: Mapping[str, Any]
    needs: Mapping[str, Any]
    instruments: Mapping[str, Any]
    documents: Mapping[str, Any]

    def of_unit(self, unit: str, role: str = "") -> list[tuple[Human, Any]]:
        """The people of a unit, those of a role if one is said."""
        return [(h, p) for h, p in self.people if h.unit == unit and (not role or role in h.roles)]


def ties(register: Register) -> Iterator[Tie]:
    """Every relation of the district."""
    yield from _inventors(register)
    yield from _co_owners(register)
    yield from _tenants(register)
    yield from _houses(register)
    yield from _contacts(register)
    yield from _founders(register)
    yield from _users(register)
    yield from _papers(register)


def team(register: Register, item: Item) -> list[Any]:
    """Who made an achievement: who stands for its topic, then people of the same unit, those of its field first."""
    return _team(register, item.at, item.topic.id, item.topic.field, item.draw)


def _team(register: Register, at: str, topic: str, field: str, draw: Draw) -> list[Any]:
    able = [(h, p) for h, p in register.of_unit(at) if {"researcher", "engineer"} & set(h.roles)]
    able.sort(
        key=lambda one: (
            one[0].topic != topic,
            one[0].field != field,
            one[0].field[:1] != field[:1],
            one[0].number,
        )
    )
    return [person for _human, person in able[: draw.whole("team", 1, 3)]]


def _inventors(register: Register) -> Iterator[Tie]:
    for item, achievement in register.achievements.values():
        for place, person in enumerate(team(register, item), start=1):
            yield Tie("inventor-of", person, achievement, order=place)
    for right in rights():
        for place, person in enumerate(_makers(register, right), start=1):
            yield Tie("inventor-of", person, register.patents[right.title], order=place)


def _makers(register: Register, right: Right) -> list[Any]:
    topic = right.item.topic if right.item else None
    return _team(register, right.at, topic.id if topic else "", topic.field if topic else "", right.draw)


def _co_owners(register: Register) -> Iterator[Tie]:
    for right in rights():
        school = right.item.topic.school if right.item else None
        if school and school != right.at and right.draw.chance("shared", 40):
            yield Tie(
                "holds",
                register.organisations[school],
                register.patents[right.title],
                note="合作研发，共同申请",
            )


def _tenants(register: Register) -> Iterator[Tie]:
    for firm in firms():
        home = _home(firm)
        if home:
            since = min(firm.founded_on + DAY * firm.draw.whole("moved", 10, 400), TODAY - DAY * 5)
            yield Tie(
                "tenant-of", register.organisations[firm.short], register.organisations[home], since=since
            )


def _home(firm: Firm) -> str:
    if firm.stage == "mature" or not firm.draw.chance("tenant", 62):
        return PARKS.get(firm.trade, "") if firm.draw.chance("park", 35) else ""
    return firm.draw.pick("home", HOMES[firm.stage])


def _houses(register: Register) -> Iterator[Tie]:
    units = register.organisations
    for above, below in PARENTS:
        yield Tie("parent-of", units[above], units[below])
    for one, other in PARTNERS:
        yield Tie("partner-of", units[one], units[other], since=dt.date(2024, 3, 1))
    for want in wants():
        if want.kind == "technology" and Draw(f"partner/{want.words['title']}").chance("school", 40):
            yield Tie(
                "partner-of",
                units[SCHOOL],
                units[want.firm.short],
                since=dt.date(2025, 9, 1),
                note="产学研合作协议",
            )
    for name, unit in SECONDED:
        person = next(person for human, person in register.people if human.name == name)
        yield Tie("member-of", person, units[unit], since=dt.date(2024, 9, 1), note="兼职")


def _contacts(register: Register) -> Iterator[Tie]:
    for instrument in instruments():
        clerks = register.of_unit(instrument.at, "clerk") or register.of_unit(instrument.at)
        if clerks:
            yield Tie("contact-of", clerks[0][1], register.instruments[instrument.asset_no])
    clerk = register.of_unit(LEAD.short, "clerk")[0][1]
    for title, need in register.needs.items():
        if need.owner_id == register.organisations[LEAD.short].pk:
            yield Tie("contact-of", clerk, need, note=title[:40])


def _founders(register: Register) -> Iterator[Tie]:
    founded = {firm.short: firm.founded_on for firm in firms()}
    for human, person in register.people:
        if "entrepreneur" in human.roles:
            yield Tie("founded", person, register.organisations[human.unit], since=founded[human.unit])


def _users(register: Register) -> Iterator[Tie]:
    for instrument in instruments():
        firm = instrument.draw.pick("user", firms()[:60])
        if instrument.words["open"] == "o" and instrument.draw.chance("used", 55):
            yield Tie(
                "uses",
                register.organisations[firm.short],
                register.instruments[instrument.asset_no],
                since=dt.date(2025, 3, 1),
            )
    for item, achievement in register.achievements.values():
        if achieved(item) == "transferred" and item.at == SCHOOL:
            firm = item.draw.pick("user", [f for f in firms() if f.trade == item.topic.trade])
            yield Tie(
                "uses",
                register.organisations[firm.short],
                achievement,
                since=dt.date(2025, 11, 1),
                note="技术许可",
            )


def _papers(register: Register) -> Iterator[Tie]:
    for words in read("offers.yaml")["documents"]:
        for about in words["about"]:
            yield Tie("about", register.documents[words["number"]], register.organisations[about])
