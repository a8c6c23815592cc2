"""From bytes to text: one module per kind of file.

1. `text`: txt and md; UTF-8 first, a BOM dropped, GB18030 as the second guess; no newline is changed.
2. `docx`: paragraphs, tables, the numbers that Word computes, footnotes; tracked changes as if accepted.
3. `pdf`: the text layer page by page, page numbers dropped; a scanned page is a problem with a hint.
4. `html`: what a reader of the page sees, without its furniture.

Offsets of everything read later count characters of the text returned here.
"""

from __future__ import annotations

from collections.abc import Callable

from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.reader.formats.docx import read_docx
from huanchuang.engines.reader.formats.html import read_html
from huanchuang.engines.reader.formats.pdf import read_pdf
from huanchuang.engines.reader.formats.text import read_text
from huanchuang.engines.reader.values import Paper

READERS: dict[str, Callable[[bytes, str], Paper]] = {
    "docx": read_docx,
    "pdf": read_pdf,
    "html": read_html,
    "htm": read_html,
    "txt": read_text,
    "md": read_text,
}


def paper_from_bytes(data: bytes, kind: str, name: str = "") -> Paper:
    """The paper in a file's bytes; `kind` is its suffix (docx, pdf, html, txt, md), `name` is used in messages.

    Raises ProblemError for empty, damaged, encrypted or binary input and for kinds that cannot be read.
    """
    kind = kind.lower().lstrip(".")
    reader = READERS.get(kind)
    if reader is None:
        raise _unknown(kind, name)
    if not data.strip():
        raise refuse(
            "reader.empty",
            (f"文件 {name or kind}", "是空的", "请确认选对了文件，再上传一次"),
            (f"file {name or kind}", "is empty", "Check that it is the right file and upload it again"),
        )
    paper = reader(data, name)
    return Paper(paper.text, "html" if kind == "htm" else kind, name, paper.problems)


def _unknown(kind: str, name: str) -> ProblemError:
    if kind in ("xls", "et"):
        remedy = ("请在 Excel 或 WPS 中另存为 xlsx", "Save it as xlsx in Excel or WPS")
    elif kind in ("doc", "wps", "rtf"):
        remedy = ("请在 Word 或 WPS 中另存为 docx", "Save it as docx in Word or WPS")
    else:
        remedy = (
            "可读的格式是 docx、pdf、html、txt、md 和 xlsx 分解表",
            "Readable kinds are docx, pdf, html, txt, md, and xlsx for allotment tables",
        )
    return refuse(
        "reader.kind",
        (f"文件 {name or kind}", f"是 {kind or '未知'} 格式，还不能读", remedy[0]),
        (f"file {name or kind}", f"is of kind {kind or 'unknown'}, which cannot be read yet", remedy[1]),
    )
