"""The table of facts from a file: csv in any encoding of an office, xlsx, or parquet."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import polars as pl

from huanchuang.engines.rules.facts.faults import SCHEMA
from huanchuang.engines.sheets import Limits, open_book, read_sheet, text_of
from huanchuang.engines.sheets.delimited import decoded, delimiter_of
from huanchuang.web.cli.words import CommandError

KINDS = (".csv", ".xlsx", ".parquet")
LIMITS = Limits(rows=1_000_000, columns=400, cells=100_000_000, unpacked=2 << 30)


def read_facts(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells and the faults of the file itself. CommandError for a file that cannot be read at all."""
    readers = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
    frame, faults = readers[path.suffix.lower()](path)
    if not frame.width or not frame.height:
        raise CommandError(f"{path}：没有数据行，请核对文件", f"{path}: holds no rows; check the file")
    return frame, faults


def _parquet(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The columns that hold plain values; lists, records and raw bytes are told and left out."""
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise CommandError(
            f"{path}：不是可读的 parquet 文件，请重新导出", f"{path}: is no parquet file that can be read"
        ) from error
    strange = [name for name, dtype in frame.schema.items() if dtype.is_nested() or dtype == pl.Binary]
    told = [
        {"row": 1, "organisation": "", "year": "", "column": name, "value": "", "fault": "unknown-column"}
        for name in strange
    ]
    return frame.drop(strange), pl.DataFrame(told, schema=SCHEMA)


def _csv(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    text = decoded(path.read_bytes(), path.name)
    delimiter = delimiter_of(text[:1_000_000])
    try:
        frame = pl.read_csv(
            text.encode(), separator=delimiter, infer_schema=False, quote_char='"', has_header=False
        )
        header, *_ = frame.head(1).rows() or [()]
        return _headed([cell or "" for cell in header], frame.slice(1)), pl.DataFrame(schema=SCHEMA)
    except pl.exceptions.PolarsError:  # rows of differing length, quotes that do not match
        return _uneven(path, text, delimiter)


def _uneven(path: Path, text: str, delimiter: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Row by row: what stands beyond the heading is told, what lacks is empty."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise CommandError(
            f"{path}：引号不成对，无法分列，请用表格软件另存一次",
            f"{path}: a quote has no pair; save it once more from a spreadsheet",
        ) from error
    rows = [row for row in rows if any(row)]
    width = len(rows[0]) if rows else 0
    told = [
        {"row": number, "organisation": row[0], "year": "", "column": "", "value": delimiter.join(row[width:]), "fault": "cells-too-many"}
        for number, row in enumerate(rows, start=1)
        if len(row) > width
    ]  # fmt: skip
    body = [[*row[:width], *[""] * (width - len(row))] for row in rows[1:]]
    columns = [
        pl.Series(f"c{index}", [row[index] for row in body], dtype=pl.String) for index in range(width)
    ]
    return _headed(rows[0] if rows else [], pl.DataFrame(columns)), pl.DataFrame(told, schema=SCHEMA)


def _xlsx(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    book = open_book(path.read_bytes(), path.name, LIMITS)
    sheet = read_sheet(book, book.first, LIMITS)
    header = [text_of(sheet.cell(0, column)) for column in range(sheet.width)]
    columns = [
        pl.Series(
            f"c{column}",
            [text_of(sheet.cell(row, column)) for row in range(1, len(sheet.rows))],
            dtype=pl.String,
        )
        for column in range(sheet.width)
    ]
    return _headed(header, pl.DataFrame(columns)), pl.DataFrame(schema=SCHEMA)


def _headed(header: list[str], frame: pl.DataFrame) -> pl.DataFrame:
    """The frame under its headings; one that stands twice gets a number, an empty one the letter of nothing."""
    names: list[str] = []
    for cell in header:
        name = cell.strip() or "（空）"
        names.append(name if name not in names else f"{name}_{len(names) + 1}")
    return frame.rename(dict(zip(frame.columns, names, strict=True)))
