"""The table in an imported file, read again whenever it is needed: the file is kept, what was read from it is not."""

from __future__ import annotations

import hashlib

from huanchuang.engines.sheets import Book, Table, open_book, plain_heading, read_sheet, table_of
from huanchuang.files import queries as files
from huanchuang.files.models import StoredFile
from huanchuang.packs import vocabulary

ACCEPTED = frozenset({"xlsx", "csv"})


def book_of(file: StoredFile) -> Book:
    """The workbook in a stored file."""
    return open_book(files.content(file), file.name)


def table_in(book: Book, sheet: str) -> Table:
    """The table on a sheet. ProblemError where there is none or it is too large."""
    words = vocabulary.register_columns()
    return table_of(read_sheet(book, sheet), words.layout, words.known)


def table_of_file(file: StoredFile, sheet: str) -> Table:
    """The table on a sheet of a stored file."""
    return table_in(book_of(file), sheet)


def shape_of(table: Table) -> str:
    """A digest of the headings: two sheets of one shape are read in one way."""
    headings = [f"{column.index}|{plain_heading(column.heading)}|{column.unit}" for column in table.columns]
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()
