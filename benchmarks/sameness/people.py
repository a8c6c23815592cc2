"""Pairs of records of invented people of one name: a small world of careers, seen by lists of different years.

People work at a unit on a topic with the people of their group; some move, titles rise, lists leave things out.
Two records of one person make a pair `same`, two records of two people with one name (or nearly) `different`.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from benchmarks.sameness.words import Words

Record = Mapping[str, Any]
Case = tuple[str, str, Record, Record]
LADDER = ("硕士研究生", "讲师", "副教授", "教授")
FIRST_YEAR, LAST_YEAR = 2004, 2025


@dataclass(frozen=True)
class Person:
    """One career: where, on what, with whom, how to reach them."""

    number: int
    name: str
    born: int
    units: tuple[str, ...]
    moved: int
    topic: int
    group: tuple[str, ...]
    phone: str
    email: str


class World:
    """Everybody there is, and how lists write them down."""

    def __init__(self, words: Words, rng: random.Random, people: int) -> None:
        self.words = words
        self.rng = rng
        self.groups: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.people = [self._person(number) for number in range(people)]
        self.count: dict[str, int] = defaultdict(int)
        for person in self.people:
            self.count[person.name] += 1

    def name(self) -> str:
        rng, words = self.rng, self.words
        if rng.random() < 0.08:
            return rng.choice(words.rare_surnames) + rng.choice(words.given)
        surname = words.surnames[min(int(rng.expovariate(0.3)), len(words.surnames) - 1)]
        if rng.random() < 0.6:
            return surname + rng.choice(words.common_given)
        return surname + "".join(rng.sample(words.given, 2))

    def _unit(self) -> str:
        rng, words = self.rng, self.words
        if rng.random() < 0.6:
            return rng.choice(words.universities)
        brand, trade = "".join(rng.sample(words.brand_signs, 2)), rng.choice(words.trades)[0]
        return f"云澜{brand}{trade}有限公司"

    def _person(self, number: int) -> Person:
        rng = self.rng
        topic = rng.randrange(len(self.words.topics))
        units = (self._unit(), self._unit()) if rng.random() < 0.35 else (self._unit(),)
        group = self.groups[units[0], topic % 5]
        while len(group) < 7:
            group.append(self.name())
        return Person(
            number, self.name(), rng.randint(1955, 1996), units, rng.randint(2010, 2020), topic,
            tuple(rng.sample(group, 5)), f"h{number}", f"m{number}",
        )  # fmt: skip

    def entry(self, person: Person) -> dict[str, Any]:
        """What a list of some year says about a person."""
        rng = self.rng
        year = rng.randint(max(FIRST_YEAR, person.born + 24), LAST_YEAR)
        has_moved = len(person.units) > 1 and year >= person.moved
        words = rng.sample(self.words.topics[person.topic], rng.choice([1, 1, 2]))
        step = min(len(LADDER) - 1, max(0, (year - person.born - 22) // 7))
        values: dict[str, tuple[float, Any]] = {
            "fields": (0.75, words),
            "coworkers": (0.6, rng.sample(person.group, rng.randint(1, 4))),
            "phone": (0.3, person.phone),
            "email": (0.3, person.email),
            "title": (0.4, LADDER[step]),
            "title_year": (1.0, year),
            "years": (0.5, [max(FIRST_YEAR, year - rng.randint(0, 4)), year]),
            "born": (0.15, person.born),
            "past": (0.3, [person.units[0]] if has_moved else None),
        }
        filled = {key: value for key, (chance, value) in values.items() if value and rng.random() < chance}
        if "title" not in filled:
            del filled["title_year"]
        return {
            "name": person.name,
            "unit": person.units[-1 if has_moved else 0],
            "namesakes": self.count[person.name],
            **filled,
        }


def people_pairs(words: Words, seed: int, each: int) -> list[Case]:
    """`each` pairs of one person and as many of two people with one name."""
    world = World(words, random.Random(seed), people=900)
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in world.people:
        by_name[person.name].append(person)
    shared = [pair for people in by_name.values() for pair in combinations(people, 2)]
    world.rng.shuffle(shared)
    some = world.rng.sample(world.people, each // 2)
    # half of the pairs of one person have a name that others have too: there the work is
    some += world.rng.sample([people for pair in shared for people in pair], each - len(some))
    same: list[Case] = [("same", "one person", world.entry(one), world.entry(one)) for one in some]
    different: list[Case] = [
        ("different", "two people of one name", world.entry(one), world.entry(two))
        for one, two in shared[:each]
    ]
    return same + different
