"""The cells of an xlsx: stored values, dates, errors, percentages, merges, hidden rows and sheets."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook as Written

from huanchuang.engines.sheets import Broken, Merge, open_book, read_sheet

from .messy import plain, xlsx


def rows_of(data: bytes, sheet: str = "") -> list[list]:
    return [list(row) for row in read_sheet(open_book(data, "表.xlsx"), sheet).rows]


def test_it_keeps_texts_numbers_and_answers():
    assert rows_of(plain([["名称", "数量"], ["甲", 3], ["乙", 2.5], [True, None, "丙"]])) == [
        ["名称", "数量", None],
        ["甲", 3, None],
        ["乙", 2.5, None],
        [True, None, "丙"],
    ]


def test_it_takes_blanks_and_invisible_signs_off_texts():
    assert rows_of(plain([["\u3000云澜\u00a0公司 ", "a\u200bb", "一\n二", " \t "]])) == [
        ["云澜 公司", "ab", "一\n二", None]
    ]


def test_it_knows_days_by_their_format():
    def fill(book, sheet):
        day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        sheet.write_number(0, 0, 45078, day)
        sheet.write_datetime(
            0, 1, datetime(2023, 6, 1, 12, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )

    assert rows_of(xlsx(fill)) == [[date(2023, 6, 1), datetime(2023, 6, 1, 12, 30)]]


def test_it_keeps_percentages_as_they_are_shown():
    def fill(book, sheet):
        sheet.write_number(0, 0, 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write_number(0, 1, 1, book.add_format({"num_format": "0%"}))
        sheet.write_number(0, 2, 12.5, book.add_format({"num_format": '0.0"%"'}))
        sheet.write_number(0, 3, 0.07, book.add_format({"num_format": 9}))

    assert rows_of(xlsx(fill)) == [["12.5%", "100%", 12.5, "7%"]]


def test_it_takes_the_stored_value_of_a_formula():
    def fill(_book, sheet):
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '="甲"&"乙"', None, "甲乙")

    assert rows_of(xlsx(fill)) == [[2, "甲乙"]]


def test_it_says_that_a_formula_was_never_calculated():
    book = Written()
    book.active.append(["名称", "=1+1"])
    book.active["D3"] = "=A1"
    buffer = BytesIO()
    book.save(buffer)
    rows = rows_of(buffer.getvalue())
    assert rows[0] == ["名称", Broken()] + [None] * (len(rows[0]) - 2)
    assert rows[2][3] == Broken()
    problem = Broken().problem("工作表“Sheet1”D3", "sheet Sheet1, D3")
    assert problem.text() == (
        "工作表“Sheet1”D3：公式没有算出结果。请用 Excel 或 WPS 打开并保存一次，或直接填写数值"
    )


def test_it_says_which_error_a_cell_shows():
    def fill(_book, sheet):
        sheet.write_formula("A1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B1", "=Sheet9!A1", None, "#REF!")
        sheet.write("C1", "#N/A")

    assert rows_of(xlsx(fill)) == [[Broken("#DIV/0!"), Broken("#REF!"), "#N/A"]]
    assert "#REF!" in Broken("#REF!").problem("B1", "B1").text("en")


def test_it_tells_of_merges_and_hidden_rows():
    def fill(_book, sheet):
        sheet.merge_range("A1:C1", "标题")
        for row in range(1, 9):
            sheet.write(row, 0, row)
        for row in (2, 3, 5):
            sheet.set_row(row, None, None, {"hidden": True})

    sheet = read_sheet(open_book(xlsx(fill), "表.xlsx"))
    assert sheet.merges == (Merge(0, 0, 0, 2),)
    assert sheet.hidden_rows == {2, 3, 5}
    assert [note.zh for note in sheet.notes] == ["有3行在表里是隐藏的，也一并读入：第3–4、6行"]


def test_it_lists_all_sheets_and_begins_with_the_first_shown():
    def fill(book, sheet):
        sheet.write(0, 0, "隐藏的")
        shown = book.add_worksheet("名录")
        shown.write(0, 0, "看得见的")
        book.add_chartsheet("图")
        shown.activate()
        sheet.hide()

    book = open_book(xlsx(fill, "旧表"), "表.xlsx")
    assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets] == [("旧表", True), ("名录", False)]
    assert book.first == "名录"
    assert read_sheet(book).rows[0][0] == "看得见的"
    assert [note.zh for note in read_sheet(book, "旧表").notes] == ["工作表“旧表”是隐藏的"]


def test_it_counts_from_1904_where_the_workbook_does():
    sheet = read_sheet(
        open_book(xlsx(lambda _book, sheet: sheet.write(0, 0, 1), options={"date_1904": True}))
    )
    assert sheet.counts_from_1904
    assert not read_sheet(open_book(plain([["甲"]]))).counts_from_1904


def test_it_reads_an_empty_sheet_as_no_rows():
    assert rows_of(plain([])) == []


@pytest.mark.parametrize("width", [1, 26, 27, 200])
def test_it_keeps_every_column_up_to_the_limit(width):
    assert len(rows_of(plain([[f"列{number}" for number in range(width)]]))[0]) == width
