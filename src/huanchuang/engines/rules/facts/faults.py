"""What can be wrong in a table of facts, by row and column."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl


class Fault(NamedTuple):
    """What is wrong and what to do, in both languages."""

    zh: str
    remedy: str
    en: str
    remedy_en: str


FAULTS: dict[str, Fault] = {
    "not-a-number": Fault(
        "不是这项指标的值", "请只写数字，金额以元计；不知道的留空", "is no value of this fact", "Write digits, money in yuan; leave it blank where not known"
    ),
    "out-of-bounds": Fault(
        "超出这项指标的范围", "请核对正负号、位数和单位", "is out of bounds", "Check sign, digits and unit"
    ),
    "too-fine": Fault(
        "小数位太多", "金额写到分，人数和件数写整数", "has too many decimals", "Write money to the fen, counts as whole numbers"
    ),
    "not-yes-no": Fault("不是“是”或“否”", "请写 是 或 否", "is neither 是 nor 否", "Write 是 or 否"),
    "not-a-day": Fault(
        "不是到日的日期", "请写成 2018-05-01", "is not a day", "Write it as 2018-05-01"
    ),
    "not-a-code": Fault(
        "不在代码表里", "请写代码表里的代码或名称", "is not in the list of codes", "Write a code or name of the list"
    ),
    "no-organisation": Fault(
        "没有写单位，这一行无法归属", "请填写单位", "names no organisation", "Fill it in"
    ),
    "not-a-year": Fault(
        "不是年份，这一行不能用", "请写四位年份，例如 2025", "is no year; the row cannot be used", "Write four digits, such as 2025"
    ),
    "row-twice": Fault(
        "同一单位同一年的内容已在前面出现，只用一次", "请删去重复的行", "repeats a row above and counts once", "Remove it"
    ),
    "values-differ": Fault(
        "与同一单位同一年的另一行不同，按未知处理", "请只保留正确的一行", "differs from another row of that year and is taken as unknown", "Keep the row that is right"
    ),
    "unknown-column": Fault(
        "不是指标字典里的列，没有使用", "请核对列名", "is no fact of the dictionary and was not used", "Check the name of the column"
    ),
    "column-twice": Fault(
        "与前面的列是同一项指标，没有使用", "请只保留一列", "means the same fact as a column before and was not used", "Keep one of them"
    ),
    "cells-too-many": Fault(
        "单元格比表头多，多出的没有使用", "请检查逗号和引号", "has more cells than the heading; the rest was not used", "Check commas and quotes"
    ),
}  # fmt: skip

SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.Int64,
    "organisation": pl.String,
    "year": pl.String,
    "column": pl.String,
    "value": pl.String,
    "fault": pl.String,
}
"""The columns of a table of faults; `row` as a spreadsheet counts, the heading being row 1, 0 for a whole column."""
NONE = pl.DataFrame(schema=SCHEMA)
