"""Office Open XML (docx, xlsx): an archive whose parts are measured, and searched for what runs, fetches or unpacks.

Nothing is handed to an XML parser before its bytes were searched for DTD and entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipInfo

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from huanchuang.files.services.archives import members, pieces
from huanchuang.files.services.links import Note, link_notes
from huanchuang.files.services.refusals import Refused

TYPES = "[Content_Types].xml"
MOST_INDEX_BYTES = 8 << 20
"""Unpacked size of a part that is parsed here (types and relationships)."""
_MAIN = re.compile(
    r"(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)\.main\+xml$"
)
_KINDS = {
    "wordprocessingml.document": "docx",
    "spreadsheetml.sheet": "xlsx",
    "presentationml.presentation": "pptx",
}
_MACRO_TYPE = re.compile(
    r"macroEnabled|vbaProject|intlmacrosheet|excel\.macrosheet|activeX|\.addin\.", re.IGNORECASE
)
_MACRO_NAME = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets/.*|activeX/.*)$", re.IGNORECASE)
_XML_NAME = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)["']""", re.IGNORECASE)
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf8", "us-ascii", "ascii"})
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf")
_SEAM = 64
"""Bytes searched again at the seam of two pieces; twice the longest pattern in UTF-16."""


def check_office(path: Path) -> tuple[str, list[Note]]:
    """Check an archive that should be docx or xlsx; returns kind and notes. Raises Refused."""
    found = members(path)
    names = {info.filename for info in found}
    if TYPES not in names or "_rels/.rels" not in names:
        raise Refused("archive")
    if macro := next((name for name in sorted(names) if _MACRO_NAME.search(name)), ""):
        raise Refused("macros", macro)
    with path.open("rb") as handle:
        index = {info.filename: part for info in found if (part := _searched(handle, info)) is not None}
    kind = _kind(_parsed(TYPES, index[TYPES]))
    relationships = (
        (name, _parsed(name, part)) for name, part in sorted(index.items()) if name.endswith(".rels")
    )
    return kind, [*link_notes(relationships), *_embedded_notes(names)]


def _searched(handle: BinaryIO, info: ZipInfo) -> bytes | None:
    """Inflate a part completely and search it; the content is returned for types and relationships only."""
    is_index = info.filename == TYPES or info.filename.endswith(".rels")
    if is_index and info.file_size > MOST_INDEX_BYTES:
        raise Refused("bomb", info.filename)
    stream = pieces(handle, info)
    if _XML_NAME.search(info.filename):
        stream = _without_dtd(stream, info.filename)
    elif "/embeddings/" not in info.filename:
        stream = _not_an_archive(stream, info.filename)
    if is_index:
        return b"".join(stream)
    for _piece in stream:
        pass
    return None


def _without_dtd(stream: Iterable[bytes], name: str) -> Iterator[bytes]:
    before, first = b"", True
    for piece in stream:
        window = before + piece
        # UTF-16 becomes its ASCII part by leaving out the zero bytes; UTF-8 XML has none.
        if _DTD.search(window.replace(b"\x00", b"")):
            raise Refused("doctype", part=name)
        if first and len(window) >= _SEAM:
            _check_encoding(window[:400], name)
            first = False
        before = window[-_SEAM:] if not first else window
        yield piece
    if first:
        _check_encoding(before, name)


def _check_encoding(beginning: bytes, name: str) -> None:
    """Only UTF-8 and UTF-16, in which the search above sees everything: UTF-7, UTF-32 or EBCDIC would hide a DTD."""
    bare = beginning.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    wide = bare.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))
    plain = bare.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip(b" \t\r\n")
    told = _ENCODING.match(plain)
    known = told is None or told.group(1).decode("ascii").lower() in _ENCODINGS
    four_bytes = b"\x00\x00" in bare[:8]
    if bare and (not plain.startswith(b"<") or not known or four_bytes or (b"\x00" in bare and not wide)):
        raise Refused("odd_archive", f"{name} 的编码不常见", f"uncommon encoding of {name}")


def _not_an_archive(stream: Iterable[bytes], name: str) -> Iterator[bytes]:
    beginning = b""
    for piece in stream:
        if len(beginning) < 8:
            beginning += piece[:8]
            if beginning.startswith(_ARCHIVES):
                raise Refused(
                    "odd_archive", f"{name} 是压缩包中的压缩包", f"{name} is an archive in the archive"
                )
        yield piece


def _parsed(name: str, part: bytes) -> Element:
    try:
        tree: Element = fromstring(part, forbid_dtd=True)
    except DefusedXmlException:
        raise Refused("doctype", part=name) from None
    except (ParseError, ValueError, LookupError):
        raise Refused("damaged", f"{name} 不是有效的 XML", f"{name} is not valid XML") from None
    return tree


def _kind(types: Element) -> str:
    kinds = set()
    for entry in types:
        told = entry.get("ContentType", "")
        place = entry.get("PartName") or f"*.{entry.get('Extension', '')}"
        if _MACRO_TYPE.search(told):
            raise Refused("macros", place)
        if told.endswith(("+xml", "/xml")) and told != "image/svg+xml" and not _XML_NAME.search(place):
            raise Refused("odd_archive", f"{place} 的类型与名称不符", f"type and name of {place} disagree")
        if main := _MAIN.search(told):
            kinds.add(_KINDS[main.group(1)])
    if len(kinds) != 1:
        raise Refused("unknown_type")
    return kinds.pop()


def _embedded_notes(names: Iterable[str]) -> list[Note]:
    count = sum("/embeddings/" in name and not name.endswith("/") for name in names)
    if not count:
        return []
    return [
        {
            "zh": f"文件内嵌有 {count} 个对象，平台不会打开它们。",
            "en": f"{count} objects are embedded in the file; they are never opened here.",
        }
    ]
