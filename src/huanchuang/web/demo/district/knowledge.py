"""What is worked on in the district: `topics/*.yaml` as typed values, and who has which achievement of it.

A topic is one piece of technology with its problem and its strength; two achievements came of it, and some patents.
The letters behind `at` name its places; F is a firm of the trade, drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from huanchuang.web.demo.district.draw import Draw
from huanchuang.web.demo.district.enterprises import LEAD, Firm, firms
from huanchuang.web.demo.district.source import read

FILES = ("materials", "chemicals", "machines", "vehicles", "life", "electronics", "farming", "outside")
PLACES = {
    "U": "云澜理工", "N": "新材料研究院", "J": "精化所", "Z": "智能装备研究院", "V": "青岑职院", "T": "检验检测中心",
    "L": LEAD.short, "A": "望津大学", "B": "望津应用技术院", "C": "望津岭禾",
}  # fmt: skip
"""Letter → short name."""
CONFIDENTIAL = frozenset(
    {"graphene-film/1", "titanium-powder/1", "bio-polyester/1", "sic-inverter/1", "mmwave-radar/1", "fermentation/1", "tpu/1"}
)  # fmt: skip
"""Achievements of which no patent is filed yet: six of the university, one of the clerk's firm."""
FOLLOWED = frozenset(
    {"nanofiltration/2", "polyimide/1", "polyimide/2", "continuous-nitration/1", "aerogel/1", "grinding-robot/1", "tpu/1",
     "machine-tool/1", "thermal-runaway/1", "waterborne-coating/1", "voc-catalyst/1", "collagen/1"}
)  # fmt: skip
"""Achievements whose life can be followed deed by deed (`careers`)."""


@dataclass(frozen=True)
class Item:
    """One achievement of a topic; `key` is `topic/number`, `at` the short name of who has it."""

    key: str
    topic: Topic
    at: str
    title: str
    form: str
    use: str
    does: str
    problem: str
    better: str
    parameters: tuple[str, ...]

    @property
    def draw(self) -> Draw:
        """The draws of this achievement."""
        return Draw(f"achievement/{self.key}")

    @property
    def is_confidential(self) -> bool:
        """Whether only its own people know of it."""
        return self.key in CONFIDENTIAL


@dataclass(frozen=True)
class Topic:
    """One piece of technology."""

    id: str
    trade: str
    field: str
    at: tuple[str, ...]
    words: tuple[str, ...]
    ipc: tuple[str, ...]
    problem: tuple[str, ...]
    """One for both achievements, or one for each."""
    better: tuple[str, ...]
    patents: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Its achievements."""
        return tuple(self._items())

    def _items(self) -> Iterator[Item]:
        for number, row in enumerate(self.rows, start=1):
            key = f"{self.id}/{number}"
            yield Item(
                key, self, self.place(number - 1), row["title"], row["form"], row["for"], row["does"],
                self.problem[min(number, len(self.problem)) - 1], self.better[min(number, len(self.better)) - 1],
                tuple(row["parameters"]),
            )  # fmt: skip

    def place(self, number: int) -> str:
        """The short name of who has the achievement of this place in the order."""
        letter = self.at[number]
        return maker_of(self).short if letter == "F" else PLACES[letter]

    @property
    def school(self) -> str | None:
        """The university or institute that works on it; None where only firms do."""
        return next((PLACES[letter] for letter in self.at if letter in "UNJZVT"), None)


@cache
def topics() -> tuple[Topic, ...]:
    """All topics in the order of the files."""
    found = []
    for name in FILES:
        content = read(f"topics/{name}.yaml")
        found += [_topic(content["trade"], entry) for entry in content["topics"]]
    return tuple(found)


def _topic(trade: str, entry: dict[str, Any]) -> Topic:
    return Topic(
        entry["id"], trade, entry["field"], tuple(entry["at"]), tuple(entry["words"]), tuple(entry["ipc"]),
        tuple(entry["problem"].split("|")), tuple(entry["better"].split("|")), tuple(entry["patents"]), tuple(entry["items"]),
    )  # fmt: skip


@cache
def items() -> tuple[Item, ...]:
    """All achievements of all topics."""
    return tuple(item for topic in topics() for item in topic.items)


@cache
def established(trade: str) -> Sequence[Firm]:
    """The firms of a trade that are old enough to have results, the clerk's firm aside."""
    return [firm for firm in firms() if firm.trade == trade and firm.founded_on.year <= 2021 and firm != LEAD]


def maker_of(topic: Topic) -> Firm:
    """The firm of the trade that has an achievement of this topic."""
    return Draw(f"topic/{topic.id}").pick("firm", established(topic.trade)[:8])


def makers(trade: str) -> Sequence[Firm]:
    """The firms of a trade that have an achievement, each once."""
    return list(
        dict.fromkeys(maker_of(topic) for topic in topics() if topic.trade == trade and "F" in topic.at)
    )
