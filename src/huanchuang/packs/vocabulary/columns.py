"""Vocabularies of the shape ``columns``: what the fields of the register are called in the sheets of offices.

For each kind of entries: the headings under which a field travels, and after how many days without confirmation an entry is
stale. Beside them the words that a list is laid out with (totals, notes, feet), by which rows that are no records are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from huanchuang.engines.sheets import Layout, Wanted, plain_heading
from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.messages import hints
from huanchuang.packs.pack import HEADER_KEYS
from huanchuang.packs.problems import Gather, Place, refusal, suggestion
from huanchuang.packs.schema import (
    Field,
    Located,
    formed,
    list_of,
    located,
    one_of,
    optional,
    record,
    required,
    text,
    whole,
)
from huanchuang.packs.tree import Mapping as Tree

NO_WORDS = Layout()
LOOKS = ("uscc", "patent", "phone", "email")
"""What a column may be known by when its heading says nothing."""


@dataclass(frozen=True, slots=True)
class Instead:
    """A word in a column that says yes to another field: 面议 in 预算金额."""

    word: str
    field: str


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """One field: the headings it goes by, what its content looks like, and words in it that mean another field."""

    field: str
    aliases: tuple[str, ...]
    looks: str = ""
    instead: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class KindColumns:
    """The fields of one kind. ``confirm_within_days`` is None where its entries never become stale."""

    kind: str
    fields: tuple[Located[FieldColumn], ...]
    confirm_within_days: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The headings of one pack."""

    vocabulary: str
    shape: str
    kinds: tuple[Located[KindColumns], ...]
    layout: Layout = NO_WORDS


class RegisterColumns:
    """All headings, merged from the packs: a district adds its own words; of two deadlines the later pack's holds."""

    def __init__(self, lists: Iterable[ColumnNames]) -> None:
        self._days: dict[str, int | None] = {}
        self._fields: dict[str, dict[str, list[str]]] = {}
        self._looks: dict[tuple[str, str], str] = {}
        self._instead: dict[tuple[str, str], dict[str, str]] = {}
        self._owners: dict[tuple[str, str], Located[FieldColumn]] = {}
        layouts = []
        gather = Gather()
        for part in lists:
            layouts.append(part.layout)
            for entry in part.kinds:
                self._enter(entry.value, gather)
        gather.settle()
        self.layout = Layout(
            **{
                one.name: tuple(word for layout in layouts for word in getattr(layout, one.name))
                for one in fields(Layout)
            }
        )

    def _enter(self, columns: KindColumns, gather: Gather) -> None:
        kind = columns.kind
        if columns.confirm_within_days is not None or kind not in self._days:
            self._days[kind] = columns.confirm_within_days
        known = self._fields.setdefault(kind, {})
        for entry in columns.fields:
            names = known.setdefault(entry.value.field, [])
            if entry.value.looks:
                self._looks[kind, entry.value.field] = entry.value.looks
            for one in entry.value.instead:
                self._instead.setdefault((kind, entry.value.field), {})[one.word] = one.field
            for name in entry.value.aliases:
                first = self._owners.setdefault((kind, plain_heading(name)), entry)
                if first.value.field != entry.value.field:
                    gather.add(
                        "duplicate-name",
                        entry.place,
                        name=name,
                        other=first.value.field,
                        first=first.place.zh,
                        first_en=first.place.en,
                    )
                names.append(name)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that have headings."""
        return tuple(self._fields)

    def fields(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        """The headings of each field of a kind; raises :class:`ProblemError` for an unknown kind."""
        return {name: tuple(names) for name, names in self._of(kind).items()}

    def looks(self, kind: str, field: str) -> str:
        """What the content of a field is known by; "" where nothing is."""
        return self._looks.get((kind, field), "")

    def instead(self, kind: str, field: str) -> Mapping[str, str]:
        """Words in a column of a field that say yes to another field instead."""
        return self._instead.get((kind, field), {})

    def confirm_within_days(self, kind: str) -> int | None:
        """The days after which an entry that nobody confirmed is stale; None for never."""
        self._of(kind)
        return self._days[kind]

    def wanted(self, kind: str, labels: Mapping[str, str], must: Iterable[str] = ()) -> tuple[Wanted, ...]:
        """What to look for in a sheet of a kind: its fields by ``labels`` (field → label), those in ``must`` required."""
        names = self._of(kind)
        needed = set(must)
        return tuple(
            Wanted(field, label, tuple(names.get(field, ())), self.looks(kind, field), field in needed)
            for field, label in labels.items()
        )

    @property
    def known(self) -> frozenset[str]:
        """All headings of all kinds in the form in which they are compared: they show where a table begins."""
        return frozenset(name for _, name in self._owners)

    def field(self, kind: str, heading: str) -> str:
        """The field that a heading means in a kind; "" for none."""
        found = self._owners.get((kind, plain_heading(heading)))
        return found.value.field if found else ""

    def _of(self, kind: str) -> Mapping[str, list[str]]:
        found = self._fields.get(kind)
        if found is None:
            guess = hints(suggestion(kind, self._fields))
            raise refusal(
                "unknown-code", Place("register-columns"), vocabulary="register-columns", code=kind, **guess
            )
        return found


_NAME = formed(
    r"[a-z][a-z0-9]*([_-][a-z0-9]+)*", "小写英文，例如 valid_until", "lower case, such as valid_until"
)
_WORDS: Field[Any] = optional(list_of(text(40)), default=())
_FIELD: dict[str, Field[Any]] = {
    "field": required(_NAME),
    "aliases": required(list_of(text(40), least=1)),
    "looks": optional(one_of(LOOKS), default=""),
    "instead": optional(
        list_of(record(Instead, {"word": required(text(40)), "field": required(_NAME)})), default=()
    ),
}
_KIND: dict[str, Field[Any]] = {
    "kind": required(_NAME),
    "confirm_within_days": optional(whole(1, 3650)),
    "fields": required(list_of(located(record(FieldColumn, _FIELD)), least=1)),
}
_FIELDS: dict[str, Field[Any]] = {
    "vocabulary": required(text(60)),
    "shape": required(text(20)),
    "layout": optional(record(Layout, {one.name: _WORDS for one in fields(Layout)}), default=NO_WORDS),
    "kinds": required(list_of(located(record(KindColumns, _KIND)), least=1)),
}


def read(body: Tree, folder: PackFolder) -> ColumnNames:
    """Returns the headings of one pack, checked: each kind and field once, no heading for two fields of a kind."""
    found = record(ColumnNames, _FIELDS, elsewhere=HEADER_KEYS)(body)
    gather = Gather()
    _refuse_twice(found.kinds, lambda columns: columns.kind, gather)
    for entry in found.kinds:
        _refuse_twice(entry.value.fields, lambda column: column.field, gather)
    gather.take(lambda: RegisterColumns((found,)))
    gather.settle()
    return found


def _refuse_twice(entries: Iterable[Located[Any]], name: Callable[[Any], str], gather: Gather) -> None:
    places: dict[str, Place] = {}
    for entry in entries:
        code = name(entry.value)
        if code in places:
            first = places[code]
            gather.add("duplicate-code", entry.place, code=code, first=first.zh, first_en=first.en)
        places.setdefault(code, entry.place)


def answer(part: ColumnNames, case: Case) -> str:
    """Answers the questions of example cases: ``field`` of a heading (more: kind) and ``days`` of a kind."""
    columns = RegisterColumns((part,))
    if case.ask == "field":
        kind = (case.more or {}).get("kind", "")
        return columns.field(kind, case.of) or "无"
    if case.ask == "days":
        days = columns.confirm_within_days(case.of)
        return str(days) if days is not None else "不限"
    raise refusal("bad-question", case.place, ask=case.ask, known="field、days")
