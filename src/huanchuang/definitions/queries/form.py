"""The form of a draft as its page shows it: boxes with what is wrong at each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.drafts import Checked
from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.orm.language import language
from huanchuang.packs.forms import Filled, Filling, Item, box_at, filled
from huanchuang.packs.kinds import kind_named

MOST_BOXES = 900
"""Boxes that a page sends back; a definition with more keeps its cases to the text."""
LONG = ("text", "code", "list", "yaml")


@dataclass(frozen=True)
class BoxShown:
    """A box as it is drawn."""

    box: Filled
    label: str
    hint: str
    options: Sequence[tuple[str, str]]
    problems: Sequence[Problem]

    @property
    def is_long(self) -> bool:
        """Whether it holds several lines."""
        return self.box.box.shape in LONG

    @property
    def rows(self) -> int:
        """How high it is drawn."""
        return min(12, max(2, self.box.value.count("\n") + 1))


@dataclass(frozen=True)
class ItemShown:
    """An item as it is drawn."""

    item: Item
    boxes: Sequence[BoxShown]
    lists: Sequence[PartShown]

    @property
    def is_wrong(self) -> bool:
        """Whether something in it has to be put right."""
        return any(one.problems for one in self.boxes) or any(one.is_wrong for one in self.lists)


@dataclass(frozen=True)
class PartShown:
    """A section as it is drawn."""

    filling: Filling
    label: str
    items: Sequence[ItemShown]

    @property
    def is_wrong(self) -> bool:
        """Whether something in it has to be put right."""
        return any(one.is_wrong for one in self.items)


@dataclass(frozen=True)
class FormShown:
    """The whole form. `problems` says why there is none."""

    parts: Sequence[PartShown] = ()
    problems: Sequence[Problem] = ()
    left_out: Sequence[str] = field(default_factory=tuple)
    """Sections that are too long for a form."""


def form_in(draft: Draft, files: Mapping[str, str]) -> list[Filling]:
    """The boxes over some files of a draft, without sections that would be too long. ProblemError for broken YAML."""
    found = filled(kind_named(draft.kind).form, files)
    while found and sum(1 for one in found for _ in one.every()) > MOST_BOXES:
        found.pop()
    return found


def form_of(draft: Draft, checked: Checked) -> FormShown:
    """The form of a draft as its files stand, with each problem at its box."""
    try:
        form = form_in(draft, draft.files)
    except ProblemError as error:
        return FormShown(problems=error.problems)
    words = language()
    wrong: dict[int, list[Problem]] = {}
    for one in checked.found:
        box = box_at(form, one.file, one.line) if one.line else None
        if box is not None:
            wrong.setdefault(box.number, []).append(one.problem)
    every = kind_named(draft.kind).form
    left = [part.label.text(words) for part in every[len(form) :] if part.file in draft.files]
    return FormShown([_part(one, wrong, words) for one in form], (), left)


def _part(filling: Filling, wrong: Mapping[int, list[Problem]], words: str) -> PartShown:
    items = [
        ItemShown(
            item,
            [_box(box, wrong.get(box.number, []), words) for box in item.boxes],
            [_part(one, wrong, words) for one in item.lists],
        )
        for item in filling.items
    ]
    return PartShown(filling, filling.part.label.text(words), items)


def _box(box: Filled, problems: Sequence[Problem], words: str) -> BoxShown:
    options = [(value, label.text(words)) for value, label in box.box.options if value or not box.value]
    if box.value and options and box.value not in dict(options):
        options.append((box.value, box.value))
    hint = box.box.hint.text(words) if box.box.hint else ""
    return BoxShown(box, box.box.label.text(words), hint, options, problems)
