"""Sheets as offices make them, written by the tests themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from huanchuang.engines.kernel import ProblemError


def check_english(error: ProblemError) -> None:
    """Every refusal speaks both languages."""
    assert all(problem.en for problem in error.problems)


Fill = Callable[[Workbook, Any], None]


def xlsx(fill: Fill, name: str = "Sheet1", options: dict[str, Any] | None = None) -> bytes:
    """A workbook of one sheet that `fill` writes."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, **(options or {})})
    fill(book, book.add_worksheet(name))
    book.close()
    return buffer.getvalue()


def plain(rows: Sequence[Sequence[Any]], name: str = "Sheet1") -> bytes:
    """A workbook of one sheet with these rows; nothing about it is messy."""

    def fill(_book: Workbook, sheet: Any) -> None:
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)

    return xlsx(fill, name)


def list_of_needs() -> bytes:
    """Title over everything, line with unit, heading with hints, rows merged down, total, notes, foot."""

    def fill(_book: Workbook, sheet: Any) -> None:
        sheet.merge_range("A1:H1", "青岑区2026年企业技术需求征集汇总表")
        sheet.merge_range("A2:E2", "填报单位：青岑区科技局")
        sheet.merge_range("F2:H2", "金额单位：万元")
        sheet.write_row(
            "A3",
            [
                "序号",
                "所属单位或公司名称*",
                "需求名称",
                "需求类型",
                "预算金额",
                "有效期",
                "合作方式\n（可多选）",
                "联系电话",
            ],
        )
        sheet.write_row(
            "A4",
            [
                1,
                None,
                "高温合金叶片涂层寿命提升",
                "技术需求",
                120,
                "2026.12.31",
                "委托开发、合作开发",
                "023-68000001",
            ],
        )
        sheet.write_row(
            "A5", [2, None, "减速器噪声控制", "技术需求", "面议", "2026年6月30日", "合作开发", "13800000002"]
        )
        sheet.merge_range("B4:B5", "云澜精密机械有限公司")
        sheet.write_row(
            "A6",
            [3, "青岑生物科技有限公司", "发酵尾气治理", "技术需求", "1,250.5", "20261231", "技术转让", "-"],
        )
        sheet.write_row("A8", ["合  计", None, "3项", None, 1370.5])
        sheet.merge_range("A9:H9", "注：1.本表由各镇街汇总后报送；2.预算金额可填“面议”。")
        sheet.write_row("A10", ["填表人：张某", None, None, "审核人：李某", None, "填表日期：2026年3月1日"])

    return xlsx(fill, "需求汇总")


def list_in_two_rows() -> bytes:
    """A heading in two rows: groups merged across, single names merged down, the numbers of the columns underneath."""

    def fill(_book: Workbook, sheet: Any) -> None:
        sheet.merge_range("A1:H1", "企业基本情况表")
        for place, name in (("A2:A3", "序号"), ("B2:B3", "企业名称"), ("C2:C3", "统一社会\n信用代码")):
            sheet.merge_range(place, name)
        sheet.merge_range("D2:E2", "联系方式")
        sheet.merge_range("F2:G2", "营业收入（万元）")
        sheet.merge_range("H2:H3", "所属行业")
        sheet.write_row("D3", ["联系人", "电话"])
        sheet.write_row("F3", ["2024年", "2025年"])
        sheet.write_row("A4", ["甲", "乙", "丙", 1, 2, 3, 4, 5])
        sheet.write_row(
            "A5",
            [1, "云澜精密机械有限公司", "91990101MA0000001X", "张某", "13800000001", 5200, 6100.5, "C34"],
        )
        sheet.write_row(
            "A6", [2, "青岑生物科技有限公司", "91990101MA0000002X", "李某", "13800000002", 980, None, "C27"]
        )

    return xlsx(fill)


def csv(
    rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n"
) -> bytes:
    """Delimited text; cells that need it are quoted."""
    return end.join(delimiter.join(_quoted(cell, delimiter) for cell in row) for row in rows).encode(encoding)


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in f'{delimiter}"\r\n') else cell
