"""A paper out of a file of any kind, workbooks included."""

from __future__ import annotations

from collections.abc import Iterator

from huanchuang.engines.kernel.problem import Problem, ProblemText
from huanchuang.engines.reader import Paper, paper_from_bytes
from huanchuang.engines.sheets import Broken, Cell, Sheet, address, open_book, read_sheet, text_of

KINDS = ("docx", "pdf", "html", "htm", "txt", "md", "xlsx")
"""Suffixes of files that can be read."""
_JOINT = " | "


def paper_from_file(data: bytes, kind: str, name: str = "") -> Paper:
    """The paper in a file; `kind` is its suffix, `name` is used in messages. ProblemError where it cannot be read."""
    kind = kind.lower().lstrip(".")
    return _workbook(data, name) if kind == "xlsx" else paper_from_bytes(data, kind, name)


def _workbook(data: bytes, name: str) -> Paper:
    """All sheets that are shown, one below the other; cells that hold an error are named in the paper's problems."""
    book = open_book(data, name or "xlsx")
    sheets = [read_sheet(book, entry.name) for entry in book.sheets if not entry.is_hidden]
    lines = [line for sheet in sheets for line in _lines(sheet)]
    problems = [problem for sheet in sheets for problem in _problems(sheet)]
    return Paper("\n".join(lines) + "\n", "xlsx", name, tuple(problems))


def _lines(sheet: Sheet) -> Iterator[str]:
    """A line per row: of a title its text, of other rows the cells up to the last column of the sheet that is used."""
    for row in sheet.rows:
        texts = [_text(cell) for cell in row]
        filled = [text for text in texts if text]
        if len(filled) == 1 and (texts[0] or sheet.width == 1):
            yield filled[0]
        elif filled:
            yield _JOINT.join([*texts, *[""] * (sheet.width - len(texts))])


def _text(cell: Cell) -> str:
    if cell is None or isinstance(cell, Broken):
        return ""
    return " ".join(text_of(cell).replace("|", "｜").split())


def _problems(sheet: Sheet) -> Iterator[Problem]:
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if isinstance(cell, Broken):
                where = address(number, column)
                yield cell.problem(f"工作表“{sheet.name}”{where}", f"sheet {sheet.name}, {where}")
    for note in sheet.notes:
        yield Problem(
            f"工作表“{sheet.name}”", note.zh, "请核对是否都要读入", "reader.sheet", ProblemText(f"sheet {sheet.name}", note.en, "Check whether all of it was meant")
        )  # fmt: skip
