"""The people of the district: those that `people.yaml` names, and as many more as the places and topics call for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from huanchuang.web.demo.district.codes import REGION
from huanchuang.web.demo.district.draw import Draw
from huanchuang.web.demo.district.enterprises import LEAD
from huanchuang.web.demo.district.knowledge import Item, Topic, established, items, topics
from huanchuang.web.demo.district.source import SOURCE, read

ALL = 160
LEVELS = ("senior", "middle", "middle", "junior")
SCHOOL_POSTS = {
    "senior": ("教授", "研究员"),
    "associate": ("副教授", "副研究员"),
    "middle": ("讲师", "工程师"),
}
COLLEGE = "云澜理工"


@dataclass(frozen=True)
class Human:
    """One person; `unit` is a short name, `topic` the topic they stand for, `account` their user name."""

    number: int
    name: str
    unit: str
    post: str
    roles: tuple[str, ...]
    title: str = ""
    degree: str = ""
    field: str = ""
    directions: tuple[str, ...] = ()
    level: str = ""
    topic: str = ""
    account: str = ""

    @property
    def draw(self) -> Draw:
        """The draws of this person."""
        return Draw(f"person/{self.number}")

    def row(self, unit: Any) -> dict[str, Any]:
        """As the registry takes it, with the unit found."""
        return {
            "name": self.name, "unit": unit, "post": self.post, "roles": list(self.roles), "title": self.title,
            "degree": self.degree, "field": self.field, "directions": list(self.directions), "level": self.level,
            "certificate": f"QCJJ2024-{self.number:04d}" if self.level else "", "region": REGION,
            "expertise": self._expertise(), "phone": f"1380000{4000 + self.number:04d}",
            "email": f"r{self.number:03d}@qingcen.example", "source": SOURCE,
        }  # fmt: skip

    def _expertise(self) -> str:
        if not self.directions or "clerk" in self.roles:
            return ""
        first, rest = self.directions[0], "、".join(self.directions[1:3])
        if self.level:
            return f"办理过{self.draw.whole('done', 3, 26)}项技术合同，熟悉{first}{'和' + rest if rest else ''}。"
        done = self.draw.whole("projects", 2, 14)
        return (
            f"长期从事{first}{'、' + rest if rest else ''}方面的工作，承担企业委托课题{done}项，可到厂指导。"
        )


@cache
def people() -> tuple[Human, ...]:
    """All people in a fixed order; names are not drawn twice."""
    named = [_named(number, entry) for number, entry in enumerate(read("people.yaml")["named"])]
    names = _names({human.name for human in named})
    counted = [*_managers(), *_staff("officials", "official"), *_staff("clerks", "clerk"), *_experts()]
    taken = {human.topic for human in named}
    counted += [_researcher(topic) for topic in topics() if topic.school and topic.id not in taken]
    counted += list(_of_firms())[: ALL - len(named) - len(counted)]
    return (*named, *(_human(len(named) + place, next(names), row) for place, row in enumerate(counted)))


def _named(number: int, entry: dict[str, Any]) -> Human:
    return _human(number, entry["name"], entry)


def _human(number: int, name: str, row: dict[str, Any]) -> Human:
    lists = {"roles": tuple(row["roles"]), "directions": tuple(row.get("directions", ()))}
    return Human(**{**row, **lists, "number": number, "name": name})


def _names(taken: set[str]) -> Iterator[str]:
    """Names in an order that looks like none; each once."""
    surnames, given, number = read("people.yaml")["surnames"], read("people.yaml")["given"], 0
    while True:
        draw = Draw(f"name/{number}")
        name = draw.pick("surname", surnames) + draw.pick("given", given)
        number += 1
        if name not in taken:
            taken.add(name)
            yield name


def _managers() -> Iterator[dict[str, Any]]:
    number = 0
    fields = ("4.3", "4.5", "8.3", "8.7", "2.1", "1.6", "2.7")
    names = ("高分子材料", "精细化工", "智能装备", "汽车部件", "生物医药", "电子信息", "现代农业")
    for unit, count in read("people.yaml")["managers"].items():
        for _ in range(count):
            level = LEVELS[number % len(LEVELS)]
            yield {
                "unit": unit, "post": "技术经理人", "roles": ("technology-manager",), "field": fields[number % 7],
                "level": level, "degree": "bachelor", "directions": (f"{names[number % 7]}成果转化", "技术合同登记"),
            }  # fmt: skip
            number += 1


def _staff(group: str, role: str) -> Iterator[dict[str, Any]]:
    for unit, post in read("people.yaml")[group]:
        yield {"unit": unit, "post": post, "roles": (role,)}


def _experts() -> Iterator[dict[str, Any]]:
    for unit, post, knows in read("people.yaml")["experts"]:
        yield {
            "unit": unit, "post": post, "roles": ("expert",), "field": knows, "title": "senior", "degree": "master",
            "directions": ("项目评审", post),
        }  # fmt: skip


def _researcher(topic: Topic) -> dict[str, Any]:
    draw = Draw(f"researcher/{topic.id}")
    title = draw.pick("title", ("senior", "senior", "associate", "associate", "middle"))
    posts = SCHOOL_POSTS[title]
    return {
        "unit": topic.school, "post": posts[topic.school != COLLEGE], "roles": ("researcher",), "title": title,
        "degree": "master" if topic.school == "青岑职院" else "doctor", "field": topic.field,
        "directions": topic.words[:3], "topic": topic.id,
    }  # fmt: skip


def _of_firms() -> Iterator[dict[str, Any]]:
    """Somebody of each firm that has an achievement (two of the clerk's), then founders of others."""
    seats: dict[str, int] = {}
    for item in items():
        most = 2 if item.at == LEAD.short else 1
        if not _is_firm(item) or seats.get(item.at, 0) >= most:
            continue
        seats[item.at] = seats.get(item.at, 0) + 1
        founder = item.draw.chance("founder", 45) and item.at != LEAD.short
        yield _of_firm(item.at, founder, item.topic, item.draw)
    for topic in topics():
        for firm in established(topic.trade)[:8] if topic.trade != "区外" else ():
            if firm.short not in seats:
                seats[firm.short] = 1
                yield _of_firm(firm.short, True, topic, firm.draw)


def _of_firm(unit: str, founder: bool, topic: Topic, draw: Draw) -> dict[str, Any]:
    return {
        "unit": unit, "post": "创始人、总经理" if founder else "总工程师",
        "roles": ("entrepreneur", "engineer") if founder else ("engineer",), "title": "associate",
        "degree": draw.pick("degree", ("doctor", "master", "master", "bachelor")),
        "field": topic.field, "directions": topic.words[:3],
    }  # fmt: skip


def _is_firm(item: Item) -> bool:
    return item.topic.at[int(item.key.rpartition("/")[2]) - 1] in "FL"
