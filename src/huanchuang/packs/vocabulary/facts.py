"""Vocabularies of the shape ``facts``: the dictionary of everything the platform may know about a subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from huanchuang.engines.kernel.units import find_unit
from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.messages import hints
from huanchuang.packs.pack import HEADER_KEYS
from huanchuang.packs.problems import Gather, Place, refusal, suggestion
from huanchuang.packs.schema import (
    Field,
    Located,
    exact,
    formed,
    list_of,
    located,
    one_of,
    optional,
    record,
    required,
    text,
    whole,
    yes_no,
)
from huanchuang.packs.tree import Mapping

PERIODS = ("year", "half", "quarter", "month", "none")
"""How often a new value is expected; ``none`` marks a timeless fact, of which the newest value holds."""

DIMENSIONS: dict[str, tuple[str, ...] | None] = {
    "money": ("money",),
    "count": ("count",),
    "ratio": ("share", "points", "multiple"),
    "quantity": None,
    "yes-no": (),
    "date": (),
    "code": (),
    "text": (),
}
"""Value types and the dimensions their unit may have: None any, () no unit at all."""

FIELD_CLASSES = ("public", "matched", "owner", "authority")
"""Who may see a value without a grant: everybody, a matched party, the owner, the authority in charge."""

MEASURES = ("stock", "flow", "cumulative")
"""A number at a point of time, within a period, or since the beginning (rule 1 of statistics: never mix them)."""


SUBJECTS = (
    "organisation", "person", "achievement", "patent", "need", "equipment", "service", "finance-product", "space",
    "document", "region", "carrier", "target",
)  # fmt: skip
"""What a fact may be about: the kinds of the register, a region, a carrier (an organisation that houses others), a target."""


@dataclass(frozen=True, slots=True)
class FactKey:
    """One entry of the dictionary.

    ``unit`` is the base unit values are stored in (money in 元); "" where the type has none. ``freshness_days`` is how
    long a value may be used after the end of its period, None for ever. ``least`` and ``most`` bound sensible values.
    ``is_derived`` marks what is computed from other facts and never asked for. ``vocabulary`` names the code list of
    a fact of type code.
    """

    code: str
    zh: str
    en: str
    period: str
    value_type: str
    field_class: str
    source: str
    unit: str = ""
    measure: str | None = None
    about: tuple[str, ...] = ("organisation",)
    aliases: tuple[str, ...] = ()
    freshness_days: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    vocabulary: str | None = None
    is_derived: bool = False
    definition: str = ""

    @property
    def is_timeless(self) -> bool:
        return self.period == "none"

    def name(self, language: str = "zh") -> str:
        """Returns the name in the language asked for."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class FactKeys:
    """The facts of one pack."""

    vocabulary: str
    shape: str
    facts: tuple[Located[FactKey], ...]


class FactDictionary:
    """All facts by code, Chinese or English name, or alias. Each name means one fact."""

    def __init__(self, lists: Iterable[FactKeys]) -> None:
        self._keys: dict[str, FactKey] = {}
        self._by_name: dict[str, FactKey] = {}
        places: dict[str, Place] = {}
        gather = Gather()
        for keys in lists:
            for entry in keys.facts:
                self._keys[entry.value.code] = entry.value
                for name in _names(entry.value):
                    self._enter(name, entry, places, gather)
        gather.settle()

    def _enter(self, name: str, entry: Located[FactKey], places: dict[str, Place], gather: Gather) -> None:
        key = name.casefold()
        other = self._by_name.get(key)
        if other is not None:
            first = places[key]
            gather.add(
                "duplicate-name", entry.place, name=name, other=other.zh, first=first.zh, first_en=first.en
            )
            return
        self._by_name[key] = entry.value
        places[key] = entry.place

    def key(self, name_or_code: str) -> FactKey:
        """Returns the fact of that code or name; raises :class:`ProblemError` naming the nearest one."""
        found = self.get(name_or_code)
        if found is None:
            guess = hints(suggestion(name_or_code.casefold(), self._by_name))
            raise refusal("unknown-fact", Place(name_or_code or "—"), name=name_or_code, **guess)
        return found

    def get(self, name_or_code: str) -> FactKey | None:
        """Returns the fact of that code or name, or None."""
        return self._by_name.get(name_or_code.strip().casefold())

    def about(self, subject: str) -> tuple[FactKey, ...]:
        """Returns the facts that a subject (organisation, equipment, region …) may have."""
        return tuple(key for key in self if subject in key.about)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[FactKey]:
        return iter(self._keys.values())

    def __len__(self) -> int:
        return len(self._keys)


def _names(key: FactKey) -> tuple[str, ...]:
    """All names of a fact, each once: the code often equals the English name."""
    names: dict[str, str] = {}
    for name in (key.code, key.zh, key.en, *key.aliases):
        names.setdefault(name.casefold(), name)
    return tuple(names.values())


_FACT: dict[str, Field[Any]] = {
    "code": required(
        formed(
            r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
            "小写英文和连字符，例如 rd-expense",
            "lower case with hyphens, such as rd-expense",
        )
    ),
    "zh": required(text(60)),
    "en": required(text(120)),
    "period": required(one_of(PERIODS)),
    "value_type": required(one_of(DIMENSIONS)),
    "field_class": required(one_of(FIELD_CLASSES)),
    "source": required(text(300)),
    "unit": optional(text(20), default=""),
    "measure": optional(one_of(MEASURES)),
    "about": optional(list_of(one_of(SUBJECTS), least=1), default=("organisation",)),
    "aliases": optional(list_of(text(60)), default=()),
    "freshness_days": optional(whole(1, 36500)),
    "least": optional(exact),
    "most": optional(exact),
    "vocabulary": optional(text(60)),
    "is_derived": optional(yes_no, default=False),
    "definition": optional(text(600), default=""),
}
_FIELDS: dict[str, Field[Any]] = {
    "vocabulary": required(text(60)),
    "shape": required(text(20)),
    "facts": required(list_of(located(record(FactKey, _FACT)), least=1)),
}


def read(body: Mapping, folder: PackFolder) -> FactKeys:
    """Returns the facts of one pack, checked: names unique, units fit their type, bounds in order."""
    found = record(FactKeys, _FIELDS, elsewhere=HEADER_KEYS)(body)
    gather = Gather()
    for entry in found.facts:
        _check(entry, gather)
    gather.take(lambda: FactDictionary((found,)))
    gather.settle()
    return found


def answer(keys: FactKeys, case: Case) -> str:
    """Answers the questions of example cases."""
    key = FactDictionary((keys,)).key(case.of)
    questions: dict[str, object] = {
        "code": key.code,
        "name": key.zh,
        "english": key.en,
        "unit": key.unit,
        "period": key.period,
        "value_type": key.value_type,
        "field_class": key.field_class,
        "about": "、".join(key.about),
    }
    if case.ask not in questions:
        raise refusal("bad-question", case.place, ask=case.ask, known="、".join(questions))
    return str(questions[case.ask])


def _check(entry: Located[FactKey], gather: Gather) -> None:
    key = entry.value
    if key.least is not None and key.most is not None and key.least > key.most:
        gather.add("bounds", entry.place, least=key.least, most=key.most)
    allowed = DIMENSIONS[key.value_type]
    if not key.unit:
        if allowed != ():
            gather.add("unit-missing", entry.place, name=key.zh, type=key.value_type)
        return
    if allowed == ():
        gather.add("unit-of-type", entry.place, type=key.value_type, unit=key.unit)
        return
    units = [find_unit(part) for part in key.unit.split("/")]
    if None in units:
        gather.add("unknown-unit", entry.place, unit=key.unit)
    elif allowed is not None and units[0] is not None and units[0].base.dimension not in allowed:
        gather.add("unit-of-type", entry.place, type=key.value_type, unit=key.unit)
