"""What people write into a field becomes one stored value, or a message that says what to do."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.registry.queries.kinds import KINDS, Field, Shape
from huanchuang.registry.queries.kinds.parameters import parameter_of
from huanchuang.registry.queries.kinds.values import plain_value, read_value, show_value, value_of_plain

MONEY = Field("price", "价格", Shape.MONEY, unit="万元")
DAY = Field("day", "日期", Shape.DATE)
WHOLE = Field("count", "人数", Shape.WHOLE, unit="人")
NUMBER = Field("area", "面积", Shape.NUMBER, unit="平方米")
TICK = Field("tick", "勾选", Shape.YES_NO)
LINES = Field("lines", "别名", Shape.LINES)
CODES = Field("ways", "方式", Shape.CODES, vocabulary="transfer-ways")
NUMBER_OF_IP = Field("number", "申请号", Shape.IP_NUMBER)


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        (MONEY, "120", Money(120_000_000)),
        (MONEY, "１２０．５", Money(120_500_000)),
        (MONEY, "1,200.50", Money(1_200_500_000)),
        (MONEY, "3亿元", Money(30_000_000_000)),
        (MONEY, "8000元", Money(800_000)),
        (MONEY, "1200万", Money(1_200_000_000)),
        (MONEY, "１.２亿", Money(12_000_000_000)),
        (DAY, "2024-02-29", dt.date(2024, 2, 29)),
        (DAY, "2024年2月29日", dt.date(2024, 2, 29)),
        (DAY, "2023.6.1", dt.date(2023, 6, 1)),
        (DAY, "２０２３／０６／０１", dt.date(2023, 6, 1)),
        (DAY, "20230601", dt.date(2023, 6, 1)),
        (WHOLE, "12人", 12),
        (WHOLE, "十二", 12),
        (NUMBER, "1200.5", Decimal("1200.5")),
        (TICK, "是", True),
        (TICK, "√", True),
        (TICK, "否", False),
        (LINES, "甲公司；乙公司\n甲公司", ["甲公司", "乙公司"]),
        (CODES, "转让、许可、技术入股", ["assignment", "licence", "equity"]),
        (NUMBER_OF_IP, "ZL 201710601862.3", "201710601862.3"),
        (NUMBER_OF_IP, "2024SR0123456", "2024SR0123456"),
    ],
)
def test_it_reads_what_people_write(field, written, value):
    assert read_value(field, written) == value


@pytest.mark.parametrize(
    ("field", "written", "word"),
    [
        (DAY, "2023-02-29", "2023-02-29"),
        (DAY, "2023年6月", "年、月、日都要有"),
        (DAY, "去年", "日期"),
        (MONEY, "面议", "不知道就留空"),
        (MONEY, "-5", "不能小于零"),
        (WHOLE, "3.5", "整数"),
        (NUMBER, "很大", "数字"),
        (NUMBER, "1" + "0" * 30, "过大"),
        (TICK, "也许", "是 或 否"),
        (CODES, "转让、魔法", "魔法"),
        (NUMBER_OF_IP, "201710601862.4", "3"),
        (Field("name", "名称", length=5), "一二三四五六", "最多5个"),
        (LINES, "\n".join(f"第{n}行" for n in range(80)), "最多60行"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(field, written, word):
    with pytest.raises(ProblemError, match=word) as refused:
        read_value(field, written)
    assert all(problem.remedy and problem.en for problem in refused.value.problems)


@pytest.mark.parametrize("nothing", [None, "", "   ", "\u200b"])
@pytest.mark.parametrize("shape", Shape)
def test_nothing_written_is_nothing_known(shape, nothing):
    field = Field("x", "某项", shape, vocabulary="degrees", target="organisation")
    assert read_value(field, nothing) == field.empty


@given(st.integers(min_value=0, max_value=10**15))
def test_money_keeps_every_fen_through_show_and_read(fen):
    assert read_value(MONEY, show_value(MONEY, Money(fen))) == Money(fen)


@given(
    st.one_of(
        st.tuples(st.just(MONEY), st.integers(0, 10**15).map(Money)),
        st.tuples(st.just(DAY), st.dates(dt.date(1900, 1, 1), dt.date(2190, 1, 1))),
        st.tuples(st.just(WHOLE), st.integers(0, 10**8)),
        st.tuples(st.just(NUMBER), st.decimals(0, 10**8, places=2)),
        st.tuples(st.just(TICK), st.booleans()),
        st.tuples(st.just(LINES), st.lists(st.text("甲乙丙丁", min_size=1), max_size=5, unique=True)),
        st.tuples(st.just(CODES), st.lists(st.sampled_from(["licence", "equity", "joint"]), unique=True)),
    )
)
def test_a_plain_value_is_the_value_again(pair):
    field, value = pair
    assert value_of_plain(field, plain_value(field, value)) == value


@given(st.text())
def test_no_text_whatever_breaks_a_field(text):
    for field in (MONEY, DAY, WHOLE, NUMBER, TICK, LINES, CODES, NUMBER_OF_IP):
        try:
            value = read_value(field, text)
        except ProblemError:
            continue
        assert value_of_plain(field, plain_value(field, value)) == value


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("抗拉强度 ≥ 500 MPa", ("抗拉强度", ">=", "500", "MPa")),
        ("抗拉强度：不低于500MPa", ("抗拉强度", ">=", "500", "MPa")),
        ("水分≤0.05%", ("水分", "<=", "0.05", "%")),
        ("转化率达到98%以上", ("转化率", ">=", "98", "%")),
        ("工作温度 -40~120 ℃", ("工作温度", "range", "-40", "°C")),
        ("重量 12 kg", ("重量", "=", "12", "kg")),
        ("密度 ≥ 1.9 g/cm³", ("密度", ">=", "1.9", "g/cm3")),
        ("550nm透光率 ≥ 89 %", ("550nm透光率", ">=", "89", "%")),
        ("0.2μm以上颗粒 ≤ 5 个/mL", ("0.2μm以上颗粒", "<=", "5", "个/mL")),
        ("厚度 100 μm 以上", ("厚度", ">=", "100", "μm")),
    ],
)
def test_it_takes_a_parameter_apart(line, parts):
    found = parameter_of(line)
    assert (found["name"], found["comparator"], found["value"], found["unit"]) == parts
    assert found["text"] == line


def test_a_parameter_without_a_figure_keeps_its_words():
    assert parameter_of("符合国家环保要求") == {"text": "符合国家环保要求"}


def test_every_field_of_every_kind_is_a_column_of_its_model():
    for kind in KINDS.values():
        columns = {column.name for column in kind.model._meta.get_fields()}
        assert {field.name for field in kind.fields} <= columns
        named = {name for columns_ in (*kind.identity, *kind.unique_columns) for name in columns_}
        assert named <= columns
