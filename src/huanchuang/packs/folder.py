"""The files of one pack, read with suspicion: no links, nothing outside of the folder, no giants, UTF-8 only."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from huanchuang.packs.messages import hints
from huanchuang.packs.problems import Gather, Place, refusal, suggestion
from huanchuang.packs.tree import Node, parse

if TYPE_CHECKING:
    from huanchuang.packs.library import Library

LARGEST_DEFINITION = 512 * 1024
LARGEST_TABLE = 4 * 1024 * 1024
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column name, blanks around them dropped."""

    cells: dict[str, str]
    place: Place


class PackFolder:
    """One folder ``<kind>/<id>``. Remembers the tables read from it, since they belong to the pack's hash.

    ``library`` is the one it stands in: for kinds that speak of the facts and codes of other packs.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        self.kind = kind
        self.library: Library | None = None
        self.tables: dict[str, list[list[str]]] = {}

    def place(self, name: str = "", line: int | None = None) -> Place:
        label = f"{self.kind}/{self.path.name}"
        return Place(f"{label}/{name}" if name else label, line)

    def has(self, name: str) -> bool:
        return (self.path / name).exists()

    @property
    def is_link(self) -> bool:
        """Whether the folder is only a link to another place."""
        return self.path.is_symlink()

    def definition(self, name: str) -> Node:
        """Returns the tree of a YAML file of the pack."""
        data = self._bytes(name, LARGEST_DEFINITION, self.place(name))
        if data.startswith(BOM):
            raise refusal("bom", self.place(name, 1))
        return parse(_decoded(data, self.place(name)), self.place(name).file)

    def table(
        self, name: str, asked_at: Place, columns: tuple[str, ...], extra: tuple[str, ...] = ()
    ) -> tuple[Row, ...]:
        """Returns the rows of a csv file; ``columns`` must be there, ``extra`` may.

        ``asked_at`` is the line that names the file. A byte order mark is dropped: spreadsheets write one.
        """
        if Path(name).name != name or name in ("", ".", "..") or "\\" in name:
            raise refusal("outside", asked_at, name=name)
        data = self._bytes(name, LARGEST_TABLE, asked_at)
        lines = self._lines(name, _decoded(data.removeprefix(BOM), self.place(name)))
        if not lines:
            raise refusal("empty-table", self.place(name))
        (_, header), *body = lines
        self._check_header(name, header, columns, extra)
        gather = Gather()
        rows = []
        for number, cells in body:
            if len(cells) != len(header):
                gather.add("bad-row", self.place(name, number), found=len(cells), expected=len(header))
                continue
            rows.append(Row(dict(zip(header, cells, strict=True)), self.place(name, number)))
        gather.settle()
        self.tables[name] = [header, *(cells for _, cells in body)]
        return tuple(rows)

    def _lines(self, name: str, text: str) -> list[tuple[int, list[str]]]:
        """Returns the rows that are not empty with the number of their last line."""
        reader = csv.reader(StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), strict=True)
        lines = []
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    lines.append((reader.line_num, [cell.strip() for cell in cells]))
        except csv.Error:
            raise refusal("bad-table", self.place(name, reader.line_num)) from None
        return lines

    def _check_header(
        self, name: str, header: list[str], columns: tuple[str, ...], extra: tuple[str, ...]
    ) -> None:
        place = self.place(name, 1)
        known = (*columns, *extra)
        expected = "、".join(known)
        for column in header:
            if column not in known:
                raise refusal(
                    "unknown-column",
                    place,
                    column=column,
                    expected=expected,
                    **hints(suggestion(column, known)),
                )
            if header.count(column) > 1:
                raise refusal("duplicate-column", place, column=column)
        for column in columns:
            if column not in header:
                raise refusal("bad-header", place, missing=column, expected=expected)

    def _bytes(self, name: str, limit: int, asked_at: Place) -> bytes:
        path = self.path / name
        if path.is_symlink():
            raise refusal("link", self.place(), name=name)
        if not path.is_file():
            raise refusal("no-file", asked_at, name=name)
        size = path.stat().st_size
        if size > limit:
            raise refusal("too-large", self.place(name), size=size, limit=limit)
        try:
            return path.read_bytes()
        except OSError:
            raise refusal("unreadable", self.place(name)) from None


def _decoded(data: bytes, place: Place) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    raise refusal("gbk" if _is_gbk(data) else "not-utf8", Place(place.file, line))


def _is_gbk(data: bytes) -> bool:
    try:
        return bool(data.decode("gb18030"))
    except UnicodeDecodeError:
        return False
