"""Which column holds which field: by what was chosen before, by name, by alias, by likeness, by content.

Every choice says how it was made, so that a person sees at once which ones to look at. A column gives its values to one field and
a field takes them from one column; who comes second is told so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from huanchuang.engines.sheets.cells import Note
from huanchuang.engines.sheets.headings import plain_heading
from huanchuang.engines.sheets.likeness import likeness, looks_like
from huanchuang.engines.sheets.table import Column, Table
from huanchuang.engines.sheets.texts import text_of

NEAR = 0.62
"""Likeness below which two headings have nothing to do with each other."""
_SAMPLES = 12
_CANDIDATES = 3
SURE = frozenset({"remembered", "same", "alias", "part"})
"""Ways of choosing that need no second look."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that a column is looked for: its label and other names, and what its content looks like (a key of LOOKS)."""

    field: str
    label: str
    names: tuple[str, ...] = ()
    looks: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field that a column may hold: how likely (0 to 1), by which name, and how it was found."""

    field: str
    score: float
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a column; `field` is "" where nothing was.

    `how` is remembered, same, alias, part, near, content, or for no field: duplicate, ignored, none.
    """

    column: Column
    field: str
    how: str
    why: Note
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether the choice needs no second look."""
        return self.how in SURE


@dataclass(frozen=True)
class Matching:
    """The choices for all columns, and the required fields that no column holds."""

    choices: tuple[Choice, ...]
    missing: tuple[str, ...] = ()
    score: float = field(default=0.0)
    """How many columns are sure of their field; used to tell which kind of list a sheet is."""

    @property
    def fields(self) -> dict[str, Column]:
        """The column of each field that has one."""
        return {choice.field: choice.column for choice in self.choices if choice.field}


def match_columns(
    table: Table,
    wanted: Sequence[Wanted],
    ignored: Iterable[str] = (),
    remembered: Mapping[str, str] | None = None,
) -> Matching:
    """The field of each column. `remembered` has plain headings and the field chosen for them before ("" for none)."""
    known = remembered or {}
    leave = {plain_heading(word) for word in ignored}
    found = {column.index: _candidates(table, column, wanted, known) for column in table.columns}
    taken: dict[str, Column] = {}
    given: dict[int, Candidate] = {}
    pairs = [(candidate, column) for column in table.columns for candidate in found[column.index]]
    for candidate, column in sorted(pairs, key=lambda pair: (-pair[0].score, pair[1].index)):
        if candidate.field in taken or column.index in given or _is_left(column, known, leave):
            continue
        if _lost_its_own(found[column.index], taken, candidate):
            continue
        taken[candidate.field] = column
        given[column.index] = candidate
    choices = tuple(
        _choice(column, given.get(column.index), found[column.index], taken, _is_left(column, known, leave))
        for column in table.columns
    )
    missing = tuple(entry.field for entry in wanted if entry.is_required and entry.field not in taken)
    return Matching(choices, missing, sum(choice.score for choice in choices if choice.is_sure))


def _is_left(column: Column, known: Mapping[str, str], leave: set[str]) -> bool:
    heading = plain_heading(column.heading)
    return known[heading] == "" if heading in known else heading in leave


def _lost_its_own(candidates: Sequence[Candidate], taken: Mapping[str, Column], now: Candidate) -> bool:
    """Whether the column's own field went to another column: a column named the same is no second best for another field."""
    return any(other.how in SURE and other.field in taken and other.score > now.score for other in candidates)


def _candidates(
    table: Table, column: Column, wanted: Sequence[Wanted], known: Mapping[str, str]
) -> list[Candidate]:
    before = known.get(plain_heading(column.heading), "")
    texts = [text_of(cell) for cell in table.samples(column, _SAMPLES)]
    found = [candidate for entry in wanted if (candidate := _candidate(column, entry, texts, before))]
    return sorted(found, key=lambda candidate: -candidate.score)[:_CANDIDATES]


def _candidate(column: Column, entry: Wanted, texts: list[str], before: str) -> Candidate | None:
    if entry.field == before:
        return Candidate(entry.field, 1.0, column.heading, "remembered")
    names = (entry.label, *entry.names)
    by_name = _by_name(column, names)
    if by_name is not None and by_name[1] != "near":
        return Candidate(entry.field, by_name[0], by_name[2], by_name[1])
    if entry.looks and looks_like(entry.looks, texts):
        return Candidate(entry.field, 0.85, entry.label, "content")
    return by_name and Candidate(entry.field, by_name[0], by_name[2], by_name[1])


def _by_name(column: Column, names: Sequence[str]) -> tuple[float, str, str] | None:
    """Score, way and name of the best name for a column."""
    heading = plain_heading(column.heading)
    plain = {plain_heading(name): name for name in reversed(names)}
    if heading in plain:
        is_own = plain[heading] == names[0]
        return (1.0, "same", names[0]) if is_own else (0.98, "alias", plain[heading])
    last = plain_heading(column.parts[-1]) if len(column.parts) > 1 else ""
    if last in plain:
        return 0.9, "part", plain[last]
    score, name = max(((likeness(heading, key), plain[key]) for key in plain), default=(0.0, ""))
    return (score * 0.88, "near", name) if score >= NEAR else None


def _choice(
    column: Column,
    given: Candidate | None,
    candidates: list[Candidate],
    taken: Mapping[str, Column],
    is_left: bool,
) -> Choice:
    if given is not None:
        return Choice(column, given.field, given.how, _why(given), given.score, tuple(candidates))
    if is_left:
        return Choice(column, "", "ignored", Note("ignored", "不需要导入的列", "Not needed"), 0.0)
    lost = next((other for other in candidates if other.how in SURE and other.field in taken), None)
    if lost is not None:
        letter = taken[lost.field].letter
        why = Note(
            "duplicate", f"与{letter}列重复，已取{letter}列", f"The same as column {letter}, which was taken"
        )
        return Choice(column, "", "duplicate", why, 0.0, tuple(candidates))
    why = Note("none", "没有对应的字段，不导入", "No field is like it; it is not imported")
    return Choice(column, "", "none", why, 0.0, tuple(candidates))


def _why(given: Candidate) -> Note:
    percent = f"{given.score:.0%}"
    words = {
        "remembered": (
            "与上次导入同样的表头时选的一样",
            "As chosen when the same heading was imported before",
        ),
        "same": ("列名相同", "The same name"),
        "alias": (f"“{given.name}”是这个字段的一种叫法", f"{given.name} is one of its names"),
        "part": (f"下层表头是“{given.name}”", f"The lower row of its heading is {given.name}"),
        "near": (
            f"列名与“{given.name}”相近（{percent}），请核对",
            f"Like {given.name} ({percent}); please check",
        ),
        "content": (f"内容像{given.name}，请核对", f"Its content looks like {given.name}; please check"),
    }
    zh, en = words[given.how]
    return Note(given.how, zh, en)
