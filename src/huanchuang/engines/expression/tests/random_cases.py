"""Dice expressions that are right, and random records with boundary values and gaps: for parity and for the laws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.expression.expression import Bound
from huanchuang.engines.expression.record import Record
from huanchuang.engines.expression.tests.sample import PATENTS
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.expression.vocabulary import Fact, Plain


class Dice(Protocol):
    """A seeded generator; hypothesis and the benchmarks bring one."""

    def random(self) -> float: ...
    def choice(self, choices: Any) -> Any: ...
    def randrange(self, *bounds: int) -> int: ...


SIGNS = (">=", "<=", ">", "<", "=", "!=")


class Writer:
    """Writes expressions of a wanted kind, at most `depth` deep. `knows` allows `is known`, which is not monotone."""

    def __init__(self, rng: Dice, knows: bool = True) -> None:
        self.rng = rng
        self.knows = knows

    def pick(self, *choices: Callable[[], str]) -> str:
        return self.rng.choice(choices)()

    def condition(self, depth: int, folded: bool = False) -> str:
        if depth <= 0:
            return self.simple_condition(folded)
        deeper = depth - 1
        choices: list[Callable[[], str]] = [
            lambda: f"{self.money(deeper, folded)} {self.sign()} {self.money(deeper, folded)}",
            lambda: f"{self.share(deeper, folded)} {self.sign()} {self.share(deeper, folded)}",
            lambda: (
                f"({self.condition(deeper, folded)}) {self.rng.choice(('且', '或', 'and', 'or'))} ({self.condition(deeper, folded)})"
            ),
            lambda: f"非 ({self.condition(deeper, folded)})",
            lambda: (
                f"if({self.condition(deeper, folded)}, {self.condition(deeper, folded)}, {self.condition(deeper, folded)})"
            ),
            lambda: f"{self.points(deeper)} {self.sign()} {self.rng.choice((0, 12, 60, 70, 100))}分",
            lambda: self.simple_condition(folded),
        ]
        if self.knows:
            choices.append(lambda: f"{self.rng.choice((self.money, self.share))(deeper, folded)} is known")
            choices.append(lambda: f"known({self.condition(deeper, folded)})")
        if not folded:
            choices += [lambda: self.counted(deeper), lambda: self.dates(deeper), lambda: "无不良记录"]
        return self.pick(*choices)

    def simple_condition(self, folded: bool) -> str:
        choices = [
            lambda: self.rng.choice(("重大事故", "居民企业", "居民企业 = 是", "重大事故 != 否", "非 重大事故")),
            lambda: f"职工总数 {self.sign()} {self.rng.choice((0, 10, 500))}人",
            lambda: self.rng.choice(("行业代码 属于 26", "地区代码 属于 5001", "行业代码 不属于 (264, 27)", '地区代码 = "500107"')),
            lambda: self.rng.choice(('企业规模 属于 ("小型", "微型")', '企业规模 = "小型"', '企业规模 != "中型"')),
            lambda: f"净利润 {self.sign()} 0",
        ]  # fmt: skip
        return self.pick(*choices)

    def sign(self) -> str:
        return self.rng.choice(SIGNS)

    def fact(self, folded: bool) -> str:
        name = self.rng.choice(("销售收入", "研发费用", "净利润", "净资产", "研发费用"))
        if folded or self.rng.random() < 0.7:
            return name
        return name + self.rng.choice(("@上年", "@前年", "@大前年", "@2024年", "@本年", "@-2"))

    def money(self, depth: int, folded: bool = False) -> str:
        if depth <= 0:
            return self.rng.choice((self.fact(folded), self.fact(folded), self.amount(), "补助上限"))
        deeper = depth - 1
        choices: list[Callable[[], str]] = [
            lambda: f"({self.money(deeper, folded)} {self.rng.choice('+-')} {self.money(deeper, folded)})",
            lambda: f"-({self.money(deeper, folded)})",
            lambda: f"{self.money(deeper, folded)} * {self.share(deeper, folded)}"
            if depth < 3 else self.fact(folded),
            lambda: f"{self.rng.choice(('min', 'max'))}({self.money(deeper, folded)}, {self.money(deeper, folded)})",
            lambda: f"{self.rng.choice(('round', 'floor', 'ceil'))}({self.money(deeper, folded)}{self.rng.choice(('', ', 1万元', ', 3元'))})",
            lambda: f"if({self.condition(deeper, folded)}, {self.money(deeper, folded)}, {self.money(deeper, folded)})",
            lambda: f"band({self.money(deeper, folded)}, 0: {self.money(0, folded)}, 5000万: 5万, 补助上限 : 3万元, else: {self.money(0, folded)})"
            if self.rng.random() < 0 else f"band({self.money(deeper, folded)}, 0: 1万元, 5000万: {self.money(0, folded)}, else: 2万元)",
            lambda: self.fact(folded),
        ]  # fmt: skip
        if not folded:
            choices += [
                lambda: f"{self.rng.choice(('sum', 'average'))}({self.money(deeper, True)}, 近{self.rng.choice('1235')}年)",
                lambda: "sum(技术合同额, 近4季度)",
                lambda: self.rng.choice(("sum(专利.年费)", 'sum(专利.年费, 类别 = "I")', "sum(专利.年费, 有效 且 授权日期 >= 2024-01-01)")),
            ]  # fmt: skip
        return self.pick(*choices)

    def amount(self) -> str:
        return self.rng.choice(("0", "1元", "0.01元", "5000万元", "2亿", "12.34万元", "-3万元", "100万"))

    def share(self, depth: int, folded: bool = False) -> str:
        if depth <= 0:
            return self.rng.choice(
                ("5%", "60%", "0%", "100%", "12.5‰", "补助比例", "载体使用率", "增长率", "-10%")
            )
        deeper = depth - 1
        choices: list[Callable[[], str]] = [
            lambda: f"{self.money(0, folded)} / {self.fact(folded)}",
            lambda: "科技人员数 / 职工总数",
            lambda: f"({self.share(deeper, folded)} {self.rng.choice('+-*')} {self.share(0, folded)})",
            lambda: (
                f"score({self.share(deeper, folded)}, 60%: 50%, 10%: {self.share(0, folded)}, 0%: 20%, else: 0%)"
            ),
            lambda: f"round({self.share(deeper, folded)}, 0.1%)",
            lambda: (
                f"{self.rng.choice(('min', 'max'))}({self.share(deeper, folded)}, {self.share(0, folded)})"
            ),
        ]
        if not folded:
            choices.append(
                lambda: self.rng.choice(("sum(研发费用, 近3年) / sum(销售收入, 近3年)", "研发投入强度"))
            )
            choices.append(lambda: f"{self.money(deeper)} / sum(销售收入, 近2年)")
        return self.pick(*choices)

    def points(self, depth: int) -> str:
        share = self.share(depth)
        return self.pick(
            lambda: "创新能力评分",
            lambda: f"score({share}, 30%: 20分, 25%: 16分, 10%: 4分, else: 0分) + 创新能力评分",
            lambda: (
                f"score({share}, 6%: 50, 5%: 40, 2%: 10, else: 0) + score(一类知识产权数, 1: 30, else: 0)"
            ),
        )

    def counted(self, depth: int) -> str:
        return self.pick(
            lambda: (
                f"count({self.condition(depth, True)} 且 净利润 > 0, 近3年) {self.sign()} {self.rng.choice((1, 2, 3))}"
            ),
            lambda: f'count(专利, 类别 = "I") {self.sign()} {self.rng.choice((1, 2))}',
            lambda: f"count(专利) {self.sign()} 2件",
            lambda: f"count(专利, 有效 或 授权日期 + 2年 > 基准日) {self.sign()} 1",
            lambda: f'sum(专利.权利要求数, 类别 属于 ("I", "II")) {self.sign()} 5',
            lambda: f"sum(走访次数, 近12个月) {self.sign()} 12",
        )

    def dates(self, depth: int) -> str:
        return self.pick(
            lambda: f"age(注册日期) {self.sign()} {self.rng.choice((1, 2, 3))}年",
            lambda: f"age(注册日期, 发证日期) {self.sign()} 1年",
            lambda: (
                f"注册日期 + {self.rng.choice(('1年', '6个月', '365天', '10个工作日', '0个工作日', '300年'))} {self.sign()} 基准日"
            ),
            lambda: f"基准日 - 注册日期 {self.sign()} {self.rng.choice((30, 366))}天",
            lambda: f"发证日期 - {self.rng.choice(('1个月', '5个工作日'))} {self.sign()} 注册日期",
            lambda: f"workdays(注册日期, 发证日期) {self.sign()} {self.rng.choice((0, 5, 250))}个工作日",
            lambda: f"if({self.condition(depth)}, 注册日期, 发证日期) {self.sign()} 2025-06-30",
        )


EDGES = (
    0, 1, -1, 100, 5_000_000_000, 5_000_000_001, 20_000_000_000, 20_000_000_001, 250_000_000, 249_999_999,
    10**15, 10**15 + 1, -(10**15), 10, 500, 60, 6000, 7000, 7001, 10_000, 600_000, 100_000, 50_000,
)  # fmt: skip
DAYS = [date(2020, 2, 29), date(2024, 2, 29), date(2025, 1, 1), date(2024, 12, 31), date(2026, 1, 1), date(2023, 6, 30), date(2022, 12, 31), date(2023, 1, 1), date(2025, 9, 30), date(1900, 1, 1), date(2199, 12, 31)]  # fmt: skip


def random_value(rng: Dice, fact: Fact) -> Plain | None:
    """A value for a fact: often on an edge, sometimes outside of what it admits, sometimes none."""
    if rng.random() < 0.2:
        return None
    if fact.type == DATE:
        return day_number(rng.choice(DAYS)) if rng.random() < 0.9 else rng.choice((10**6, -(10**6)))
    if fact.type.kind == "yes-no":
        return rng.random() < 0.5
    if fact.type.kind == "code":
        return rng.choice(("2641", "C2641", "27", "2710", "500107", "371602", "500000", "999", ""))
    if fact.type.kind == "text":
        return rng.choice(("小型", "微型", "中型", "I", "II", ""))
    whole = (
        rng.choice(EDGES) if rng.random() < 0.6 else rng.randrange(-1000, 10 ** rng.choice((2, 4, 7, 11, 13)))
    )
    low, high = fact.edges
    if rng.random() < 0.9 and fact.least is not None:
        whole = max(low, min(high, abs(whole)))
    return whole * fact.step


def random_record(rng: Dice, bound: Bound) -> Record:
    """A record with values for what an expression needs."""
    facts: dict[tuple[str, str], Plain | None] = {
        (fact.key, "" if period is None else period.code): random_value(rng, fact)
        for fact, period in bound.needs
    }
    rows = None
    if rng.random() < 0.8:
        rows = [
            {fact.key: random_value(rng, fact) for fact in PATENTS.fields} for _ in range(rng.randrange(4))
        ]
    return Record(facts, {PATENTS.key: rows})
