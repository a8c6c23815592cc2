"""What the pages of an import show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from huanchuang.engines.sheets import Choice, Column, Note, Table, text_of
from huanchuang.orm.language import language
from huanchuang.registry.models import Import, ImportRow, ImportState, Outcome
from huanchuang.registry.queries.imports.listing import Group, problem_groups, problems_in, rows_of
from huanchuang.registry.queries.imports.shown import Shown
from huanchuang.registry.queries.links import address_of

SAMPLES, LONGEST_SAMPLE = 3, 30
TONES = {
    ImportState.COLUMNS: "amber", ImportState.CHECKING: "blue", ImportState.PREVIEW: "amber",
    ImportState.TAKING: "blue", ImportState.STOPPED: "red", ImportState.DONE: "green",
    ImportState.DROPPED: "grey", ImportState.UNDOING: "blue", ImportState.UNDONE: "grey",
}  # fmt: skip
OUTCOME_TONES = {Outcome.NEW: "green", Outcome.CHANGED: "blue", Outcome.SAME: "plain", Outcome.PROBLEM: "red"}


@dataclass(frozen=True)
class ColumnLine:
    """One column on the page where columns are matched."""

    column: Column
    samples: Sequence[str]
    chosen: str
    why: str
    needs_a_look: bool
    asks_unit: bool
    unit: str


def column_lines(
    table: Table,
    choices: Mapping[int, Choice],
    columns: Mapping[int, str],
    units: Mapping[int, str],
    money: set[str],
) -> list[ColumnLine]:
    """Every column with its first values, the field it is read into and why."""
    lines = []
    for column in table.columns:
        choice = choices[column.index]
        chosen = columns.get(column.index, "")
        is_as_found = chosen == choice.field
        lines.append(
            ColumnLine(
                column,
                [_short(text_of(cell)) for cell in table.samples(column, SAMPLES)],
                chosen,
                note_text(choice.why) if is_as_found else str(_("由您指定")),
                is_as_found and bool(choice.field) and not choice.is_sure,
                chosen in money and not table.money_unit(column),
                units.get(column.index, ""),
            )
        )
    return lines


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SAMPLE else plain[:LONGEST_SAMPLE] + "…"


def note_text(note: Note | Mapping[str, str]) -> str:
    """A note in the reader's language."""
    if isinstance(note, Note):
        return note.text(language())
    return note["en"] if language() == "en" else note["zh"]


def spoken(pair: Sequence[Any]) -> Any:
    """The part of a pair of Chinese and English that the reader reads."""
    return pair[1] if language() == "en" else pair[0]


@dataclass(frozen=True)
class ConstantLine:
    """A field that may be given one value for all rows."""

    target: Any
    text: str
    is_open: bool
    """Whether every row needs it and no column gives it."""


def constant_lines(targets: Sequence[Any], reading: Any) -> list[ConstantLine]:
    """The fields without a column, those that every row needs first."""
    used = set(reading.columns.values())
    lines = [
        ConstantLine(target, reading.constants.get(target.name, ""), target.is_required)
        for target in targets
        if target.may_be_constant and target.name not in used
    ]
    return sorted(lines, key=lambda line: not line.is_open)


@dataclass(frozen=True)
class OddWord:
    """A word that no vocabulary has, with the codes it may mean."""

    group: Group
    label: str
    choices: Sequence[tuple[str, str]]


def odd_words(targets: Sequence[Any], groups: Sequence[Group]) -> list[OddWord]:
    """Words in columns of codes that are not in their vocabulary; one answer settles all rows."""
    coded = {target.name: target for target in targets if target.choices}
    return [
        OddWord(group, str(coded[group.field].label), coded[group.field].choices)
        for group in groups
        if group.field in coded and group.text
    ]


@dataclass(frozen=True)
class RowLine:
    """One row on the page of an import."""

    row: ImportRow
    word: str
    tone: str
    url: str
    shown: Sequence[Shown]
    problems: Sequence[tuple[Sequence[str], str]]
    remarks: Sequence[str]
    possible: Sequence[tuple[str, str, str]]
    """Address, title and why, of entries that may be the same."""
    kept: Sequence[str]


def import_page(imported: Import, importer: Any, rows: Sequence[ImportRow]) -> dict[str, Any]:
    """What the page of an import shows beside its rows: counts, notes, what repeats, what can be done."""
    counts = imported.counts
    has_problems = bool(counts.get("problem"))
    groups = problem_groups(problems_in(imported)) if has_problems else []
    odd = odd_words(importer.targets(None, None), groups)
    possible = rows_of(imported, "possible").filter(outcome=Outcome.NEW, is_taken=False).count()
    able = int(counts.get("new", 0)) + int(counts.get("changed", 0))
    able -= int(counts.get("taken_new", 0)) + int(counts.get("taken_changed", 0))
    return {
        "state": str(ImportState(imported.state).label),
        "tone": TONES[ImportState(imported.state)],
        "notes": [note_text(note) for note in imported.notes],
        "failure": imported.failure_en if language() == "en" else imported.failure_zh,
        "groups": _repeated(groups, odd),
        "odd_words": odd,
        "lines": _row_lines(importer, rows),
        "chips": _chips(imported),
        "able": able,
        "possible": possible,
        "sure": able - possible,
        "may_undo": imported.state in (ImportState.DONE, ImportState.STOPPED) and _taken(counts) > 0,
        "taken": _taken(counts),
    }


MOST_SHOWN = 10


def _repeated(groups: Sequence[Group], odd: Sequence[OddWord]) -> list[tuple[Group, Sequence[str], str]]:
    """Problems that stand in several rows, each with its parts and the text it is about; odd words are asked for apart."""
    asked = {id(one.group) for one in odd}
    found = [group for group in groups if group.count > 1 and id(group) not in asked]
    return [(group, *_said(group.problem)) for group in found[:MOST_SHOWN]]


def _said(problem: Mapping[str, Any]) -> tuple[Sequence[str], str]:
    """A problem in its three parts, and the text it is about where they do not quote it."""
    parts: Sequence[str] = spoken((problem["zh"], problem["en"]))
    text = problem["text"]
    return parts, "" if not text or text in parts[1] else text


def _taken(counts: Mapping[str, int]) -> int:
    return int(counts.get("taken_new", 0)) + int(counts.get("taken_changed", 0))


def _chips(imported: Import) -> list[dict[str, Any]]:
    """The filter of the rows: every outcome with its count."""
    counts = imported.counts
    options = [{"value": "", "label": _("全部"), "count": counts.get("rows", 0)}]
    for outcome in (Outcome.PROBLEM, Outcome.NEW, Outcome.CHANGED, Outcome.SAME):
        options.append(
            {"value": outcome.value, "label": outcome.label, "count": counts.get(outcome.value, 0)}
        )
    if counts.get("possible"):
        options.append({"value": "possible", "label": _("可能重复"), "count": counts["possible"]})
    if counts.get("kept"):
        options.append({"value": "kept", "label": _("撤销时保留"), "count": counts["kept"]})
    return [{"label": _("结果"), "name": "only", "options": options, "default": ""}]


def _row_lines(importer: Any, rows: Sequence[ImportRow]) -> list[RowLine]:
    shown = importer.shown(rows)
    return [
        RowLine(
            row,
            str(Outcome(row.outcome).label),
            OUTCOME_TONES[Outcome(row.outcome)],
            address_of(row.subject_of),
            changes,
            [_said(problem) for problem in row.problems],
            [spoken(remark) for remark in row.remarks],
            [(address_of(one[0]), one[1], spoken(one[2:])) for one in row.possible],
            [spoken(kept) for kept in row.kept],
        )
        for row, changes in zip(rows, shown, strict=True)
    ]
