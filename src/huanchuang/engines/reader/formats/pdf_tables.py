"""Ruled tables on a page of a pdf: cells found by the lines around them.

Word and WPS draw a table as thin lines or boxes. Lines that cross form a grid; where a line is missing between two
cells they are one. Tables without lines stay text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

JOINT = " | "
_NEAR = 2.5  # points within which two lines are one
_THIN = 3.0
_SHORT = 6.0
_MOST_PATHS = 3000
_MOST_SEGMENTS = 4000
_MOST_RULES = 600
_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """A line at `at`, running from `low` to `high`: across (at is y) or down (at is x)."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the places of its lines, columns from the left and rows from the top, and the lines themselves."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.rows[0]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.rows[-1]


def grids_of(page: pdfium.PdfPage) -> list[Grid]:
    """The tables of a page from the top; none where it has too few lines, or so many that it is a drawing."""
    across, down = _rules(page)
    if len(across) < 3 or len(down) < 3 or len(across) + len(down) > _MOST_RULES:
        return []
    found = []
    for lines, posts in _components(across, down):
        columns, rows = _places(post.at for post in posts), _places(line.at for line in lines)
        if len(columns) >= 3 and len(rows) >= 3:
            found.append(Grid(columns, rows[::-1], tuple(lines), tuple(posts)))
    return sorted(found, key=lambda grid: -grid.top)


def rows_of(grid: Grid, text: pdfium.PdfTextPage) -> Iterator[str]:
    """The rows of a table as lines of cells; a cell over several columns or rows leaves blanks."""
    size = _size(text)
    owners = _owners(grid)
    last_row, last_column = len(grid.rows) - 1, len(grid.columns) - 1
    for row in range(last_row):
        cells = []
        for column in range(last_column):
            if owners[row][column] != (row, column):
                cells.append("")
                continue
            right = max(c for c in range(column, last_column) if owners[row][c] == (row, column)) + 1
            below = max(r for r in range(row, last_row) if owners[r][column] == (row, column)) + 1
            box = (grid.columns[column], grid.rows[below], grid.columns[right], grid.rows[row])
            cells.append(_cell(text, box, size))
        if any(cells):
            yield JOINT.join(cells)


def _cell(text: pdfium.PdfTextPage, box: tuple[float, float, float, float], size: float) -> str:
    """The text of a cell on one line: a line that fills the cell goes on in the next one, a shorter one ends a name."""
    left, bottom, right, top = box
    lines = [line.strip() for line in text.get_text_bounded(left, bottom, right, top).split("\n")]
    lines = [line.replace("|", "｜") for line in lines if line]
    fits = max(2.0, (right - left) / size - 2.5)
    parts = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        parts.append(line)
        if following and len(line) < fits and line[-1] not in "、，；：,;:（(《":
            parts.append(" ")
    return "".join(parts)


def _size(text: pdfium.PdfTextPage) -> float:
    """The width of a Chinese character on the page, in points."""
    widths = []
    for index in range(min(text.count_chars(), 600)):
        if 0x4E00 <= raw.FPDFText_GetUnicode(text, index) <= 0x9FFF:
            box = text.get_charbox(index, loose=True)
            widths.append(box[2] - box[0])
        if len(widths) >= _SAMPLE:
            break
    return max(4.0, median(widths)) if widths else 10.5


def _owners(grid: Grid) -> list[list[tuple[int, int]]]:
    """For each cell the cell whose text stands in it: itself, or the one that it is merged with."""
    owners: list[list[tuple[int, int]]] = []
    for row, (top, bottom) in enumerate(pairwise(grid.rows)):
        owners.append([])
        for column, (left, right) in enumerate(pairwise(grid.columns)):
            middle, height = (left + right) / 2, (top + bottom) / 2
            if column and not _crosses(grid.down, left, height):
                owners[row].append(owners[row][column - 1])
            elif row and not _crosses(grid.across, top, middle):
                owners[row].append(owners[row - 1][column])
            else:
                owners[row].append((row, column))
    return owners


def _crosses(rules: Sequence[Rule], at: float, through: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.low <= through <= rule.high for rule in rules)


def _rules(page: pdfium.PdfPage) -> tuple[list[Rule], list[Rule]]:
    """Lines across and lines down."""
    across: list[Rule] = []
    down: list[Rule] = []
    paths = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4))
    if not 4 <= len(paths) <= _MOST_PATHS:
        return across, down
    total = 0
    for path in paths:
        total += raw.FPDFPath_CountSegments(path)
        if total > _MOST_SEGMENTS * 4:
            return [], []
        left, bottom, right, top = path.get_bounds()
        if top - bottom <= _THIN and right - left >= _SHORT:
            across.append(Rule((top + bottom) / 2, left - _NEAR, right + _NEAR))
        elif right - left <= _THIN and top - bottom >= _SHORT:
            down.append(Rule((left + right) / 2, bottom - _NEAR, top + _NEAR))
        else:
            _edges(path, across, down)
    return across, down


def _edges(path: pdfium.PdfObject, across: list[Rule], down: list[Rule]) -> None:
    """The straight lines of a path that draws several."""
    matrix = path.get_matrix()
    start: tuple[float, float] | None = None
    previous: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and previous is not None:
            _add(previous, point, across, down)
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            _add(point, start, across, down)
        previous = point


def _add(one: tuple[float, float], other: tuple[float, float], across: list[Rule], down: list[Rule]) -> None:
    (x0, y0), (x1, y1) = one, other
    if abs(y0 - y1) <= 1 and abs(x0 - x1) >= _SHORT:
        across.append(Rule((y0 + y1) / 2, min(x0, x1) - _NEAR, max(x0, x1) + _NEAR))
    elif abs(x0 - x1) <= 1 and abs(y0 - y1) >= _SHORT:
        down.append(Rule((x0 + x1) / 2, min(y0, y1) - _NEAR, max(y0, y1) + _NEAR))


def _components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together by crossing."""
    left, posts = set(range(len(across))), set(range(len(down)))
    found = []
    while left:
        lines, held, fresh = set(), set(), [left.pop()]
        while fresh:
            line = fresh.pop()
            lines.add(line)
            new = {post for post in posts if _meet(across[line], down[post])}
            posts -= new
            held |= new
            more = {other for other in left for post in new if _meet(across[other], down[post])}
            left -= more
            fresh += more
        found.append(([across[line] for line in lines], [down[post] for post in held]))
    return found


def _meet(line: Rule, post: Rule) -> bool:
    return line.low <= post.at <= line.high and post.low <= line.at <= post.high


def _places(values: Iterator[float]) -> tuple[float, ...]:
    """Places in ascending order, near ones as one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR * 2:
            kept.append(value)
    return tuple(kept)
