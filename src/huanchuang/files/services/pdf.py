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
_DICT_BEFORE = 4096
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
    unpacked = 0
    for start in _STREAM.finditer(data):
        about = _names_plain(data[max(0, start.start() - _DICT_BEFORE) : start.start()]).rpartition(b" obj")[
            2
        ]
        if b"/ObjStm" not in about or b"/Filter" not in about:
            continue
        if re.search(rb"/Filter\s*\[?\s*/FlateDecode\s*[\]/>\r\n ]", about) is None:
            raise Refused("odd_archive", "对象流的压缩方法不常见", "uncommon compression of an object stream")
        content = _unpacked(data, start.end(), _MOST_UNPACKED - unpacked)
        unpacked += len(content)
        yield content


def _unpacked(data: bytes, start: int, most: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(memoryview(data)[start:], max(1, most))
    except zlib.error:
        return b""  # encrypted with an empty password: PDFium has looked
    if inflater.unconsumed_tail:
        raise Refused("bomb", "对象流过大", "an object stream is too large")
    return content
