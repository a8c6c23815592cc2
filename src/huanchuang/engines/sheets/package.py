"""The parts of an xlsx beside the cells: which sheets there are, which styles show percentages, where days begin."""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from huanchuang.engines.sheets.refusals import refusal

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
_RELATION_ID = re.compile(r"\{.*/relationships\}id$")
_PIECE = 1 << 18
_PERCENT_FORMATS = frozenset({"9", "10"})
_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, the part that holds its cells, and whether the workbook shows it."""

    name: str
    path: str
    is_hidden: bool


class Package:
    """An xlsx as an archive whose parts are unpacked one at a time, within a limit."""

    def __init__(self, data: bytes, name: str, most: int) -> None:
        self.name = name
        self._most = most
        try:
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError, struct.error):
            raise refusal("damaged", name) from None
        self.names = frozenset(self._archive.namelist())

    def part(self, path: str) -> bytes:
        """The bytes of a part; ProblemError where it is missing, damaged or too large."""
        return b"".join(self.pieces(path))

    def pieces(self, path: str) -> Iterator[bytes]:
        """A part in pieces, so that a giant can be refused before all of it is unpacked."""
        if path not in self.names:
            raise refusal("damaged", self.name)
        total = 0
        try:
            with self._archive.open(path) as stream:
                while piece := stream.read(_PIECE):
                    total += len(piece)
                    if total > self._most:
                        raise refusal("large", self.name)
                    yield piece
        except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, struct.error):
            raise refusal("damaged", self.name) from None

    def tree(self, path: str) -> Element:
        """The XML of a small part."""
        try:
            found: Element = fromstring(self.part(path), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            raise refusal("damaged", self.name) from None
        return found

    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets in the order of their tabs; charts and dialogs are none."""
        paths = {
            relation.get("Id", ""): _below_xl(relation.get("Target", ""))
            for relation in self.tree(RELATIONS)
            if relation.get("Type", "").endswith("/worksheet")
        }
        found = []
        for entry in self.tree(WORKBOOK).iter():
            if _local(entry.tag) != "sheet":
                continue
            path = paths.get(next((value for key, value in entry.items() if _RELATION_ID.search(key)), ""))
            if path in self.names:
                hidden = entry.get("state", "visible") != "visible"
                found.append(SheetPart(entry.get("name", ""), path or "", hidden))
        return tuple(found)

    def counts_from_1904(self) -> bool:
        """Whether serial numbers of days count from 1904-01-01."""
        settings = (entry for entry in self.tree(WORKBOOK).iter() if _local(entry.tag) == "workbookPr")
        return any(entry.get("date1904") in ("1", "true") for entry in settings)

    def percent_styles(self) -> frozenset[str]:
        """The numbers of the cell styles that show a percentage."""
        if STYLES not in self.names:
            return frozenset()
        formats, styles = set(_PERCENT_FORMATS), []
        for entry in self.tree(STYLES).iter():
            tag = _local(entry.tag)
            if tag == "numFmt" and "%" in _QUOTED.sub("", entry.get("formatCode", "")):
                formats.add(entry.get("numFmtId", ""))
            elif tag == "cellXfs":
                styles = [style.get("numFmtId", "") for style in entry]
        return frozenset(str(number) for number, form in enumerate(styles) if form in formats)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _below_xl(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
