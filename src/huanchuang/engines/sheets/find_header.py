"""Where the heading of a table is: below titles, above the data, in one row or up to three.

Two things speak for a row: headings that are known, and its shape (several short texts, all different, as wide as what
comes below). Known headings decide; without any the shape does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.sheets.cells import Cell, Merge, Sheet, address
from huanchuang.engines.sheets.headings import LONGEST, plain_heading, split_heading

SEARCHED = 60
"""Rows from the top among which the heading is looked for."""
MOST_ROWS = 3
_NUMBER = re.compile(r"[-+]?[\d.,%]+")
_BELOW = 12
_MOST_MERGES = 2000
_NARROW = 0.5
"""A heading without known names must be at least this share as wide as the rows below."""


@dataclass(frozen=True, slots=True)
class Header:
    """Rows `first` to `last` (from 0) and for each column the headings above each other, without repetition."""

    first: int
    last: int
    parts: tuple[tuple[str, ...], ...]


def header_of(sheet: Sheet, known: frozenset[str]) -> Header:
    """The heading of the sheet's table. ProblemError where there is none."""
    if not any(cell is not None for row in sheet.rows for cell in row):
        raise refuse(
            "sheets.blank_sheet",
            (f"工作表“{sheet.name}”", "是空的", "请选择有内容的工作表，或确认选对了文件"),
            (
                f"sheet {sheet.name}",
                "is empty",
                "Choose a sheet with content, or check that it is the right file",
            ),
        )
    near = tuple(merge for merge in sheet.merges if merge.top < SEARCHED)[:_MOST_MERGES]
    sheet = replace(sheet, merges=near)
    best = _best_row(sheet, known)
    if best is None:
        raise _no_header(sheet)
    first = last = best
    while first > 0 and last - first + 1 < MOST_ROWS and _is_pair(sheet, first - 1, first):
        first -= 1
    while last - first + 1 < MOST_ROWS and last + 1 < len(sheet.rows) and _is_pair(sheet, last, last + 1):
        last += 1
    width = max(len(row) for row in sheet.rows[first : last + 1])
    return Header(first, last, tuple(_parts(sheet, first, last, column) for column in range(width)))


def _best_row(sheet: Sheet, known: frozenset[str]) -> int | None:
    best, most = None, 0
    for index in range(min(len(sheet.rows), SEARCHED)):
        texts = _texts(sheet.rows[index])
        hits = sum(_is_known(text, known) for text in texts)
        if hits > most and hits * 3 >= len(texts) and _looks_like_heading(sheet, index, least=1):
            best, most = index, hits
    if best is not None:
        return best
    shaped = (index for index in range(min(len(sheet.rows), SEARCHED)) if _has_shape(sheet, index))
    return next(shaped, None)


def _is_known(text: str, known: frozenset[str]) -> bool:
    return plain_heading(text) in known or plain_heading(split_heading(text)[0]) in known


def _texts(row: Sequence[Cell]) -> list[str]:
    """The words of a row; in a csv numbers are texts too, and name nothing."""
    return [cell for cell in row if isinstance(cell, str) and not _NUMBER.fullmatch(cell)]


def _looks_like_heading(sheet: Sheet, index: int, least: int) -> bool:
    """Short texts, nearly all different, hardly any number among them; no line of labels such as 填报单位：… ."""
    cells = [cell for cell in sheet.rows[index] if cell is not None]
    texts = _texts(sheet.rows[index])
    if len(texts) < least or len(texts) * 3 < len(cells) * 2:
        return False
    if any(len(text) > LONGEST * 3 for text in texts):
        return False
    short = sum(len(text) <= LONGEST for text in texts)
    labels = sum(_is_label(text) for text in texts)
    return (
        short * 2 >= len(texts) and labels * 2 < max(len(texts), 2) and len(set(texts)) * 10 >= len(texts) * 8
    )


def _is_label(text: str) -> bool:
    """A line such as 填报单位：某某局, which names something and says it."""
    before, colon, after = text.replace("：", ":").partition(":")
    return bool(colon and before.strip() and after.strip() and "(" not in before and "（" not in before)


def _has_shape(sheet: Sheet, index: int) -> bool:
    if not _looks_like_heading(sheet, index, least=2) or _is_wide_merge(sheet, index):
        return False
    below = [
        sum(cell is not None for cell in row)
        for row in sheet.rows[index + 1 : index + 1 + _BELOW]
        if any(row)
    ]
    width = sum(cell is not None for cell in sheet.rows[index])
    return bool(below) and width >= 2 and width >= _NARROW * median(below)


def _is_wide_merge(sheet: Sheet, index: int) -> bool:
    """Whether one merged cell takes most of the row: a title."""
    return any(
        merge.top <= index <= merge.bottom and (merge.right - merge.left + 1) * 10 >= sheet.width * 7
        for merge in sheet.merges
    )


def _is_pair(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether two rows are one heading: the lower one names only what the upper one groups or leaves open."""
    above, below = _filled(sheet.rows[upper]), _filled(sheet.rows[lower])
    if not below or len(above) < 2 or not _looks_like_heading(sheet, lower, least=1):
        return False
    if not _looks_like_heading(sheet, upper, least=2) or _is_wide_merge(sheet, upper):
        return False
    if any(not isinstance(sheet.rows[lower][column], str) for column in below):
        return False
    grouped = _grouped(sheet, upper, max(above | below) + 1)
    under = {column for span in grouped for column in range(span[0], span[1] + 1)}
    return (
        bool(grouped)
        and below <= under
        and all(any(column in below for column in range(first, last + 1)) for first, last in grouped)
    )


def _filled(row: Sequence[Cell]) -> set[int]:
    return {column for column, cell in enumerate(row) if cell is not None}


def _grouped(sheet: Sheet, row: int, width: int) -> list[tuple[int, int]]:
    """The spans of columns under one heading of a row: merged across, or followed by blanks that nothing else explains."""
    merged = [merge for merge in sheet.merges if merge.top <= row <= merge.bottom]
    spans = [
        (merge.left, merge.right)
        for merge in merged
        if merge.right > merge.left and merge.top == row and sheet.cell(row, merge.left) is not None
    ]
    covered = {column for merge in merged for column in range(merge.left, merge.right + 1)}
    if merged:
        return spans
    filled = sorted(_filled(sheet.rows[row]) - covered)
    for column, following in zip(filled, [*filled[1:], width], strict=True):
        if following - column > 1:
            spans.append((column, following - 1))
    return spans


def _parts(sheet: Sheet, first: int, last: int, column: int) -> tuple[str, ...]:
    """The headings of a column from the top, each as written; a cell merged down counts once."""
    found: list[str] = []
    seen: set[tuple[int, int]] = set()
    for row in range(first, last + 1):
        origin = _origin(sheet, row, column, is_last=row == last)
        if origin is None or origin in seen:
            continue
        seen.add(origin)
        value = sheet.cell(*origin)
        if value is not None and origin[0] >= first:
            found.append(str(value))
    return tuple(found)


def _origin(sheet: Sheet, row: int, column: int, *, is_last: bool) -> tuple[int, int] | None:
    """The cell whose text stands over a place: its own, that of its merged block, or of the group to its left."""
    merge = _merge_at(sheet, row, column)
    if merge is not None:
        return merge.top, merge.left
    if sheet.cell(row, column) is not None:
        return row, column
    if is_last:
        return None
    for span in _grouped(sheet, row, sheet.width):
        if span[0] < column <= span[1]:
            return row, span[0]
    return None


def _merge_at(sheet: Sheet, row: int, column: int) -> Merge | None:
    for merge in sheet.merges:
        if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
            return merge
    return None


def _no_header(sheet: Sheet) -> ProblemError:
    filled = [(row, column) for row, cells in enumerate(sheet.rows) for column in _filled(cells)]
    rows = {row for row, _ in filled}
    if len(rows) == 1 or len(filled) <= 2:
        where = address(*filled[0])
        return refuse(
            "sheets.only_title",
            (
                f"工作表“{sheet.name}”",
                f"只有{where}的标题，没有表头和数据",
                "请填好数据后再上传，或选择另一张工作表",
            ),
            (
                f"sheet {sheet.name}",
                f"holds only the title in {where}, no heading and no data",
                "Fill in the data and upload it again, or choose another sheet",
            ),
        )
    return refuse(
        "sheets.no_header",
        (
            f"工作表“{sheet.name}”",
            f"前{SEARCHED}行里没有找到表头",
            "请在数据上方写一行列名，例如 单位名称、统一社会信用代码；也可以下载模板填写",
        ),
        (
            f"sheet {sheet.name}",
            f"has no heading in its first {SEARCHED} rows",
            "Write a row of column names above the data, or use the template",
        ),
    )
