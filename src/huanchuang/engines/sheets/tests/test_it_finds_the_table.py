"""The table in a list as offices make it: heading, units, merged cells, totals, notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sheets import Layout, open_book, plain_heading, read_sheet, table_of
from huanchuang.engines.sheets.headings import split_heading

from .messy import check_english, csv, list_in_two_rows, list_of_needs, plain, xlsx

LAYOUT = Layout(
    totals=("合计", "总计", "小计"),
    notes=("注", "备注", "填表说明"),
    footers=("填表人", "审核人", "填表日期"),
    blanks=("-",),
    ignored=("序号",),
)
KNOWN = frozenset(
    map(plain_heading, ["需求名称", "预算金额", "企业名称", "单位名称", "统一社会信用代码", "电话", "联系人"])
)


def table(data: bytes, known=KNOWN):
    return table_of(read_sheet(open_book(data, "表.xlsx")), LAYOUT, known)


def headings(found) -> list[str]:
    return [column.heading for column in found.columns]


class TestListOfNeeds:
    def test_it_finds_the_heading_below_titles_and_merged_cells(self):
        found = table(list_of_needs())
        assert found.header == (2, 2)
        assert found.title == "青岑区2026年企业技术需求征集汇总表"
        assert headings(found)[:3] == ["序号", "所属单位或公司名称", "需求名称"]

    def test_it_finds_it_without_known_names_too(self):
        assert table(list_of_needs(), frozenset()).header == (2, 2)

    def test_it_keeps_the_unit_that_a_line_above_names(self):
        found = table(list_of_needs())
        assert found.units == ("万元",)
        assert found.money_unit(found.columns[4]) == "万元"

    def test_it_fills_merged_cells_down(self):
        found = table(list_of_needs())
        assert [row.cells[1] for row in found.rows] == ["云澜精密机械有限公司"] * 2 + ["青岑生物科技有限公司"]

    def test_it_leaves_out_totals_notes_feet_and_empty_rows(self):
        assert [row.number for row in table(list_of_needs()).rows] == [4, 5, 6]

    def test_it_says_what_it_did_and_left_out(self):
        assert [note.zh for note in table(list_of_needs()).notes] == [
            "有1行按合并单元格补上了同样的内容",
            "合计行没有读入（1行）：A8“合  计”",
            "表下的说明没有读入（2行）：A9“注：1.本表由各镇街汇总后报送；2.预算金额可填“面议”。”、A10“填表人：张某”",
        ]


class TestHeadingInTwoRows:
    def test_it_joins_the_rows(self):
        found = table(list_in_two_rows())
        assert found.header == (1, 2)
        assert headings(found) == [
            "序号", "企业名称", "统一社会信用代码", "联系方式／联系人", "联系方式／电话", "营业收入／2024年", "营业收入／2025年", "所属行业",
        ]  # fmt: skip

    def test_it_keeps_the_unit_of_the_group_for_each_column(self):
        assert [column.unit for column in table(list_in_two_rows()).columns][5:7] == ["万元", "万元"]

    def test_it_leaves_out_the_row_of_column_numbers(self):
        assert [row.number for row in table(list_in_two_rows()).rows] == [5, 6]

    def test_it_joins_them_in_a_csv_that_knows_no_merging(self):
        found = table(
            csv(
                [
                    ["名录", "", "", "", ""],
                    ["序号", "企业名称", "联系方式", "", "备注"],
                    ["", "", "联系人", "电话", ""],
                    ["1", "甲公司", "张某", "13800000001", ""],
                    ["2", "乙公司", "李某", "13800000002", "新"],
                ]
            )
        )
        assert headings(found) == ["序号", "企业名称", "联系方式／联系人", "联系方式／电话", "备注"]
        assert [row.cells[1] for row in found.rows] == ["甲公司", "乙公司"]

    def test_it_takes_no_row_of_data_for_a_second_row_of_the_heading(self):
        found = table(
            plain(
                [
                    ["企业名称", "联系人", "电话", None, "备注"],
                    ["甲", "张", "1", None, "乙"],
                    ["丙", "李", "2", None, None],
                ]
            )
        )
        assert found.header == (0, 0)
        assert len(found.rows) == 2


def test_it_leaves_out_headings_repeated_on_every_page():
    found = table(plain([["企业名称", "联系人"], ["甲", "张"], ["企业名称", "联系人"], ["乙", "李"]]))
    assert [row.cells[0] for row in found.rows] == ["甲", "乙"]
    assert found.notes[0].zh == "重复的表头没有读入（1行）：A3“企业名称”"


def test_it_keeps_records_whose_names_only_begin_like_a_total():
    found = table(
        plain(
            [
                ["企业名称", "电话"],
                ["合计算法科技有限公司", "1"],
                ["小计（2家）", None],
                ["注册会计师事务所", "2"],
            ]
        )
    )
    assert [row.cells[0] for row in found.rows] == ["合计算法科技有限公司", "注册会计师事务所"]


def test_it_tells_of_columns_without_a_heading():
    found = table(plain([["企业名称", None, "电话"], ["甲", "无主", "1"], ["乙", None, "2"]]))
    assert [note.zh for note in found.notes] == ["B列有内容但没有标题，没有读入"]


def test_it_marks_hidden_rows():
    def fill(_book, sheet):
        for number, row in enumerate([["企业名称", "电话"], ["甲", "1"], ["乙", "2"]]):
            sheet.write_row(number, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})

    assert [row.is_hidden for row in table(xlsx(fill)).rows] == [False, True]


def test_it_gives_the_first_different_values_of_a_column():
    found = table(
        plain([["企业名称", "电话"], ["甲", 1], ["甲", 2], [None, 3], ["乙", 4], ["丙", 5], ["丁", 6]])
    )
    assert found.samples(found.columns[0]) == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "工作表“Sheet1”：是空的。请选择有内容的工作表，或确认选对了文件"),
        (
            [["2026年企业名录"]],
            "工作表“Sheet1”：只有A1的标题，没有表头和数据。请填好数据后再上传，或选择另一张工作表",
        ),
        (
            [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
            "工作表“Sheet1”：前60行里没有找到表头。请在数据上方写一行列名，例如 单位名称、统一社会信用代码；也可以下载模板填写",
        ),
    ],
    ids=["empty", "only a title", "only numbers"],
)
def test_it_says_what_is_missing(rows, told):
    with pytest.raises(ProblemError) as refused:
        table(plain(rows))
    assert refused.value.text() == told
    assert refused.value.text("en") != told


def test_numbers_in_a_csv_name_nothing():
    with pytest.raises(ProblemError, match="没有找到表头"):
        table_of(read_sheet(open_book(b"1,2,3\n4,5,6\n7,8,9\n", "数字.csv")), LAYOUT, KNOWN)


def test_it_finds_a_heading_with_nothing_under_it():
    found = table(plain([["名录"], ["企业名称", "统一社会信用代码", "电话"]]))
    assert (found.header, found.rows) == ((1, 1), ())


@pytest.mark.parametrize(
    ("written", "name", "unit"),
    [
        ("预算金额（万元）", "预算金额", "万元"),
        ("预算金额(单位：万元)", "预算金额", "万元"),
        ("原值（万元，含税）", "原值", "万元"),
        ("金额/亿元", "金额", "亿元"),
        ("年开放机时\n（小时）", "年开放机时", "小时"),
        ("面积（㎡）", "面积", "平方米"),
        ("占比（%）", "占比", "%"),
        ("资金 万元", "资金", "万元"),
        ("*单位名称（全称）", "单位名称（全称）", ""),
        ("省/市", "省/市", ""),
        ("合作方式（可多选）", "合作方式（可多选）", ""),
    ],
)
def test_it_takes_the_unit_out_of_a_heading(written, name, unit):
    assert split_heading(written) == (name, unit)


@pytest.mark.parametrize(
    "written",
    [
        "单位名称",
        " 单位 名称 ",
        "*单位名称：",
        "单位名称（盖章）",
        "1.单位名称",
        "（一）单位名称",
        "单位\n名称",
        "请填写单位名称",
    ],
)
def test_it_compares_headings_without_their_dress(written):
    assert plain_heading(written) == "单位名称"


@given(st.text(max_size=40))
def test_a_plain_heading_stays_as_it_is(text):
    once = plain_heading(text)
    assert plain_heading(once) == once or not once.strip()


names = st.text(st.sampled_from("云澜青岑精密机械生物科技有限公司甲乙丙丁"), min_size=2, max_size=10)


@given(
    st.lists(st.tuples(names, st.integers(1, 10**6), names), min_size=1, max_size=12),
    st.integers(0, 3),
    st.integers(0, 2),
)
def test_every_record_under_a_known_heading_is_kept_in_order(records, titles, gaps):
    above = [[f"第{number}行标题"] for number in range(titles)]
    rows = [*above, ["企业名称", "统一社会信用代码", "联系人"]]
    for record in records:
        rows.extend([[]] * gaps)
        rows.append(list(record))
    found = table(plain(rows))
    assert [row.cells[:3] for row in found.rows] == records


@given(
    st.lists(st.lists(st.one_of(st.none(), names, st.integers(), st.just("合计")), max_size=6), max_size=8)
)
def test_it_finds_a_table_or_says_why_not(rows):
    try:
        found = table(plain(rows))
    except ProblemError as refused:
        check_english(refused)
        return
    assert found.columns
    assert all(row.index > found.header[1] for row in found.rows)
