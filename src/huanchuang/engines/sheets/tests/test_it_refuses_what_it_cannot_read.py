"""Files that are no spreadsheet, too large, damaged or made to do harm: a clear answer each, at once."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sheets import Limits, open_book, read_sheet, table_of
from huanchuang.engines.sheets.layout import Layout

from .messy import check_english, list_of_needs, plain

END = "</sheetData>"
AT_ONCE = 2.0
"""Seconds; generous, since the machine of a test may be busy: the point is that nothing is unpacked for minutes."""


def changed(edit: Callable[[str], str], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A sound workbook with one part edited."""
    source, buffer = zipfile.ZipFile(io.BytesIO(plain([["名称", "代码"], ["甲", "乙"]]))), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, edit(data.decode()).encode() if name == part else data)
    return buffer.getvalue()


def refused(data: bytes, name: str = "表.xlsx", limits: Limits | None = None) -> str:
    begun = time.monotonic()
    with pytest.raises(ProblemError) as error:
        read_sheet(open_book(data, name, limits), limits=limits)
    assert time.monotonic() - begun < AT_ONCE
    assert all(problem.en for problem in error.value.problems)
    return error.value.text()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件“表.xlsx”：是空的。请确认选对了文件，再上传一次"),
        (b" \r\n\t ", "文件“表.xlsx”：是空的。请确认选对了文件，再上传一次"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            "文件“表.xlsx”：是旧版 Excel 文件（.xls），或设有打开密码。请用 Excel 或 WPS 打开，去掉密码，另存为 xlsx 后再上传",
        ),
        (b"%PDF-1.7 something", "文件“表.xlsx”：不是表格文件。请上传 xlsx 或 csv 文件"),
        (
            b"<html><table><tr><td>1</td></tr></table></html>",
            "文件“表.xlsx”：其实是网页，只是改了名字。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传",
        ),
        (
            b"PK\x03\x04broken",
            "文件“表.xlsx”：已损坏或不完整。请用 Excel 或 WPS 打开检查，另存为 xlsx 后再上传",
        ),
    ],
    ids=["nothing", "blanks", "old", "pdf", "web", "broken"],
)
def test_it_tells_a_spreadsheet_by_its_content(data, told):
    assert refused(data) == told


def archive(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, text in parts.items():
            target.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def test_it_names_formats_that_can_be_saved_as_xlsx():
    assert "OpenDocument" in refused(archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"))
    assert "xlsb" in refused(archive(**{"xl__workbook.bin": "x"}))
    assert "不是表格文件" in refused(archive(**{"word__document.xml": "x"}))


def test_it_refuses_300_columns():
    assert refused(plain([[f"列{number}" for number in range(300)]])) == (
        "工作表“Sheet1”：超过200列（GS1 有内容）。请删去不需要导入的列，或检查右侧是否误填了内容"
    )
    assert refused(",".join(f"列{number}" for number in range(300)).encode(), "宽.csv") == (
        "工作表“宽”：有300列，最多200列。请删去不需要导入的列，或检查右侧是否误填了内容"
    )


def test_it_refuses_a_million_rows_at_once():
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><v>2</v></c></row>'
    rows = "".join(row.format(number) for number in range(3, 1_000_001))
    data = changed(lambda text: text.replace(END, rows + END))
    assert refused(data).startswith(
        "工作表“Sheet1”：超过50,000行（A50001 有内容）。请按每份不超过50,000行拆成几个文件分别导入"
    )
    assert refused("甲,乙\n".encode() * 1_000_000, "长.csv").startswith("工作表“长”：超过50,000行")


def test_it_takes_no_memory_for_one_stray_cell():
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "A1048576" not in refused(changed(lambda text: text.replace(END, stray + END)))
    lying = '<row r="3"><c r="A1048576"><v>1</v></c></row>'
    assert "超过50,000行（A1048576 有内容）" in refused(changed(lambda text: text.replace(END, lying + END)))
    formula = '<row r="1048576"><c r="A1048576"><f>1+1</f></c></row>'
    assert "超过50,000行" in refused(changed(lambda text: text.replace(END, formula + END)))


def test_it_forgives_far_cells_that_are_only_coloured():
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    data = changed(lambda text: text.replace(END, far + END).replace("A1:B2", "A1:XFD1048576"))
    assert len(read_sheet(open_book(data)).rows) == 2


def test_it_bounds_rows_times_columns():
    rows = [["x"] * 5] * 5
    assert refused(plain(rows), limits=Limits(cells=20)) == (
        "工作表“Sheet1”：有5行、5列，超过20格。请删去不需要的列，或拆成几个文件分别导入"
    )


@pytest.mark.parametrize("name", ["表.xlsx", "表.csv"])
def test_it_bounds_the_length_of_a_cell(name):
    text = "长" * 101
    data = plain([["名称"], ["甲"], [text]]) if name.endswith("xlsx") else f"名称\n甲\n{text}\n".encode()
    sheet = "Sheet1" if name.endswith("xlsx") else "表"
    assert refused(data, name, Limits(cell=100)) == (
        f"工作表“{sheet}” A3：有101个字，最多100个。请缩短内容，或检查引号是否成对"
    )


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text[:600],
        lambda text: text.replace("<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1),
        lambda text: text.replace("<v>0</v>", "<v>99</v>"),
        lambda text: text.replace(END, '<row r="3"><c r="A0003"><v>1</v></c></row>' + END),
        lambda text: text.replace(END, '<row r="3"><c r="A-3"><v>1</v></c></row>' + END),
    ],
    ids=["cut", "doctype", "text that is not there", "odd address", "negative address"],
)
def test_it_refuses_damaged_sheets(edit):
    assert "已损坏或不完整" in refused(changed(edit))


def test_it_refuses_a_workbook_without_sheets():
    data = changed(lambda text: text.replace("<sheet ", "<nothing "), "xl/workbook.xml")
    assert "没有工作表" in refused(data)


def test_it_refuses_a_bomb():
    data = changed(lambda text: text.replace(END, " " * 3_000_000 + END))
    assert "解开后过大" in refused(data, limits=Limits(unpacked=1_000_000))


def test_it_names_the_sheets_there_are():
    with pytest.raises(ProblemError) as error:
        read_sheet(open_book(plain([["甲"]], "名录")), "没有这张")
    assert error.value.text() == "工作表“没有这张”：在文件里找不到。请选择：名录"


def test_it_reads_names_with_a_prefix_and_cells_without_addresses():
    rows = '<row><c><v>1</v></c><c t="inlineStr"><is><t>丙</t></is></c></row>'
    data = changed(lambda text: text.replace(END, rows + END))
    assert list(read_sheet(open_book(data)).rows[2]) == [1, "丙"]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=6))
def test_a_file_with_some_bytes_changed_is_read_or_refused(place, noise):
    data = bytearray(list_of_needs())
    place %= len(data)
    data[place : place + len(noise)] = noise
    try:
        book = open_book(bytes(data), "表.xlsx")
        table_of(read_sheet(book), Layout())
    except ProblemError as error:
        check_english(error)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.text("<>/=\"' rcvtsef0123456789AZ&;", min_size=1, max_size=8))
def test_a_sheet_with_some_signs_changed_is_read_or_refused(place, noise):
    def edit(text: str) -> str:
        start = place % len(text)
        return text[:start] + noise + text[start + len(noise) :]

    try:
        table_of(read_sheet(open_book(changed(edit), "表.xlsx")), Layout())
    except ProblemError as error:
        check_english(error)
