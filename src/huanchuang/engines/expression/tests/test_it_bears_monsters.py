"""An expression as large as anybody can write it is answered soon or refused with a reason: it never keeps anybody waiting."""

import dataclasses
import time

import polars as pl
import pytest

from huanchuang.engines.expression import Answers, Record, missing, read, trace, why
from huanchuang.engines.expression.vocabulary import Named
from huanchuang.engines.kernel import ProblemError

from .sample import SITUATION, VOCABULARY

SECONDS = 8
"""Of the processor, on a slow machine; most take a tenth of one."""
TABLE = pl.DataFrame({"rd-expense@2025": [1, None, 7], "sales-revenue@2025": [5, 9, None], "resident": [True, False, None]})  # fmt: skip


def tree(leaf, sign, count):
    """Brackets in brackets, both sides alike."""
    if count == 1:
        return leaf
    half = count // 2
    return f"({tree(leaf, sign, half)} {sign} {tree(leaf, sign, count - half)})"


def branches(depth):
    if depth == 0:
        return "研发费用"
    return f"if(居民企业, {branches(depth - 1)}, {branches(depth - 1)})"


def bands(depth, rows):
    inner = "0分" if depth == 0 else bands(depth - 1, rows)
    return f"score(研发费用 / 销售收入, {', '.join(f'{rows - row}%: {inner}' for row in range(rows))}, else: 1分)"


def years(count):
    return [str(year) for year in range(2000, 2000 + count)]


MONSTERS = {
    "a thousand terms in brackets": tree("研发费用", "+", 700) + " > 1元",
    "hundreds of conditions": tree("职工总数 > 3人", "且", 350),
    "alternatives in a row": " 或 ".join(["职工总数 > 3人"] * 78),
    "branches in branches": branches(8) + " > 1元",
    "bands in bands": bands(2, 6) + " > 3分",
    "as many bands as there can be": bands(0, 58) + " > 3分",
    "the largest of many shares": "max("
    + ", ".join(f"研发费用@{y}年 / 销售收入@{y}年" for y in years(24))
    + ") > 1%",
    "the smallest of many amounts": "min(" + ", ".join(f"研发费用@{y}年" for y in years(58)) + ") > 1元",
    "not not not": "非 " * 38 + "居民企业",
    "a long list of codes": "行业代码 属于 (" + ", ".join(["26"] * 2000) + ")",
    "sums over all years": " + ".join(["sum(研发费用, 近20年)"] * 60) + " > 1元",
    "counts of records": tree('count(专利, 类别 = "I" 且 年费 > 1元) > 1件', "且", 100),
}
REFUSED = {
    "a chain too long": " 且 ".join(["职工总数 > 3人"] * 600),
    "a wall of brackets": "(" * 5000,
    "a wall of pluses": "+" * 9000,
    "a giant number": "9" * 9000,
    "a giant name": "研" * 9000,
    "an open quote": '"' + "a" * 9900,
    "a product without end": tree("增长率", "*", 256) + " > 3%",
    "quotients of quotients": tree("净利润", "/", 64) + " > 0",
    "five hundred bands": bands(0, 500) + " > 3分",
    "sums over all quarters": " 或 ".join(["average(技术合同额 + 技术合同额, 近20季度) > 1元"] * 60),
}  # fmt: skip


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_is_answered_soon_on_records_and_columns(name):
    started = time.process_time()
    asked = read(MONSTERS[name], VOCABULARY).at(SITUATION)
    step = asked.evaluate(Record({}))
    assert why(step)
    assert trace(step).children
    assert step.truth is not None or missing(step)
    answer = Answers({"it": asked}).of(TABLE.clear(1))["it"].to_list()
    assert answer == [{True: 1, False: 0, None: -1}[step.truth]]
    assert Answers({"it": asked}).of(TABLE).height == TABLE.height
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_large_is_refused_soon_with_advice(name):
    started = time.process_time()
    with pytest.raises(ProblemError) as told:
        read(REFUSED[name], VOCABULARY)
    assert time.process_time() - started < SECONDS
    assert told.value.problems[0].text().count("。") >= 1


def doubled(words, number):
    """A vocabulary with one more formula, twice the one before."""
    text = "研发费用" if number == 0 else f"式{number - 1} + 式{number - 1}"
    term = Named(f"式{number}", f"式{number}", f"f{number}", read(text, words).node)
    return dataclasses.replace(words, terms=(*words.terms, term))


def test_formulas_that_double_each_other_are_refused():
    words = VOCABULARY
    for number in range(9):
        words = doubled(words, number)
    with pytest.raises(ProblemError, match="展开后有"):
        doubled(doubled(words, 9), 10)
