"""Word documents (docx), read from their XML.

Paragraphs become lines, table rows lines with cells parted by " | ". The numbers that Word computes are written out;
of tracked changes the accepted version is taken; footnotes follow at the end. Entities and document types in the XML
are refused, sizes are limited.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.reader.formats.docx_numbers import Numbering
from huanchuang.engines.reader.formats.docx_xml import MC, W, attribute, whole
from huanchuang.engines.reader.values import Paper

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LARGEST_PART = 200_000_000
_WIDEST = 60
_OLE = b"\xd0\xcf\x11\xe0"
_DROPPED = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{W}instrText",
        f"{W}delText",
        f"{W}pPr",
        f"{W}rPr",
        f"{MC}Fallback",
        f"{W}rt",
    }
)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_SEPARATOR_NOTES = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(data: bytes, name: str) -> Paper:
    """The text of a docx; ProblemError where it is encrypted, damaged or no Word document."""
    if data.startswith(_OLE):
        raise _refused(
            name,
            "加了密码，或是旧版 doc 格式",
            "请去掉密码后另存为 docx",
            "has a password or is an old doc file",
            "Remove the password and save it as docx",
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            body = _part(archive, "word/document.xml", name)
            numbers = Numbering(
                _optional(archive, "word/numbering.xml", name), _optional(archive, "word/styles.xml", name)
            )
            notes = _optional(archive, "word/footnotes.xml", name)
    except (
        BadZipFile,
        KeyError,
        ParseError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        DefusedXmlException,
    ) as error:
        if isinstance(error, RuntimeError) and "encrypted" in str(error):
            raise _refused(
                name, "加了密码", "请去掉密码后再上传", "has a password", "Remove the password"
            ) from error
        raise _refused(
            name,
            "已损坏或不是 Word 文档",
            "请用 Word 打开并另存为 docx 后再上传",
            "is damaged or no Word document",
            "Open it in Word and save it again as docx",
        ) from error
    lines = [*_lines(body, numbers), *_notes(notes)]
    return Paper("\n".join(lines) + "\n", "docx", name)


def _refused(name: str, what: str, remedy: str, en_what: str, en_remedy: str) -> ProblemError:
    return refuse(
        "reader.docx",
        (f"文件 {name or 'docx'}", what, remedy),
        (f"file {name or 'docx'}", en_what, en_remedy),
    )


def _part(archive: ZipFile, path: str, name: str) -> Element:
    if archive.getinfo(path).file_size > _LARGEST_PART:
        raise _refused(
            name,
            "展开后过大",
            "请拆分成几个文件",
            "is too large when unpacked",
            "Split it into several files",
        )
    root: Element = fromstring(archive.read(path), forbid_dtd=True)
    return root


def _optional(archive: ZipFile, path: str, name: str) -> Element | None:
    return _part(archive, path, name) if path in archive.namelist() else None


def _lines(root: Element, numbers: Numbering) -> Iterator[str]:
    """The lines of all blocks; a paragraph whose mark was deleted goes on with the next one."""
    carried = ""
    for block in _blocks(root):
        if block.tag == f"{W}tbl":
            yield from _table(block, numbers)
            continue
        text = carried + numbers.label(block) + _text(block)
        if block.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            carried = text
            continue
        carried = ""
        yield text
        yield from _boxes(block, numbers)
    if carried:
        yield carried


def _blocks(element: Element) -> Iterator[Element]:
    """Paragraphs and tables below an element, through the wrappers that Word puts around them."""
    for child in element:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _DROPPED and child.tag != f"{W}tr":
            yield from _blocks(child)


def _text(element: Element) -> str:
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Element, parts: list[str]) -> None:
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _DROPPED and child.tag != f"{W}txbxContent":
            _collect(child, parts)


def _boxes(paragraph: Element, numbers: Numbering) -> Iterator[str]:
    """Text boxes that hang on a paragraph; the copy for old programs (Fallback) is left out."""
    old = {
        id(box) for fallback in paragraph.iter(f"{MC}Fallback") for box in fallback.iter(f"{W}txbxContent")
    }
    for box in paragraph.iter(f"{W}txbxContent"):
        if id(box) not in old:
            yield from _lines(box, numbers)


def _table(table: Element, numbers: Numbering) -> Iterator[str]:
    """A line per row, a frame of one cell as its lines. Cells over several columns leave blanks, so that columns stay under each other; a cell that is
    merged with the one above is blank too."""
    for row in _inside(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        inner = list(_inside(row, f"{W}tc"))
        if len(inner) == 1:  # a frame around a text
            yield from _lines(inner[0], numbers)
            continue
        cells = [""] * min(whole(attribute(row.find(f"{W}trPr/{W}gridBefore"))), _WIDEST)
        for cell in inner:
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            text = "" if merged is not None and attribute(merged) != "restart" else _cell(cell, numbers)
            cells += [
                text,
                *[""] * (min(whole(attribute(cell.find(f"{W}tcPr/{W}gridSpan")), 1), _WIDEST) - 1),
            ]
        yield " | ".join(cells)


def _cell(cell: Element, numbers: Numbering) -> str:
    return " ".join(line for line in _lines(cell, numbers) if line).replace("\n", " ")


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through the wrappers around them, not those of a table within."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _DROPPED and child.tag not in (f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield from _inside(child, tag)


def _notes(root: Element | None) -> Iterator[str]:
    if root is None:
        return
    notes = [
        note
        for note in root
        if note.tag == f"{W}footnote" and attribute(note, "type") not in _SEPARATOR_NOTES
    ]
    for number, note in enumerate(notes, 1):
        text = "".join(_text(block) for block in _blocks(note)).strip()
        if text:
            yield f"注{number}：{text}"
