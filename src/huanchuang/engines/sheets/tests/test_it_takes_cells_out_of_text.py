"""The cells of a csv in the encodings and with the delimiters that offices' programs write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sheets import Limits, open_book, read_sheet

from .messy import check_english, csv

ROWS = [["单位名称", "备注"], ["云澜精密机械有限公司", "含,逗号和“引号”"], ["青岑生物", '两"行\n文字']]


def rows_of(data: bytes) -> list[list]:
    return [list(row) for row in read_sheet(open_book(data, "名录.csv")).rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_it_finds_encoding_and_delimiter(encoding, delimiter, end):
    assert rows_of(csv(ROWS, encoding, delimiter, end)) == ROWS


def test_it_names_the_sheet_for_the_file():
    book = open_book(csv(ROWS), "名录.csv")
    assert (book.kind, book.first) == ("csv", "名录")


def test_it_goes_by_the_line_that_excel_writes_for_the_delimiter():
    assert rows_of("sep=;\r\n名称;价格\r\n甲;1,5\r\n".encode()) == [["名称", "价格"], ["甲", "1,5"]]


def test_it_is_not_misled_by_commas_inside_of_texts():
    text = "名称;说明\n甲;一,二,三\n乙;四,五\n丙;六\n"
    assert rows_of(text.encode())[1] == ["甲", "一,二,三"]


def test_it_reads_a_single_column():
    assert rows_of("单位名称\n甲公司\n乙公司\n".encode()) == [["单位名称"], ["甲公司"], ["乙公司"]]


def test_it_names_the_line_where_a_quotation_mark_is_left_open():
    with pytest.raises(ProblemError) as refused:
        rows_of('名称,说明\n甲,"没有结束\n乙,二\n'.encode())
    assert refused.value.text() == (
        "文件“名录.csv”第2行：引号不成对，无法分列。请检查这一行的双引号；内容里的双引号要写成两个"
    )


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00\xd8\x00\x00", b"a,\x80\x80\xff,b\n\xfe\xff\n", b"abc\x00def\x00\x01"]
)
def test_it_refuses_what_is_no_text(data):
    with pytest.raises(ProblemError, match="编码无法识别"):
        rows_of(data)


def test_it_refuses_more_rows_than_are_taken_at_once():
    with pytest.raises(ProblemError, match=r"超过10行"):
        read_sheet(open_book(b"a,b\n" * 11), limits=Limits(rows=10))
    assert len(read_sheet(open_book(b"a,b\n" * 10 + b"\n\n"), limits=Limits(rows=10)).rows) == 10


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=12,
)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=2, max_size=8)
    ),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_read(rows, encoding):
    quoted = "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert rows_of(quoted.encode(encoding)) == rows


@given(st.binary(max_size=400))
def test_it_never_fails_in_another_way(data):
    try:
        rows_of(data)
    except ProblemError as refused:
        check_english(refused)
