"""PDF: whole, without a password, without content that runs.

The marks are searched in the raw bytes and in unpacked object streams, where writers of PDF 1.5 and later hide them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from huanchuang.files.services.refusals import Refused

Note = dict[str, str]
_TAIL = 4096
_MOST_UNPACKED = 64 << 20
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_DICT_SPAN = 2048
_FLATE = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*[\]/>\s]")
_PLAIN_START = re.compile(rb"\s*\d+\s+\d+\s")
_REFUSED = {
    b"/JavaScript": ("脚本", "JavaScript"),
    b"/Launch": ("启动程序的动作", "an action that starts a program"),
    b"/RichMedia": ("多媒体程序", "rich media"),
}
_NOTED: dict[bytes, Note] = {
    b"/EmbeddedFile": {
        "zh": "PDF 带有附件，平台不会打开它们。",
        "en": "The PDF carries attachments; they are never opened here.",
    },
    b"/XFA": {
        "zh": "PDF 是动态表单，文字可能读不出来。",
        "en": "The PDF is a dynamic form; its text may be unreadable here.",
    },
}


def check_pdf(path: Path) -> tuple[str, list[Note]]:
    """Check a PDF; returns its kind and notes. Raises Refused."""
    data = path.read_bytes()
    tail = data[-_TAIL:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise Refused("damaged", "缺少结尾", "its end is missing")
    if b"/Encrypt" in _names_plain(data):
        _check_opens_without_password(path)
    seen = set(_marks(data))
    for mark, (zh, en) in _REFUSED.items():
        if mark in seen:
            raise Refused("active_pdf", zh, en)
    return "pdf", [note for mark, note in _NOTED.items() if mark in seen]


def _check_opens_without_password(path: Path) -> None:
    """A PDF that only restricts printing opens; its object streams cannot be searched here, so PDFium is asked."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            scripts = pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(document)
    except pypdfium2.PdfiumError:
        raise Refused("encrypted") from None
    if scripts > 0:
        raise Refused("active_pdf", *_REFUSED[b"/JavaScript"])


def _marks(data: bytes) -> Iterator[bytes]:
    for text in (data, *_object_streams(data)):
        plain = _names_plain(text)
        yield from (
            mark for mark in (*_REFUSED, *_NOTED) if re.search(re.escape(mark) + rb"(?![A-Za-z])", plain)
        )


def _names_plain(data: bytes) -> bytes:
    """Names with their codes resolved: /J#61vaScript is /JavaScript."""
    return _NAME_CODE.sub(lambda code: bytes([int(code.group(1), 16)]), data)


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The unpacked object streams. Every mention of one must be followed by its own stream, so that none is hidden."""
    mentions = list(re.finditer(rb"/ObjStm", data))
    if len(mentions) != _names_plain(data).count(b"/ObjStm"):
        raise _odd()
    unpacked = end = 0
    for mention in mentions:
        start = _STREAM.search(data, mention.end(), mention.end() + _DICT_SPAN)
        if start is None or mention.start() < end:
            raise _odd()
        about = data[max(end, mention.start() - _DICT_SPAN) : start.start()].rpartition(b" obj")[2]
        content = _unpacked(data, start.end(), about, _MOST_UNPACKED - unpacked)
        unpacked, end = unpacked + len(content), start.end()
        yield content


def _odd() -> Refused:
    return Refused("odd_archive", "对象流的写法不常见", "an object stream is written in an uncommon way")


def _unpacked(data: bytes, start: int, about: bytes, most: int) -> bytes:
    if b"/Filter" not in about:
        if _PLAIN_START.match(data, start) is None:
            raise _odd()
        return b""  # not packed: searched with the whole file
    if _FLATE.search(about) is None:
        raise _odd()
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(memoryview(data)[start:], max(1, most))
    except zlib.error:
        return b""  # encrypted with an empty password: PDFium has looked
    if inflater.unconsumed_tail:
        raise Refused("bomb", "对象流过大", "an object stream is too large")
    return content
