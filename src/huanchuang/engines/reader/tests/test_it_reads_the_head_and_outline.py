"""Title, number, dates, addressee, annexes; headings with level and parent."""

from __future__ import annotations

import pytest

from huanchuang.engines.reader.tests.papers import BROKEN, LETTER, PLAN


def test_it_reads_the_head_of_a_plan(reading):
    head = reading(PLAN).document
    assert head.title.startswith("青禾区人民政府办公室关于印发")
    assert head.number == "青禾府办发〔2026〕12号"
    assert head.issuer == "青禾区人民政府办公室"
    assert (head.date, head.date_signed) == ("2026-03-18", "2026-03-18")
    assert head.kind == "通知"
    assert head.addressee == "各镇人民政府、各街道办事处，区级各部门"


def test_it_notes_annexes_and_those_left_out(reading):
    annexes = reading(PLAN).document.annexes
    assert [(annex.title, annex.left_out) for annex in annexes] == [
        ("重点任务分工表(略)", True),
        ("重点项目清单", False),
    ]


def test_it_reads_the_header_table_of_a_site(reading):
    page = "[ 索引号 ] 115/2026-3 [ 发文字号 ] 青科函〔2026〕7号\n[ 发布机构 ] 青禾区科技局\n[ 成文日期 ] 2026-05-16 [ 发布日期 ] 2026-05-23\n\n关于甲事项的复函\n王某委员：\n收悉。\n"
    head = reading(page).document
    assert (head.index_no, head.number, head.issuer) == ("115/2026-3", "青科函〔2026〕7号", "青禾区科技局")
    assert (head.date_signed, head.date_published) == ("2026-05-16", "2026-05-23")
    assert head.title == "关于甲事项的复函"


@pytest.mark.parametrize(
    ("under", "number"),
    [
        ("青科发〔2026〕21号", "青科发〔2026〕21号"),
        ("（青科发〔2026〕21号）", "青科发〔2026〕21号"),
        ("根据青科发〔2026〕21号制定。", None),
    ],
)
def test_it_takes_the_number_under_the_title_for_its_own_and_none_out_of_a_sentence(reading, under, number):
    assert reading(f"青禾区支持办法\n{under}\n第一条 好。\n").document.number == number


def test_it_repairs_a_date_that_lost_its_marks_where_only_one_reading_is_possible(reading):
    result = reading(LETTER)
    assert result.document.date_signed == "2026-05-25"
    assert result.document.repaired
    assert any(doubt.text == "2026525" and doubt.repaired for doubt in result.problems)


def test_it_leaves_a_lost_date_open_where_two_readings_are_possible(reading):
    head = reading(LETTER.replace("2026525", "2026111")).document
    assert head.date_signed is None


def test_it_numbers_the_tree(reading):
    tree = [(node.id, node.level, node.number, node.parent) for node in reading(PLAN).outline]
    assert tree == [
        ("0", "document", "", None),
        ("1", "section", "一、", "0"),
        ("1.1", "task", "（一）", "1"),
        ("1.2", "task", "（二）", "1"),
        ("2", "section", "二、", "0"),
        ("3", "section", "三、", "0"),
        ("3.1", "task", "（一）", "3"),
        ("3.1.1", "subtask", "1.", "3.1"),
        ("3.1.2", "subtask", "2.", "3.1"),
        ("3.2", "task", "（二）", "3"),
        ("4", "section", "四、", "0"),
        ("4.1", "item", "一是", "4"),
        ("4.2", "item", "二是", "4"),
    ]


def test_a_heading_ends_at_its_first_full_stop(reading):
    headings = {node.id: node.heading for node in reading(PLAN).outline}
    assert headings["3.1.1"] == "1.做强青禾实验室。"
    assert headings["2"] == "二、主要目标"


def test_it_joins_a_heading_cut_by_a_line_break_and_says_so(reading):
    node = next(node for node in reading(BROKEN).outline if node.number == "（一）")
    assert node.heading.replace("\n", "") == "（一）加快载体建设，打造“学院+ 园区+ 基金”协同创新模式"
    assert node.repaired


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "第一章 总则\n第一条 为了规范管理。\n第二条 适用范围。\n（一）企业；\n（二）高校。\n第二章 职责\n第三条 分工。",
            ["1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "2.1"],
        ),
        ("一、总体\n（一）甲。\n二、任务\n（二）乙。\n（三）丙。", ["1", "1.1", "2", "2.1", "2.2"]),
        ("一、任务\n1.甲。\n①乙。\n②丙。\n2.丁。", ["1", "1.1", "1.1.1", "1.1.2", "1.2"]),
        ("一、原则\n——坚持创新。内容。\n——坚持开放。内容。", ["1", "1.1", "1.2"]),
    ],
)
def test_it_knows_the_styles_of_numbering(reading, text, expected):
    assert [node.id for node in reading("关于某事的规定\n" + text).outline][1:] == expected


@pytest.mark.parametrize("line", ["1.5亿元资金到位。", "第一条例外情形", "十、九、八、七倒数", "2026年工作"])
def test_it_takes_no_number_for_a_marker(reading, line):
    assert len(reading("关于某事的方案\n前文结束。\n" + line).outline) == 1


def test_a_list_inside_one_sentence_opens_no_items(reading):
    text = "关于某事的函\n一、请求。请支持三件事：一是延长年限；二是纳入范围；三是解决补贴。"
    assert [node.number for node in reading(text).outline] == ["", "一、"]


def test_it_ends_a_title_where_it_names_its_kind(reading):
    """A hard-broken text whose first paragraph follows the title at once."""
    text = "青禾区中试平台建设实施方案\n为加快把科研成果变成产品,推动校地协同发\n展,结合我区实际,制定本方案,请各单位结\n合职责抓好落实,并将情况及时报送专班办公\n室汇总,遇有问题请与专班办公室联系协调解\n决。\n一、目标\n"
    assert reading(text).document.title == "青禾区中试平台建设实施方案"


def test_it_gives_a_letter_without_title_none(reading):
    head = reading("王某委员:\n您提出的建议收悉。现答复如下:\n一、进展情况\n").document
    assert (head.title, head.addressee) == ("", "王某委员")
