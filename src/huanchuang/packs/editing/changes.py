"""One change to a YAML text: a value set, an item added or taken away."""

from __future__ import annotations

from collections.abc import Mapping

from huanchuang.packs.editing.marks import Marked, Path, mark
from huanchuang.packs.editing.writing import block, cleaned, inline

STEP = 2
"""Blanks by which what is added stands further in."""


def set_value(text: str, path: Path, value: str) -> str:
    """The text with another text at `path`; a key that is not there is added, an empty value leaves the key blank."""
    tree = mark(text)
    found = tree.at(path)
    wanted = cleaned(value)
    if found is not None:
        if found.kind == "scalar" and cleaned(found.text) == wanted and (wanted or found.is_blank):
            return text
        return _replaced(text, found, wanted, _margin(tree, path), flows=_in_brackets(tree, path))
    parent, key = tree.at(path[:-1]), path[-1]
    if not wanted or not isinstance(key, str):
        return text
    if (parent is None or parent.is_blank) and len(path) > 1:
        return set_raw(text, path[:-1], f"{key}: {_piece(wanted)}")
    return _with_key(text, parent, key, wanted) if parent is not None and parent.kind == "mapping" else text


def _piece(value: str) -> str:
    return block(value, STEP) if "\n" in value else inline(value)


def set_values(text: str, values: Mapping[Path, str]) -> str:
    """The text with several values set, one after the other."""
    for path, value in values.items():
        text = set_value(text, path, value)
    return text


def set_raw(text: str, path: Path, written: str) -> str:
    """The text with a piece of YAML at `path`, as somebody wrote it: in brackets on the line, or as lines below the key."""
    tree = mark(text)
    found, parent = tree.at(path), tree.at(path[:-1])
    piece = written.replace("\r\n", "\n").strip("\n").rstrip()
    if parent is None or parent.kind != "mapping" or not isinstance(path[-1], str):
        return text
    if found is None:
        return _with_piece(text, parent, path[-1], piece) if piece else text
    return _cut(text, found, _as_piece(piece, _margin(tree, path) + STEP))


def add_item(text: str, path: Path, item: str) -> str:
    """The text with another item (YAML lines) at the end of a list; a list that is not there is begun."""
    tree = mark(text)
    found = tree.at(path)
    if found is None or found.is_blank or not found.items or found.style:
        return set_raw(text, path, "- " + _moved(item.strip("\n"), STEP).lstrip()) if path else text
    margin = _dash_column(text, found)
    begin = _line_end(text, found.end)
    added = " " * margin + "- " + _moved(item.strip("\n"), margin + STEP).lstrip()
    return text[:begin] + "\n" + added + text[begin:]


def remove_item(text: str, path: Path) -> str:
    """The text without an item of a list; the last item takes the key of the list with it."""
    tree = mark(text)
    found, parent = tree.at(path), tree.at(path[:-1])
    if found is None or parent is None or parent.kind != "sequence" or parent.style:
        return text
    if len(parent.items) == 1:
        return _without_key(text, tree, path[:-1])
    return _without_lines(text, found.start, found.end)


def _replaced(text: str, found: Marked, value: str, margin: int, *, flows: bool) -> str:
    if not value:
        return _cut(text, found, "" if not flows else '""')
    if not flows and ("\n" in value or (found.style == "|" and found.kind == "scalar")):
        return _cut(text, found, block(value, margin + STEP))
    return _cut(text, found, inline(value))


def _cut(text: str, found: Marked, piece: str) -> str:
    """`piece` in the place of a value; what stood below its key goes with it."""
    start = found.start
    while start > 0 and text[start - 1] in " \n" and text[:start].rstrip(" \n").endswith(":"):
        start -= 1
    if start > 0 and text[start - 1] == ":" and piece and not piece.startswith("\n"):
        piece = " " + piece
    return text[:start] + piece + text[max(found.end, start) :]


def _with_key(text: str, parent: Marked, key: str, value: str) -> str:
    if parent.style:
        return _in_flow(text, parent, f"{key}: {inline(value)}")
    written = block(value, parent.column + STEP) if "\n" in value else inline(value)
    return _after(text, parent, f"{key}: {written}")


def _with_piece(text: str, parent: Marked, key: str, piece: str) -> str:
    if parent.style:
        return _in_flow(text, parent, f"{key}: {piece}")
    return _after(text, parent, f"{key}:{_as_piece(piece, parent.column + STEP, spaced=True)}")


def _in_flow(text: str, parent: Marked, entry: str) -> str:
    comma = ", " if parent.keys else ""
    return text[: parent.end - 1] + comma + entry + text[parent.end - 1 :]


def _after(text: str, parent: Marked, entry: str) -> str:
    begin = _line_end(text, parent.end)
    return text[:begin] + "\n" + " " * parent.column + entry + text[begin:]


def _as_piece(piece: str, margin: int, *, spaced: bool = False) -> str:
    if "\n" in piece or piece.startswith("- ") or (": " in piece and piece[0] not in "{[\"'"):
        return "\n" + _moved(piece, margin)
    return " " + piece if spaced and piece else piece


def _moved(piece: str, margin: int) -> str:
    return "\n".join(" " * margin + line if line.strip() else "" for line in piece.split("\n"))


def _margin(tree: Marked, path: Path) -> int:
    """How far in the key of a value stands."""
    parent = tree.at(path[:-1])
    return parent.column if parent is not None else 0


def _in_brackets(tree: Marked, path: Path) -> bool:
    return any(
        node is not None and node.style == "flow" for node in (tree.at(path[:n]) for n in range(len(path)))
    )


def _dash_column(text: str, found: Marked) -> int:
    first = found.items[0].start
    begin = text.rfind("\n", 0, first) + 1
    return text.index("-", begin) - begin


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _without_lines(text: str, start: int, end: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    stop = _line_end(text, end)
    return text[:begin] + text[min(stop + 1, len(text)) :]


def _without_key(text: str, tree: Marked, path: Path) -> str:
    parent = tree.at(path[:-1])
    if parent is None:
        return text
    for key, value in parent.keys:
        if key.text == path[-1]:
            return (
                _without_lines(text, key.start, value.end) if len(parent.keys) > 1 else _cut(text, value, "")
            )
    return text
