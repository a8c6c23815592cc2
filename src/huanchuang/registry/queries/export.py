"""The list as a file: exactly the rows and columns that are shown, and nothing a spreadsheet would run.

A cell that begins with = + - @, a tab or a line break is a formula to a spreadsheet. In csv such a cell gets an
apostrophe in front (OWASP, CSV injection), unless it is a figure of a column of figures; in xlsx every other cell is
written as text, which is never evaluated.

Text files leave piece by piece while rows are read; a workbook is written row by row to the disk and is whole at its end.
Memory stays small whatever the number of rows.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from huanchuang.engines.sheets.look import A4, DIGITS, Look, height_of, new_book, number_format, print_setup
from huanchuang.registry.queries.listing import Column

BOM = "\ufeff"
TITLE_WIDTH, USUAL_WIDTH, NUMBER_WIDTH, LONG_WIDTH = 38, 20, 16, 48
FORMS = ("xlsx", "csv", "jsonl")
PIECE = 500
"""Rows that leave together."""
MOST_ROWS = 1_048_575
"""Rows that a sheet can have below its head."""
WIDE = str.maketrans("[]:*?/\\'", "［］：＊？／＼’")
"""Signs that a sheet's name may not have, and those that look like them."""
Rows = Iterable[Sequence[str]]
About = Sequence[tuple[str, str]]
"""Lines on what a list is: (name, words)."""
ABOUT_WIDTHS = (20, 80)
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


_A_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


def harmless(cell: str) -> str:
    """The cell's text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def pieces(form: str, columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """A csv or jsonl file, some hundred rows at a time."""
    return csv_pieces(columns, rows) if form == "csv" else jsonl_pieces(columns, rows)


def csv_pieces(columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that Excel and WPS read the Chinese right."""
    yield (BOM + _csv([[column.title for column in columns]])).encode("utf-8")
    several, numbers = iter(rows), [column.is_number for column in columns]
    while some := list(islice(several, PIECE)):
        yield _csv([_in_csv(*pair) for pair in zip(row, numbers, strict=True)] for row in some).encode(
            "utf-8"
        )


def _in_csv(cell: str, is_number: bool) -> str:
    return cell if is_number and _A_FIGURE.fullmatch(cell) else harmless(cell)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def jsonl_pieces(columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """One JSON object a line, by the names of the fields; nothing a program would have to guess."""
    codes = [column.code for column in columns]
    several = iter(rows)
    while some := list(islice(several, PIECE)):
        lines = (json.dumps(dict(zip(codes, row, strict=True)), ensure_ascii=False) for row in some)
        yield "".join(f"{line}\n" for line in lines).encode("utf-8")


def as_csv(columns: Sequence[Column], rows: Rows) -> bytes:
    """The whole csv file."""
    return b"".join(csv_pieces(columns, rows))


def as_jsonl(columns: Sequence[Column], rows: Rows) -> bytes:
    """The whole jsonl file."""
    return b"".join(jsonl_pieces(columns, rows))


def as_xlsx(columns: Sequence[Column], rows: Rows, title: str, about: About = ()) -> bytes:
    """The whole workbook."""
    file = io.BytesIO()
    write_xlsx(file, columns, rows, title, about)
    return file.getvalue()


def write_xlsx(
    target: Path | IO[bytes], columns: Sequence[Column], rows: Rows, title: str, about: About = ()
) -> None:
    """A workbook with a frozen header and a filter; numbers as numbers, everything else as text; more rows than a sheet
    can have go on to the next sheet. `about` says on a last sheet what the list is: of which day, by which version."""
    several, plain = iter(rows), _sheet_name(title)
    number, first = 1, next(several, None)
    with new_book(target, in_memory=False, constant_memory=True) as book:
        look = Look(book)
        while number == 1 or first is not None:
            name = plain[:31] if number == 1 else f"{plain[:27]} {number}"
            some = islice(several if first is None else chain([first], several), MOST_ROWS)
            _sheet(book.add_worksheet(name), columns, some, look)
            number, first = number + 1, next(several, None)
        if about:
            _about(book.add_worksheet(_("说明")), about, look)


def _sheet_name(title: str) -> str:
    """A title as a sheet may be called: some signs are not allowed there."""
    return " ".join(title.translate(WIDE).split())


def _sheet(sheet: Any, columns: Sequence[Column], rows: Rows, look: Look) -> None:
    last, body, head = 0, look.cell(), look.head()
    widths = [_width(column, place) for place, column in enumerate(columns)]
    numbers = [column.is_number for column in columns]
    sheet.set_row(0, 22)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, widths[place])
        sheet.write_string(0, place, column.title, head)
    for last, row in enumerate(rows, start=1):
        sheet.set_row(last, height_of(zip(row, widths, strict=True)))
        for place, cell in enumerate(row):
            if numbers[place] and len(cell) <= DIGITS and _A_FIGURE.fullmatch(cell):
                value = Decimal(cell)
                form = look.cell(num_format=number_format(value), align="right")
                sheet.write_number(last, place, value, form)
            else:
                sheet.write_string(last, place, cell, body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    print_setup(sheet, A4, 0)


def _about(sheet: Any, about: About, look: Look) -> None:
    for place, width in enumerate(ABOUT_WIDTHS):
        sheet.set_column(place, place, width)
    for number, line in enumerate(about):
        sheet.set_row(number, height_of(zip(line, ABOUT_WIDTHS, strict=True)))
        for place, text in enumerate(line):
            look.write(sheet, number, place, text, **({"bold": True} if place == 0 else {}))
    print_setup(sheet, A4, 0)


def _width(column: Column, place: int) -> int:
    if place == 0:
        return TITLE_WIDTH
    return NUMBER_WIDTH if column.is_number else LONG_WIDTH if column.is_long else USUAL_WIDTH
