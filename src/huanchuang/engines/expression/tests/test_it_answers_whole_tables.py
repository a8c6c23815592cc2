"""A table of enterprises in, a table of answers out."""

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from huanchuang.engines.expression import Answers, read
from huanchuang.engines.expression.columns import FactColumns, Truth, compile_columns, measure
from huanchuang.engines.expression.columns import whole as w
from huanchuang.engines.expression.columns.table import needed_columns
from huanchuang.engines.expression.columns.values import outputs_of
from huanchuang.engines.kernel import ProblemError

from .asking import WAN, bound
from .sample import SITUATION, VOCABULARY

TABLE = pl.DataFrame(
    {
        "organisation": ["甲", "乙", "丙", "丁"],
        "registered-on": [date(2020, 1, 1), date(2025, 1, 1), date(2025, 1, 2), None],
        "rd-expense@2025": [250 * WAN, 250 * WAN - 1, None, 5],
        "sales-revenue@2025": [5000 * WAN, 5000 * WAN, 5000 * WAN, 0],
        "class-one-ip": [1, 0, None, 3],
        "resident": [True, False, None, True],
        "industry-code": ["2641", "C27", "zz", None],
    }
)  # fmt: skip


def answers(**texts):
    return Answers({name: bound(text) for name, text in texts.items()})


def test_it_answers_yes_no_and_unknown():
    found = answers(
        age="注册日期 + 1年 <= 基准日", rd="研发费用 / 销售收入 >= 5%", ip="一类知识产权数 >= 1", resident="居民企业", code="行业代码 属于 26",
        all="注册日期 + 1年 <= 基准日 且 研发费用 / 销售收入 >= 5% 且 居民企业",
    ).of(TABLE)  # fmt: skip
    assert found.to_dict(as_series=False) == {
        "age": [1, 1, 0, -1], "rd": [1, 0, -1, -1], "ip": [1, 0, -1, 1], "resident": [1, 0, -1, 1], "code": [1, 0, -1, -1], "all": [1, 0, 0, -1],
    }  # fmt: skip
    assert set(found.dtypes) == {pl.Int8}


def test_it_gives_numbers_exactly():
    found = answers(
        ratio="研发费用 / 销售收入",
        grant="cap(round(研发费用 * 补助比例, 1万元), 补助上限)",
        bounded="min(研发费用, 10元)",
    ).of(TABLE)
    exact = [above and Fraction(above, below) for above, below in found.select("ratio", "ratio/").iter_rows()]
    assert exact == [Fraction(1, 20), Fraction(250 * WAN - 1, 5000 * WAN), None, None]
    assert found["grant"].to_list() == [25 * WAN, 25 * WAN, None, 0]
    assert found["grant/"].to_list() == [1, 1, 1, 1]
    assert found["bounded"].to_list() == [1000, 1000, None, 5]


def test_it_looks_again_where_bounds_can_tell_more():
    table = pl.DataFrame({"rd-expense@2024": [900, 1, None], "rd-expense@2025": [None, 1, None]})
    assert answers(it="sum(研发费用, 近2年) >= 9元").of(table)["it"].to_list() == [1, 0, -1]
    assert answers(it="min(研发费用, 5元)").of(table).to_dict(as_series=False) == {
        "it": [None, 1, None],
        "it/": [1, 1, 1],
    }
    assert answers(it="min(研发费用, 0元)").of(table)["it"].to_list() == [0, 0, 0]


def test_it_takes_a_column_that_is_not_there_as_unknown():
    table = pl.DataFrame({"resident": [True, False]})
    assert answers(it="居民企业 且 净利润 > 0", score="创新能力评分 <= 100分", date="注册日期 < 基准日", code="行业代码 属于 26", rows="count(专利) >= 0").of(table).rows() == [
        (-1, 1, -1, -1, 1), (0, 1, -1, -1, 1),
    ]  # fmt: skip


def test_it_answers_constants_for_every_row():
    assert answers(it="1 < 2", text='if(1 < 2, "a", "b")').of(TABLE).rows() == [(1, "a")] * 4


def test_it_answers_for_no_rows_at_all():
    found = answers(it="研发费用 / 销售收入 >= 5%", count="count(专利) > 1", n="研发费用").of(TABLE.clear())
    assert found.height == 0
    assert found.columns == ["it", "count", "n", "n/"]


@pytest.mark.parametrize(
    ("column", "values", "expression"),
    [("net-profit@2025", [1.5], "净利润 > 0"), ("net-profit@2025", ["5"], "净利润 > 0"), ("resident", ["是"], "居民企业"), ("registered-on", ["2024-01-01"], "注册日期 < 基准日"), ("industry-code", [26], "行业代码 属于 26")],
)  # fmt: skip
def test_it_refuses_a_column_of_another_type(column, values, expression):
    with pytest.raises(ProblemError) as caught:
        answers(it=expression).of(pl.DataFrame({column: values}))
    assert caught.value.problems[0].code == "expression.column-type"
    assert column in caught.value.text("en")


@pytest.mark.parametrize("dtype", [pl.Int8, pl.Int16, pl.Int32, pl.UInt32, pl.Int64])
def test_it_takes_narrow_columns_without_overflow(dtype):
    table = pl.DataFrame(
        {
            "net-profit@2025": pl.Series([100, 127], dtype=dtype),
            "net-assets@2025": pl.Series([127, 127], dtype=dtype),
        }
    )
    assert answers(it="净利润 * 净资产 * 1000 > 1元 * 1000元").of(table)["it"].to_list() == [1, 1]


def test_it_leaves_values_out_that_a_fact_does_not_admit():
    table = pl.DataFrame({"rd-expense@2025": [-1, 10**15 + 1, 10**15, 0]})
    assert answers(known="研发费用 is known", it="研发费用 >= 0", large="研发费用 > 1亿").of(
        table
    ).rows() == [(0, 1, -1), (0, 1, -1), (1, 1, 1), (1, 1, 0)]


def test_it_keeps_heavy_steps_in_columns_of_their_own():
    text = "研发费用"
    for _ in range(9):
        text = f"max(min({text}, 净利润), if(居民企业, {text}, 净资产))"
        if len(text) > 9000:
            break
    asked = bound(text[: text.rfind(")") + 1])
    compiled = compile_columns(asked)
    assert compiled.shelf.stages
    assert compiled.ready(TABLE.lazy().with_columns(pl.lit(None, dtype=pl.Int64).alias("net-profit@2025"), pl.lit(7, dtype=pl.Int64).alias("net-assets@2025"))).select(outputs_of("it", compiled.column)[0]).collect().height == 4  # fmt: skip


def test_it_leaves_out_guards_that_no_value_needs():
    asked = bound("研发费用 / 销售收入 >= 5%")
    full = TABLE.with_columns(pl.col("rd-expense@2025").fill_null(1), pl.col("sales-revenue@2025") + 1)
    facts = measure(full, needed_columns([asked]))
    column = compile_columns(asked, facts).column
    assert isinstance(column, Truth)
    assert column.total
    assert column.weight < compile_columns(asked, FactColumns()).column.weight / 3


def test_it_becomes_as_wide_as_it_must():
    largest = w.Whole(pl.col("x"), 0, 2**62)
    assert w.plus(w.constant(0), largest).width == 64
    assert w.plus(largest, largest).width == 128
    assert w.times(largest, largest).width == 128
    with pytest.raises(w.TooLarge):
        w.times(w.times(largest, largest), largest)
    assert w.floored(w.times(largest, largest), w.constant(2**62)).width == 64


def test_it_streams_as_part_of_a_lazy_query():
    compiled = compile_columns(bound("研发费用 / 销售收入 >= 5% 且 居民企业"))
    found = (
        compiled.ready(TABLE.lazy()).with_columns(outputs_of("it", compiled.column)).filter(pl.col("it") == 1)
    )
    assert found.collect(engine="streaming")["organisation"].to_list() == ["甲"]


def test_it_names_the_columns_it_reads():
    asked = read("sum(研发费用, 近2年) > 1元 且 count(专利) > 1 且 居民企业", VOCABULARY).at(SITUATION)
    assert needed_columns([asked]) == (
        "registered-on",
        "rd-expense@2024",
        "rd-expense@2025",
        "resident",
        "patents",
    )


def test_it_leaves_conditions_as_they_are_for_whoever_computes_on():
    chosen = answers(rd="研发费用 / 销售收入 >= 5%", n="min(研发费用, 5元)")
    found = chosen.open(TABLE)
    assert found["rd"].to_list() == [True, False, None, None]
    assert found.drop("rd").equals(chosen.of(TABLE).drop("rd"))


def test_it_works_as_narrow_as_the_numbers_are():
    column = compile_columns(bound("score(一类知识产权数, 2件: 30分, 1件: 6分, else: 0分) + 100分")).column
    assert column.hi.n.width == 16
    assert (column.lo.n.least, column.hi.n.most) == (100, 130)
