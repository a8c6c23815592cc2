"""Plain text, Markdown, CSV and HTML: text that decodes, without control characters."""

from __future__ import annotations

import re
from pathlib import Path

from huanchuang.files.services.refusals import Refused

Note = dict[str, str]
TEXT_KINDS = frozenset({"txt", "md", "csv", "html"})
WIDE_KINDS = frozenset({"csv"})
"""Kinds whose readers know UTF-16 with its byte order mark: “Unicode text” of Excel."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_MARKUP = re.compile(
    r"<\s*(!doctype\s+html|html|head|body|div|p|table|meta|title|span|h[1-6])\b", re.IGNORECASE
)
_SCRIPT = re.compile(r"<\s*script\b|\bon\w+\s*=|javascript:", re.IGNORECASE)


def check_text(path: Path, kind: str) -> tuple[str, list[Note]]:
    """Check text that its name calls `kind` (empty: something else, then it is called txt). Raises Refused."""
    data = path.read_bytes()
    marked = kind in WIDE_KINDS and data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data and not marked:
        raise Refused("not_text" if kind else "unknown_type", "含有空字节", "it holds zero bytes")
    text = _decoded(data, kind, ("utf-16",) if marked else ("utf-8-sig", "gb18030"))
    if control := _CONTROL.search(text):
        detail = f"第 {text.count(chr(10), 0, control.start()) + 1} 行有控制字符"
        detail_en = f"a control character in line {text.count(chr(10), 0, control.start()) + 1}"
        raise Refused("not_text" if kind else "unknown_type", detail, detail_en)
    if kind != "html":
        return kind or "txt", []
    if not _MARKUP.search(text):
        return "txt", []
    return "html", [_script_note()] if _SCRIPT.search(text) else []


def _decoded(data: bytes, kind: str, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("not_text" if kind else "unknown_type", "无法解码", "it does not decode")


def _script_note() -> Note:
    return {
        "zh": "网页含脚本：只能下载，平台不会在浏览器中运行它。",
        "en": "The page holds scripts: it can be downloaded only and is never run here.",
    }
