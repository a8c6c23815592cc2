"""Delimited text (csv): encoding and delimiter found from the content, rows within limits.

Excel in Chinese writes GB18030, WPS and databases write UTF-8 with or without a byte order mark, “Unicode text” is UTF-16
with tabs. All of them are called csv.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from statistics import median

from huanchuang.engines.sheets.cells import Cell, Sheet, address, tidy
from huanchuang.engines.sheets.limits import Limits, too_long_cell, too_many_columns, too_many_rows
from huanchuang.engines.sheets.refusals import refusal, unpaired_quote

DELIMITERS = (",", "\t", ";", "，", "|")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_GUARDED = frozenset("=+-@＝＋－＠")
_LOOKED_AT = 60
"""Records from which the delimiter is found."""
_SURELY = 4
"""Lines per allowed row above which a file is too long even if most line ends stand inside of cells."""


def read_delimited(data: bytes, sheet: str, file: str, limits: Limits) -> Sheet:
    """The cells of a csv file, all of them texts. ProblemError for what cannot be decoded, split or exceeds the limits."""
    if data.count(b"\n") > _SURELY * limits.rows:
        raise too_many_rows(sheet, limits.rows)
    text = decoded(data, file)
    text, told = _told_delimiter(text)
    delimiter = told or delimiter_of(text)
    rows: list[list[Cell]] = []
    for record in _records(text, delimiter, file):
        if len(rows) >= limits.rows and any(record):
            raise too_many_rows(sheet, limits.rows)
        rows.append(_row(record, len(rows), sheet, limits))
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(sheet, rows)


def decoded(data: bytes, file: str = "") -> str:
    """The text of a file: by its byte order mark, else UTF-8, UTF-16 where half the bytes are zero, else GB18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, (encoding,), file)
    zeros = data[:4096].count(b"\x00")
    if zeros:
        first = data[:4096:2].count(b"\x00")
        return _decode(data, ("utf-16-be" if first > zeros / 2 else "utf-16-le",), file)
    return _decode(data, ("utf-8", "gb18030"), file)


def _decode(data: bytes, encodings: tuple[str, ...], file: str) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise refusal("encoding", file)


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the first records into the most columns of equal number; the comma where none does."""
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        widths = [len(record) for record in _some_records(text, delimiter) if any(record)]
        if not widths:
            continue
        usual = median(widths)
        alike = sum(width == usual for width in widths) / len(widths)
        score = (usual - 1) * alike + (max(widths) - 1) * 0.01
        if score > most:
            best, most = delimiter, score
    return best


def _some_records(text: str, delimiter: str) -> list[list[str]]:
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return list(islice(reader, _LOOKED_AT))
    except csv.Error:
        return []


def _told_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken off."""
    first, _, rest = text.partition("\n")
    told = first.strip().removeprefix("sep=")
    return (rest, told) if len(told) == 1 and first.startswith("sep=") else (text, "")


def _records(text: str, delimiter: str, file: str) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for record in reader:
            yield record
            begun = reader.line_num + 1
    except csv.Error:
        raise unpaired_quote(file, begun) from None


def _row(record: list[str], number: int, sheet: str, limits: Limits) -> list[Cell]:
    row: list[Cell] = [tidy(_without_guard(field)) if field else None for field in record]
    while row and row[-1] is None:
        row.pop()
    if len(row) > limits.columns:
        raise too_many_columns(sheet, limits.columns, address(number, len(row) - 1), len(row))
    for column, value in enumerate(row):
        if isinstance(value, str) and len(value) > limits.cell:
            raise too_long_cell(sheet, address(number, column), len(value), limits.cell)
    return row


def _without_guard(field: str) -> str:
    """A field without the apostrophe that exports put before =, +, - and @, so that no spreadsheet runs it."""
    return field[1:] if field.startswith("'") and field[1:2] in _GUARDED else field
