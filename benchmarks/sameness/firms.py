"""Pairs of records of invented organisations, as lists of an office write them, with the truth known."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.sameness.words import Words

Record = Mapping[str, Any]
Case = tuple[str, str, Record, Record]
FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Firm:
    """One organisation as it truly is."""

    city: str
    district: str
    brand: str
    trade: tuple[str, str, str]
    form: str
    code: int
    phone: str
    street: str
    founded: str
    former: str = ""

    @property
    def name(self) -> str:
        return f"{self.city.removesuffix('市')}{self.brand}{self.trade[0]}{self.form}"


class District:
    """Makes firms and pairs from one set of words and one source of chance."""

    def __init__(self, words: Words, rng: random.Random) -> None:
        self.words = words
        self.rng = rng
        self.count = 1000

    def firm(self) -> Firm:
        rng = self.rng
        self.count += 1
        city = rng.choice(list(self.words.cities))
        brand = "".join(rng.sample(self.words.brand_signs, 2 if rng.random() < 0.85 else 3))
        founded = f"{rng.randint(1994, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        street = f"{rng.choice(self.words.streets)}{rng.randint(1, 180)}号"
        district = rng.choice(self.words.cities[city])
        trade = rng.choice(self.words.trades)
        return Firm(
            city, district, brand, trade, rng.choice(FORMS), self.count, f"g{self.count}", street, founded
        )

    def other(self, firm: Firm, **changed: Any) -> Firm:
        """Another firm that is like this one but for its own code, telephone, street and day, and what is said."""
        fresh = self.firm()
        own = {
            "code": fresh.code,
            "phone": fresh.phone,
            "street": fresh.street,
            "founded": fresh.founded,
            "former": "",
        }
        return replace(firm, **{**own, **changed})

    def entry(self, firm: Firm, *, name: str = "", keep: Mapping[str, float] | None = None) -> dict[str, Any]:
        """What a list says: the name, and each other field with its chance of being filled in."""
        chance = {
            "code": 0.45,
            "phone": 0.5,
            "address": 0.5,
            "founded": 0.3,
            "region": 0.5,
            "others": 0.3,
            **(keep or {}),
        }
        rng = self.rng
        address = rng.choice(
            [
                firm.city + firm.district + firm.street,
                firm.district + firm.street,
                firm.street,
                firm.street + "3楼",
            ]
        )
        values: dict[str, Any] = {
            "code": firm.code,
            "phone": firm.phone,
            "address": address,
            "founded": firm.founded,
            "region": [firm.city, firm.district],
            "others": [firm.former] if firm.former else None,
        }
        filled = {key: value for key, value in values.items() if value and rng.random() < chance[key]}
        return {"name": name or firm.name, **filled}

    def written(self, firm: Firm) -> str:
        """The name in one of the ways people write it."""
        city, stem = firm.city, firm.city.removesuffix("市")
        rest = f"{firm.brand}{firm.trade[0]}"
        form = (
            firm.form
            if firm.form == "股份有限公司"
            else self.rng.choice(["有限公司", "有限责任公司", "有限公司"])
        )
        return self.rng.choice(
            [
                f"{stem}{rest}{form}",
                f"{city}{rest}{form}",
                f"{rest}{form}",
                f"{city}{firm.district}{rest}{form}",
                f"{firm.brand}（{stem}）{firm.trade[0]}{form}",
                f"{rest}（{stem}）{form}",
                f"{stem} {rest}{form}",
            ]
        )


SURE = {"code": 1.0}
REACHABLE = {"phone": 1.0}
PLACED = {"address": 1.0}


def rewritten(world: District) -> Case:
    firm = world.firm()
    return (
        "same",
        "written in two ways",
        world.entry(firm, name=world.written(firm)),
        world.entry(firm, name=world.written(firm)),
    )


def renamed(world: District) -> Case:
    old = world.firm()
    brand = "".join(world.rng.sample(world.words.brand_signs, 2))
    new = replace(old, brand=brand, trade=world.rng.choice(world.words.trades), former=old.name)
    if world.rng.random() < 0.5:
        return "same", "renamed, one code", world.entry(new, keep=SURE), world.entry(old, keep=SURE)
    return "same", "renamed, former name kept", world.entry(new, keep={"others": 1.0}), world.entry(old)


def joint_stock(world: District) -> Case:
    firm = replace(world.firm(), form="有限公司")
    sure = SURE if world.rng.random() < 0.5 else {**REACHABLE, **PLACED}
    return (
        "same",
        "became a joint-stock company",
        world.entry(firm, keep=sure),
        world.entry(replace(firm, form="股份有限公司"), keep=sure),
    )


def mistyped(world: District) -> Case:
    right, wrong = world.rng.choice(world.words.lookalikes)
    firm = replace(world.firm(), brand=right + world.rng.choice(world.words.brand_signs))
    sure = world.rng.choice([SURE, REACHABLE, {**REACHABLE, **PLACED}])
    name = firm.name.replace(right, wrong)
    return "same", "one sign mistyped", world.entry(firm, keep=sure), world.entry(firm, name=name, keep=sure)


def traditional(world: District) -> Case:
    firm = world.firm()
    name = firm.name
    for plain, full in world.words.traditional:
        name = name.replace(plain, full)
    return "same", "traditional script", world.entry(firm), world.entry(firm, name=name)


def abbreviated(world: District) -> Case:
    firm = world.firm()
    sure = world.rng.choice([SURE, REACHABLE, {**REACHABLE, **PLACED}])
    return (
        "same",
        "short name",
        world.entry(firm, keep=sure),
        world.entry(firm, name=firm.brand + firm.trade[1], keep=sure),
    )


def reregistered(world: District) -> Case:
    firm = world.firm()
    new = replace(firm, code=firm.code + 5000)
    after = {**world.entry(new, keep={**SURE, **REACHABLE, **PLACED}), "former_codes": [firm.code]}
    return (
        "same",
        "a new code after re-registration, told",
        world.entry(firm, keep={**SURE, **REACHABLE}),
        after,
    )


def other_trade(world: District) -> Case:
    firm = world.firm()
    other = world.other(firm, trade=(firm.trade[2], firm.trade[2], firm.trade[0]))
    if world.rng.random() < 0.5:
        other = replace(other, phone=firm.phone, street=firm.street)
    return "different", "another trade of one brand", world.entry(firm), world.entry(other)


def other_city(world: District) -> Case:
    firm = world.firm()
    city = world.rng.choice([name for name in world.words.cities if name != firm.city])
    other = world.other(firm, city=city, district=world.rng.choice(world.words.cities[city]))
    return "different", "one name in two cities", world.entry(firm), world.entry(other)


def branch(world: District) -> Case:
    firm = world.firm()
    below = world.rng.choice(
        ["分公司", firm.district.removesuffix("区").removesuffix("县") + "分公司", "第一分公司", "办事处"]
    )
    other = world.other(firm)
    if world.rng.random() < 0.5:
        other = replace(other, phone=firm.phone)
    return (
        "different",
        "branch and head office",
        world.entry(firm),
        world.entry(other, name=firm.name + below),
    )


def numbered(world: District) -> Case:
    one, two = world.rng.sample(NUMERALS, 2)
    brand = "".join(world.rng.sample(world.words.brand_signs, 2))
    city = world.rng.choice(list(world.words.cities))
    frame = world.rng.choice(
        [
            f"{brand}{{}}号股权投资合伙企业（有限合伙）",
            f"{city}第{{}}人民医院",
            f"{city}第{{}}中学",
            f"{brand}产业园{{}}期",
        ]
    )
    return "different", "another number", {"name": frame.format(one)}, {"name": frame.format(two)}


def one_number(world: District) -> Case:
    place = world.rng.randrange(9)
    brand = "".join(world.rng.sample(world.words.brand_signs, 2))
    frame = world.rng.choice(
        [f"{brand}{{}}号创业投资基金（有限合伙）", f"{world.rng.choice(list(world.words.cities))}第{{}}小学"]
    )
    return (
        "same",
        "one number in two scripts",
        {"name": frame.format(NUMERALS[place])},
        {"name": frame.format(place + 1)},
    )


def other_sign(world: District) -> Case:
    firm = world.firm()
    sign = world.rng.choice([sign for sign in world.words.brand_signs if sign not in firm.brand])
    other = world.other(firm, brand=firm.brand[:-1] + sign)
    sure = world.rng.choice([SURE, {**REACHABLE, **PLACED}])
    return "different", "one other sign", world.entry(firm, keep=sure), world.entry(other, keep=sure)


def group(world: District) -> Case:
    firm = replace(world.firm(), form="有限公司")
    above = world.other(firm, form="集团有限公司")
    return "different", "group and company", world.entry(firm, keep=SURE), world.entry(above, keep=SURE)


def agent(world: District) -> Case:
    firm, other = world.firm(), world.firm()
    other = replace(other, phone=firm.phone, street=firm.street if world.rng.random() < 0.5 else other.street)
    return (
        "different",
        "two clients of one agent",
        world.entry(firm, keep=REACHABLE),
        world.entry(other, keep=REACHABLE),
    )


def longer(world: District) -> Case:
    firm = replace(world.firm(), form="有限公司")
    other = world.other(
        firm,
        trade=(
            firm.trade[0] + world.rng.choice(["科技", "技术", "发展", "实业"]),
            firm.trade[1],
            firm.trade[2],
        ),
    )
    return (
        "different",
        "near-identical names, two codes",
        world.entry(firm, keep=SURE),
        world.entry(other, keep=SURE),
    )


def sales(world: District) -> Case:
    firm = replace(world.firm(), form="有限公司")
    other = world.other(firm, trade=(firm.trade[0] + "销售", firm.trade[1], firm.trade[2]))
    return "different", "maker and its sales company", world.entry(firm), world.entry(other)


def bureau(world: District) -> Case:
    city = world.rng.choice([name for name, parts in world.words.cities.items() if len(parts) > 1])
    one, two = world.rng.sample(world.words.cities[city], 2)
    body = world.rng.choice(["财政局", "科学技术局", "人民政府", "人民医院", "教师进修学校", "融媒体中心"])
    return (
        "different",
        "one office of two districts",
        {"name": one + body},
        {"name": world.rng.choice(["", city]) + two + body},
    )


def college(world: District) -> Case:
    school = world.rng.choice(world.words.universities)
    one, two = world.rng.sample(["化学学院", "机械工程系", "重点实验室", "附属医院", "继续教育学院"], 2)
    return (
        "different",
        "parts of a university",
        {"name": school + one},
        {"name": school + world.rng.choice(["", two])},
    )


SAME: tuple[Callable[[District], Case], ...] = (
    rewritten, rewritten, rewritten, renamed, joint_stock, mistyped, traditional, abbreviated, abbreviated, reregistered, one_number,
)  # fmt: skip
DIFFERENT: tuple[Callable[[District], Case], ...] = (
    other_trade, other_city, branch, numbered, other_sign, group, agent, longer, sales, bureau, college,
)  # fmt: skip


def organisation_pairs(words: Words, seed: int, each: int) -> list[Case]:
    """`each` pairs for every way in which two records are of one organisation, and of two."""
    world = District(words, random.Random(seed))
    return [make(world) for make in (*SAME, *DIFFERENT) for _ in range(each)]
