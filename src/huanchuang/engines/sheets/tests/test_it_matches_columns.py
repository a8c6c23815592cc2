"""Which column holds which field, and why."""

from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.sheets import (
    Layout,
    Wanted,
    match_columns,
    open_book,
    plain_heading,
    read_sheet,
    table_of,
)
from huanchuang.engines.sheets.likeness import likeness

from .messy import list_in_two_rows, plain

WANTED = (
    Wanted("name", "名称", ("单位名称", "企业名称"), is_required=True),
    Wanted("uscc", "统一社会信用代码", ("信用代码",), looks="uscc", is_required=True),
    Wanted("contact_name", "联系人", ("经办人",)),
    Wanted("contact_phone", "联系电话", ("电话", "手机"), looks="phone"),
    Wanted("email", "电子邮箱", (), looks="email"),
)
CODE = "91990101MA0000001Y"


def matched(rows, remembered=None, wanted=WANTED):
    found = table_of(read_sheet(open_book(plain(rows))), Layout(), [plain_heading("企业名称")])
    return match_columns(found, wanted, ["序号"], remembered)


def chosen(matching) -> list[tuple[str, str]]:
    return [(choice.field, choice.how) for choice in matching.choices]


def test_it_goes_by_label_alias_and_dress():
    matching = matched([["名称", "信用代码", "联系人（必填）", "电 话"], ["甲", CODE, "张", "13800000001"]])
    assert chosen(matching) == [
        ("name", "same"),
        ("uscc", "alias"),
        ("contact_name", "same"),
        ("contact_phone", "alias"),
    ]
    assert matching.choices[1].why.zh == "“信用代码”是这个字段的一种叫法"


def test_it_offers_what_is_alike_and_asks_to_check():
    matching = matched([["企业名称", "企业信用代码", "联系人手机"], ["甲", "无", "无"]])
    assert chosen(matching) == [("name", "alias"), ("uscc", "near"), ("contact_phone", "near")]
    assert matching.choices[1].why.zh.startswith("列名与“信用代码”相近（")
    assert matching.choices[1].why.zh.endswith("），请核对")
    assert not matching.choices[1].is_sure


def test_it_knows_a_column_by_its_content_where_the_heading_says_nothing():
    matching = matched([["企业名称", "甲栏", "乙栏", "丙栏"], ["甲", CODE, "023-68000001", "a@example.com"]])
    assert chosen(matching)[1:] == [("uscc", "content"), ("contact_phone", "content"), ("email", "content")]


def test_it_goes_by_the_lower_row_of_a_heading():
    found = table_of(read_sheet(open_book(list_in_two_rows())), Layout(), [plain_heading("企业名称")])
    fields = match_columns(found, WANTED).fields
    assert {field: column.letter for field, column in fields.items()} == {
        "name": "B", "uscc": "C", "contact_name": "D", "contact_phone": "E",
    }  # fmt: skip


def test_it_takes_the_first_of_two_columns_of_one_field_and_says_so():
    matching = matched([["企业名称", "单位名称", "电话"], ["甲", "乙", "1"]])
    assert chosen(matching)[:2] == [("name", "alias"), ("", "duplicate")]
    assert matching.choices[1].why.zh == "与A列重复，已取A列"


def test_it_prefers_the_surer_column_wherever_it_stands():
    matching = matched([["企业名称全称", "名称", "电话"], ["甲", "乙", "1"]])
    assert chosen(matching)[1] == ("name", "same")
    assert chosen(matching)[0][0] != "name"


def test_it_leaves_out_columns_that_hold_nothing_to_keep():
    assert chosen(matched([["序号", "企业名称"], [1, "甲"]]))[0] == ("", "ignored")


def test_it_names_required_fields_without_a_column():
    assert matched([["企业名称", "血型"], ["甲", "A"]]).missing == ("uscc",)


def test_it_remembers_what_was_chosen_before():
    before = {plain_heading("血型"): "contact_name", plain_heading("电话"): ""}
    matching = matched([["企业名称", "血型", "电话"], ["甲", "A", "13800000001"]], before)
    assert chosen(matching) == [("name", "alias"), ("contact_name", "remembered"), ("", "ignored")]


texts = st.text(st.sampled_from("单位名称企业信用代码电话手机联系人邮箱"), max_size=8)


@given(texts, texts)
def test_likeness_is_a_share_and_the_same_both_ways_for_equal_texts(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert (likeness(one, other) == 1) == (one == other and bool(one))


@given(st.lists(texts.filter(bool), min_size=1, max_size=6, unique=True))
def test_no_field_is_given_to_two_columns(headings):
    found = table_of(
        read_sheet(open_book(plain([["企业名称", *headings], ["甲"] + ["x"] * len(headings)]))),
        Layout(),
        [plain_heading("企业名称")],
    )
    matching = match_columns(found, WANTED)
    given_away = [choice.field for choice in matching.choices if choice.field]
    assert len(given_away) == len(set(given_away))
    assert len(matching.choices) == len(found.columns)
