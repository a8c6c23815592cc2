"""Sheets: the bytes of a spreadsheet in, a table with addresses out.

The lists of an office travel as workbooks that somebody made for reading: a title over merged cells, a line with the
filler-in and the unit, a heading in two rows, a unit named once for a group of rows, 合计 and 注 underneath. This room finds the table
in such a sheet and never guesses silently: what was left out, filled down or read as a heading stands in the notes of
the table, each with its place.

1. `open_book` tells xlsx from csv by content, refuses what is neither, and lists the sheets, hidden ones too.
2. `read_sheet` takes the cells within limits (`Limits`): stored values of formulas, dates as dates, broken cells as such.
3. `table_of` finds the heading, joins its rows, takes units out of it, fills merged cells down and leaves out totals,
   notes, repeated headings and empty rows. The words it goes by are given (`Layout`).
4. `match_columns` says which column holds which wanted field, how it came to that, and what else was possible.
5. `text_of`, `day_of` and `amount_of` read a cell as the text, day or amount of money that it means.

Where the table lies is found from the shape of the rows and from headings that are known; nothing here knows what the
fields mean.
"""

from __future__ import annotations

from huanchuang.engines.sheets.book import Book, SheetName, open_book, read_sheet
from huanchuang.engines.sheets.cells import Broken, Cell, Merge, Note, Sheet, address, letters
from huanchuang.engines.sheets.days import Day, day_of, last_day_of
from huanchuang.engines.sheets.headings import plain_heading
from huanchuang.engines.sheets.limits import Limits
from huanchuang.engines.sheets.matching import Candidate, Choice, Matching, Wanted, match_columns
from huanchuang.engines.sheets.table import Column, Layout, Row, Table, table_of
from huanchuang.engines.sheets.texts import (
    amount_of,
    converted,
    identifier_of,
    is_blank,
    number_text,
    text_of,
)

__all__ = [
    "Book",
    "Broken",
    "Candidate",
    "Cell",
    "Choice",
    "Column",
    "Day",
    "Layout",
    "Limits",
    "Matching",
    "Merge",
    "Note",
    "Row",
    "Sheet",
    "SheetName",
    "Table",
    "Wanted",
    "address",
    "amount_of",
    "converted",
    "day_of",
    "identifier_of",
    "is_blank",
    "last_day_of",
    "letters",
    "match_columns",
    "number_text",
    "open_book",
    "plain_heading",
    "read_sheet",
    "table_of",
    "text_of",
]
