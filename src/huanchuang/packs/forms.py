"""A form over the files of a pack: boxes for the values of a YAML text, and what was typed put back into that text.

The form is a view. Its boxes are filled from the text, and a box that was changed replaces the characters of its value
(:mod:`huanchuang.packs.editing`); what no box was changed for stays as it is, comments included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from huanchuang.packs.editing import Marked, Path, add_item, mark, raw_of, remove_item, set_raw, set_value
from huanchuang.packs.editing.writing import cleaned, inline
from huanchuang.packs.schema import Words

NAME = "v:"
"""What the names of boxes begin with."""


@dataclass(frozen=True, slots=True)
class Box:
    """One value: the way to it from its part (`summary.zh`), what it is called, and how it is typed.

    `shape` is line, text, code, day, choice, list (one a line) or yaml (as it stands in the file).
    """

    key: str
    label: Words
    shape: str = "line"
    options: tuple[tuple[str, Words], ...] = ()
    hint: Words | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the form: the values below a way in a file, or a list of such. `item` is what a new one begins with."""

    file: str
    path: tuple[str, ...]
    label: Words
    boxes: tuple[Box, ...]
    item: str = ""
    lists: tuple[Part, ...] = ()
    titled: str = ""
    """The key whose value names an item in its heading."""

    @property
    def is_list(self) -> bool:
        """Whether it stands for the items of a list."""
        return bool(self.item)


@dataclass(slots=True)
class Filled:
    """A box with its value, its name in the form, and the lines (from 1) it stands on; 0 where it does not stand."""

    box: Box
    file: str
    path: Path
    value: str
    first: int = 0
    last: int = 0
    number: int = 0

    @property
    def name(self) -> str:
        """Its name among what is typed."""
        return NAME + way(self.file, self.path)


@dataclass(slots=True)
class Item:
    """The boxes of one item (or of a part that is no list)."""

    name: str
    title: str
    boxes: list[Filled]
    lists: list[Filling] = field(default_factory=list)
    first: int = 0

    def every(self) -> Iterator[Filled]:
        """All boxes, those of lists inside of it too."""
        yield from self.boxes
        for one in self.lists:
            yield from one.every()


@dataclass(slots=True)
class Filling:
    """A part with its items."""

    part: Part
    name: str
    items: list[Item]

    def every(self) -> Iterator[Filled]:
        """All its boxes."""
        for item in self.items:
            yield from item.every()


def way(file: str, path: Path) -> str:
    """A place in a file as one word: policy.yaml/requirements/0/text."""
    return "/".join([file, *(str(step) for step in path)])


def filled(parts: tuple[Part, ...], files: Mapping[str, str]) -> list[Filling]:
    """The form of some files. ProblemError where a file is no YAML that can be read."""
    trees = {name: mark(files[name], name) for name in {part.file for part in parts} if name in files}
    found = [
        _filling(part, part.path, trees[part.file], files[part.file]) for part in parts if part.file in trees
    ]
    for number, box in enumerate(box for one in found for box in one.every()):
        box.number = number
    return found


def typed(form: list[Filling], files: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """The files with what was typed into the boxes of their form."""
    texts = dict(files)
    for box in (box for one in form for box in one.every()):
        if box.name in values and cleaned(values[box.name]) != cleaned(box.value):
            texts[box.file] = _set(texts[box.file], box, values[box.name])
    return texts


def grown(form: list[Filling], files: Mapping[str, str], name: str) -> dict[str, str]:
    """The files with another item in the list of that name; as they are where the form has no such list."""
    for one in _lists(form):
        if one.name == name:
            file = one.part.file
            path = _path(name)
            return {**files, file: add_item(files[file], path, one.part.item)}
    return dict(files)


def shrunk(form: list[Filling], files: Mapping[str, str], name: str) -> dict[str, str]:
    """The files without the item of that name; as they are where the form has no such item."""
    for one in _lists(form):
        if any(item.name == name for item in one.items):
            return {**files, one.part.file: remove_item(files[one.part.file], _path(name))}
    return dict(files)


def box_at(form: list[Filling], file: str, line: int) -> Filled | None:
    """The box that a line of a file belongs to: the smallest around it, else the last one that begins before it."""
    boxes = [box for one in form for box in one.every() if box.file == file and box.first]
    around = [box for box in boxes if box.first <= line <= box.last]
    if around:
        return min(around, key=lambda box: box.last - box.first)
    return max((box for box in boxes if box.first <= line), key=lambda box: box.first, default=None)


def _lists(form: list[Filling]) -> Iterator[Filling]:
    for one in form:
        if one.part.is_list:
            yield one
        for item in one.items:
            yield from _lists(item.lists)


def _path(name: str) -> Path:
    return tuple(int(step) if step.isdigit() else step for step in name.split("/")[1:])


def _filling(part: Part, path: Path, tree: Marked, text: str) -> Filling:
    here = tree.at(path)
    if not part.is_list:
        return Filling(part, way(part.file, path), [_item(part, path, tree, text, "")])
    count = len(here.items) if here is not None and here.kind == "sequence" else 0
    items = [_item(part, (*path, place), tree, text, str(place + 1)) for place in range(count)]
    return Filling(part, way(part.file, path), items)


def _item(part: Part, path: Path, tree: Marked, text: str, title: str) -> Item:
    boxes = [_box(part.file, box, (*path, *box.key.split(".")), tree, text) for box in part.boxes]
    named = tree.at((*path, part.titled)) if part.titled else None
    title = named.text.strip() if named is not None and named.text.strip() else title
    lists = [_filling(one, (*path, *one.path), tree, text) for one in part.lists]
    here = tree.at(path)
    return Item(way(part.file, path), title, boxes, lists, here.line + 1 if here else 0)


def _box(file: str, box: Box, path: Path, tree: Marked, text: str) -> Filled:
    node = tree.at(path)
    if node is None:
        return Filled(box, file, path, "")
    last = text.count("\n", 0, node.end) + 1
    return Filled(box, file, path, _shown(box, node, text), node.line + 1, max(last, node.line + 1))


def _shown(box: Box, node: Marked, text: str) -> str:
    if box.shape == "yaml":
        return raw_of(text, node)
    if box.shape == "list":
        return "\n".join(one.text for one in node.items) if node.kind == "sequence" else node.text
    return node.text.strip() if node.kind == "scalar" else raw_of(text, node)


def _set(text: str, box: Filled, value: str) -> str:
    if box.box.shape == "yaml":
        return set_raw(text, box.path, value)
    if box.box.shape == "list":
        lines = [line.strip() for line in value.splitlines() if line.strip()]
        written = "[" + ", ".join(_listed(line) for line in lines) + "]" if lines else ""
        return set_raw(text, box.path, written)
    return set_value(text, box.path, value)


def _listed(line: str) -> str:
    """An item of a list in brackets: commas and brackets would end it."""
    written = inline(line)
    return written if written[0] in "'\"" or not set(written) & set(",[]{}") else "'" + written + "'"
