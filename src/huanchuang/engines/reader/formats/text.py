"""Plain text and Markdown."""

from __future__ import annotations

from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.reader.values import Paper

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_TEXT_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f\x85")


def read_text(data: bytes, name: str) -> Paper:
    """UTF-8 (with or without BOM), UTF-16 with BOM or GB18030; newlines stay as they are. ProblemError for binary data."""
    text = decode(data, name)
    if not text.strip():
        raise refuse(
            "reader.empty",
            (f"文件 {name or 'txt'}", "里没有文字", "请确认选对了文件，再上传一次"),
            (f"file {name or 'txt'}", "has no text", "Check that it is the right file and upload it again"),
        )
    return Paper(text, "txt", name)


def decode(data: bytes, name: str) -> str:
    """The characters of the data; ProblemError where it is no text in a known encoding."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(data[len(bom) :], encoding, name)
    try:
        return _refuse_binary(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _checked(data, "gb18030", name)


def _checked(data: bytes, encoding: str, name: str) -> str:
    try:
        return _refuse_binary(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error


def _refuse_binary(text: str, name: str) -> str:
    """A text has hardly any control characters; a picture or a program is full of them."""
    if "\x00" in text:
        raise _no_text(name)
    controls = sum(1 for sign in text[:20_000] if sign < " " and sign not in _TEXT_CONTROLS)
    if controls > 8 and controls * 100 > min(len(text), 20_000):
        raise _no_text(name)
    return text


def _no_text(name: str) -> ProblemError:
    return refuse(
        "reader.encoding",
        (
            f"文件 {name or 'txt'}",
            "不是 UTF-8 或 GB18030 编码的文本",
            "请用记事本另存为 UTF-8，或上传 docx、pdf 原件",
        ),
        (
            f"file {name or 'txt'}",
            "is no text in UTF-8 or GB18030",
            "Save it as UTF-8, or upload the docx or pdf",
        ),
    )
