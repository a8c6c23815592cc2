"""The expression room against expressions written by hand: 1,000,000 enterprises, the rule sets of domain.md B.1 and B.2.

Fourteen outputs each: eight conditions of 高企 and whether all hold, three parts of the score of 科小, the score, and
whether all its conditions hold. The peers know no unknown: Polars expressions with whole yuan, as one writes them by hand,
and a plain Python function. Ours keeps money in fen, answers in three values, and (second table) copes with 5 % gaps.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import polars as pl

from huanchuang.engines.expression import Answers, Bound, Record, Situation, Vocabulary, read, why
from huanchuang.engines.expression.types import DATE, MONEY, YES_NO, number
from huanchuang.engines.expression.vocabulary import Fact

ROWS = 1_000_000
ROUNDS = 5
AS_OF = date(2026, 1, 1)
ZERO = Fraction(0)
MONEYS = {
    "sales": ("销售收入", 3, 9_500_000_000), "rd": ("研发费用", 3, 700_000_000), "domestic": ("境内研发费用", 3, 650_000_000),
    "revenue": ("总收入", 1, 9_500_000_000), "high": ("高新技术产品收入", 1, 8_000_000_000), "costs": ("成本费用总额", 1, 9_000_000_000),
    "assets": ("资产总额", 1, 50_000_000_000),
}  # fmt: skip
COUNTS = {"staff": ("职工总数", 700), "tech": ("科技人员数", 150)}
NUMBERS = {"one": ("一类知识产权数", 3), "two": ("二类知识产权数", 7), "score": ("创新能力评分", 101)}
TRUTHS = {"ip": ("知识产权支撑主要产品", 9), "field": ("技术领域符合", 8), "accident": ("重大事故", 1), "banned": ("产品属禁限淘汰", 1), "dishonest": ("严重失信", 1), "resident": ("居民企业", 9)}  # fmt: skip
VOCABULARY = Vocabulary(
    facts=(
        Fact("born", "注册日期", "registered", DATE),
        *(Fact(key, zh, key, number(MONEY), "year", least=ZERO) for key, (zh, _, _) in MONEYS.items()),
        *(Fact(key, zh, key, number((("人", 1),)), "year", limit=10**9, least=ZERO) for key, (zh, _) in COUNTS.items()),
        *(Fact(key, zh, key, number(None), limit=10**6, least=ZERO) for key, (zh, _) in NUMBERS.items()),
        *(Fact(key, zh, key, YES_NO) for key, (zh, _) in TRUTHS.items()),
    ),
    registered="born",
)  # fmt: skip
EXPRESSIONS = {
    "hte1": "注册日期 + 1年 <= 基准日",
    "hte2": "知识产权支撑主要产品",
    "hte3": "技术领域符合",
    "hte4": "科技人员数 / 职工总数 >= 10%",
    "hte5": "sum(研发费用, 近3年) / sum(销售收入, 近3年) >= band(销售收入, 5000万: 5%, 2亿: 4%, else: 3%)"
    " 且 sum(境内研发费用, 近3年) / sum(研发费用, 近3年) >= 60%",
    "hte6": "高新技术产品收入 / 总收入 >= 60%",
    "hte7": "创新能力评分 > 70",
    "hte8": "非 重大事故",
    "sme_staff": "score(科技人员数 / 职工总数, 30%: 20, 25%: 16, 20%: 12, 15%: 8, 10%: 4, else: 0)",
    "sme_rd": "max(score(研发费用 / 销售收入, 6%: 50, 5%: 40, 4%: 30, 3%: 20, 2%: 10, else: 0),"
    " score(研发费用 / 成本费用总额, 30%: 50, 25%: 40, 20%: 30, 15%: 20, 10%: 10, else: 0))",
    "sme_ip": "if(一类知识产权数 >= 1, 30, score(二类知识产权数, 4: 24, 3: 18, 2: 12, 1: 6, else: 0))",
}
EXPRESSIONS["hte"] = " 且 ".join(f"({EXPRESSIONS[f'hte{n}']})" for n in range(1, 9))
EXPRESSIONS["sme_score"] = f"{EXPRESSIONS['sme_staff']} + {EXPRESSIONS['sme_rd']} + {EXPRESSIONS['sme_ip']}"
EXPRESSIONS["sme"] = (
    f"居民企业 且 职工总数 <= 500人 且 销售收入 <= 2亿 且 资产总额 <= 2亿 且 非 产品属禁限淘汰 且 非 重大事故 且 非 严重失信"
    f" 且 ({EXPRESSIONS['sme_score']}) >= 60 且 ({EXPRESSIONS['sme_staff']}) > 0"
)


def enterprises(gaps: bool) -> pl.DataFrame:
    """Enterprises with figures of all sizes, the same in every run; money in fen, nothing for years before the registration."""
    row = pl.int_range(ROWS, dtype=pl.Int64)

    def figure(name: str, most: int) -> pl.Expr:
        seed = sum(map(ord, name))
        found = (row.hash(seed) % pl.lit(most, dtype=pl.UInt64)).cast(pl.Int64)
        return pl.when(row.hash(seed + 1) % 20 != 0).then(found) if gaps else found

    frame = pl.select(row.alias("row"))
    frame = frame.with_columns(
        born=(pl.lit(date(2010, 1, 1)) + pl.duration(days=figure("born", 5800))).cast(pl.Date)
    )
    columns = [pl.col("born")]
    for key, (_, years, most) in MONEYS.items():
        for year in range(2026 - years, 2026):
            late = pl.col("born") > date(year, 12, 31)
            amount = figure(f"{key}@{year}", most) + 1
            columns.append(pl.when(late).then(0).otherwise(amount).alias(f"{key}@{year}"))
    columns += [(figure(key, most) + 1).alias(f"{key}@2025") for key, (_, most) in COUNTS.items()]
    columns += [figure(key, most).alias(key) for key, (_, most) in NUMBERS.items()]
    columns += [(figure(key, 10) < most).alias(key) for key, (_, most) in TRUTHS.items()]
    return frame.select(columns)


def by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """The same outputs as one writes them in Polars, without unknowns."""
    c = pl.col
    sales, rd = c("sales@2025"), c("rd@2025")
    rd3 = c("rd@2023") + c("rd@2024") + c("rd@2025")
    sales3 = c("sales@2023") + c("sales@2024") + c("sales@2025")
    domestic3 = c("domestic@2023") + c("domestic@2024") + c("domestic@2025")
    rate = pl.when(sales <= 5_000_000_000).then(5).when(sales <= 20_000_000_000).then(4).otherwise(3)
    hte = {
        "hte1": c("born") <= date(2025, 1, 1),
        "hte2": c("ip"),
        "hte3": c("field"),
        "hte4": c("tech@2025") * 10 >= c("staff@2025"),
        "hte5": (rd3 * 100 >= sales3 * rate) & (domestic3 * 5 >= rd3 * 3),
        "hte6": c("high@2025") * 5 >= c("revenue@2025") * 3,
        "hte7": c("score") > 70,
        "hte8": ~c("accident"),
    }

    def steps(above: pl.Expr, below: pl.Expr, table: list[tuple[int, int]]) -> pl.Expr:
        chain: pl.Expr = pl.lit(0, dtype=pl.Int64)
        for percent, points in reversed(table):
            chain = (
                pl.when(above * 100 >= below * percent).then(pl.lit(points, dtype=pl.Int64)).otherwise(chain)
            )
        return chain

    staff = steps(c("tech@2025"), c("staff@2025"), [(30, 20), (25, 16), (20, 12), (15, 8), (10, 4)])
    by_sales = steps(rd, sales, [(6, 50), (5, 40), (4, 30), (3, 20), (2, 10)])
    by_costs = steps(rd, c("costs@2025"), [(30, 50), (25, 40), (20, 30), (15, 20), (10, 10)])
    two = c("two")
    ip = pl.when(c("one") >= 1).then(30).when(two >= 4).then(24).when(two >= 3).then(18).when(two >= 2).then(12).when(two >= 1).then(6).otherwise(0)  # fmt: skip
    score = staff + pl.max_horizontal(by_sales, by_costs) + ip
    sme = (
        c("resident") & (c("staff@2025") <= 500) & (sales <= 20_000_000_000) & (c("assets@2025") <= 20_000_000_000)
        & ~c("banned") & ~c("accident") & ~c("dishonest") & (score >= 60) & (staff > 0)
    )  # fmt: skip
    return frame.lazy().select(
        **hte, sme_staff=staff, sme_rd=pl.max_horizontal(by_sales, by_costs), sme_ip=ip,
        hte=pl.all_horizontal(*hte.values()), sme_score=score, sme=sme,
    ).collect()  # fmt: skip


def plain(row: dict[str, object]) -> tuple[object, ...]:
    """The same in plain Python, for one enterprise without unknowns."""
    sales, rd = row["sales@2025"], row["rd@2025"]
    rd3 = row["rd@2023"] + row["rd@2024"] + rd
    sales3 = row["sales@2023"] + row["sales@2024"] + sales
    domestic3 = row["domestic@2023"] + row["domestic@2024"] + row["domestic@2025"]
    rate = 5 if sales <= 5_000_000_000 else 4 if sales <= 20_000_000_000 else 3
    hte = (
        row["born"] <= date(2025, 1, 1), row["ip"], row["field"], row["tech@2025"] * 10 >= row["staff@2025"],
        rd3 * 100 >= sales3 * rate and domestic3 * 5 >= rd3 * 3, row["high@2025"] * 5 >= row["revenue@2025"] * 3,
        row["score"] > 70, not row["accident"],
    )  # fmt: skip

    def steps(above: int, below: int, table: tuple[tuple[int, int], ...]) -> int:
        return next((points for percent, points in table if above * 100 >= below * percent), 0)

    staff = steps(row["tech@2025"], row["staff@2025"], ((30, 20), (25, 16), (20, 12), (15, 8), (10, 4)))
    by_rd = max(
        steps(rd, sales, ((6, 50), (5, 40), (4, 30), (3, 20), (2, 10))),
        steps(rd, row["costs@2025"], ((30, 50), (25, 40), (20, 30), (15, 20), (10, 10))),
    )
    two = row["two"]
    ip = (
        30
        if row["one"] >= 1
        else 24
        if two >= 4
        else 18
        if two >= 3
        else 12
        if two >= 2
        else 6
        if two >= 1
        else 0
    )
    score = staff + by_rd + ip
    sme = (
        row["resident"] and row["staff@2025"] <= 500 and sales <= 20_000_000_000 and row["assets@2025"] <= 20_000_000_000
        and not row["banned"] and not row["accident"] and not row["dishonest"] and score >= 60 and staff > 0
    )  # fmt: skip
    return (*hte, staff, by_rd, ip, all(hte), score, sme)


def best(work: Callable[[], object]) -> tuple[float, object]:
    """Median seconds of some rounds, and what came out."""
    taken, found = [], None
    for _ in range(ROUNDS):
        gc.collect()
        started = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken), found


def equal(ours: pl.DataFrame, theirs: pl.DataFrame) -> bool:
    """Whether all outputs of all rows agree."""
    return all((ours[name].cast(pl.Int64) == theirs[name].cast(pl.Int64)).all() for name in theirs.columns)


def main() -> None:
    """Print both tables and the time of one decision."""
    situation = Situation(AS_OF)
    bounds = {name: read(text, VOCABULARY).at(situation) for name, text in EXPRESSIONS.items()}
    answers = Answers(bounds)
    for gaps in (False, True):
        frame = enterprises(gaps)
        hand, theirs = best(lambda frame=frame: by_hand(frame))
        took, ours = best(lambda frame=frame: answers.of(frame))
        print(
            f"\n{ROWS:,} enterprises × 14 outputs, {'5 % of all cells empty' if gaps else 'nothing empty'}, {pl.thread_pool_size()} threads"
        )
        print(f"Polars by hand, no unknowns  {hand * 1e3:7.0f} ms   {ROWS / hand:12,.0f}/s")
        print(
            f"expressions, three values    {took * 1e3:7.0f} ms   {ROWS / took:12,.0f}/s   {hand / took:.2f} × by hand"
        )
        if not gaps:
            print("all outputs equal:", equal(ours, theirs))
    one_by_one(bounds, enterprises(False).head(2000))


def one_by_one(bounds: dict[str, Bound], frame: pl.DataFrame) -> None:
    """One record at a time: the plain function, and ours with reasons."""
    rows = list(frame.iter_rows(named=True))
    took, _ = best(lambda: [plain(row) for row in rows])
    print(f"\none enterprise, plain Python, 14 outputs{took / len(rows) * 1e6:31.1f} µs")
    eight = [bounds[f"hte{number}"] for number in range(1, 9)]
    records = [record_of(row) for row in rows[:300]]
    for title, chosen in (("eight conditions of 高企", eight), ("all 14 outputs", list(bounds.values()))):
        took, _ = best(lambda chosen=chosen: [one.evaluate(record) for record in records for one in chosen])
        print(f"one enterprise, {title}, with all steps{took / len(records) * 1e6:{32 - len(title)}.1f} µs")
    took, _ = best(lambda: [why(one.evaluate(record)) for record in records[:50] for one in eight])
    print(f"one enterprise, eight conditions of 高企, said in words{took / 50 * 1e6:16.1f} µs")
    took, _ = best(lambda: [read(text, VOCABULARY) for text in EXPRESSIONS.values()])
    print(f"parsing and checking one expression{took / len(EXPRESSIONS) * 1e6:36.1f} µs")


def record_of(row: dict[str, object]) -> Record:
    """A row of the table as a record."""
    epoch = date(1970, 1, 1)
    facts = {}
    for name, value in row.items():
        key, _, period = name.partition("@")
        facts[key, period] = (value - epoch).days if isinstance(value, date) else value
    return Record(facts)
