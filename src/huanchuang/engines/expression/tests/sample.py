"""A small vocabulary for the tests: an enterprise with yearly figures, codes, patents and two parameters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from huanchuang.engines.expression.reading import read
from huanchuang.engines.expression.situation import Situation
from huanchuang.engines.expression.trees import Node, Tree
from huanchuang.engines.expression.types import DATE, MONEY, SHARE, TEXT, YES_NO, code, number
from huanchuang.engines.expression.vocabulary import Fact, Parameter, Relation, Vocabulary
from huanchuang.engines.kernel.workcalendar import WorkCalendar

ZERO = Fraction(0)
PERSONS = number((("人", 1),))
ITEMS = number((("件", 1),))
POINTS = number((("分", 1),))
YUAN = number(MONEY)

INDUSTRIES = Tree.of(
    "industries",
    [
        Node("C", "", "制造业", "Manufacturing"),
        Node("26", "C", "化学原料和化学制品制造业", "Chemicals", ("C26",)),
        Node("264", "26", "涂料、油墨制造", "", ("C264",)),
        Node("2641", "264", "涂料制造", "", ("C2641",)),
        Node("2642", "264", "油墨及类似产品制造", "", ("C2642",)),
        Node("27", "C", "医药制造业", "Pharmaceuticals", ("C27",)),
        Node("2710", "27", "化学药品原料药制造", "", ("C2710",)),
    ],
)
REGIONS = Tree.of(
    "regions",
    [
        Node("500000", "", "重庆市", "Chongqing"),
        Node("500100", "500000", "市辖区"),
        Node("500107", "500100", "九龙坡区"),
        Node("370000", "", "山东省", "Shandong"),
        Node("371600", "370000", "滨州市"),
        Node("371602", "371600", "滨城区"),
    ],
)
PATENTS = Relation(
    "patents",
    "专利",
    "patents",
    (
        Fact("class", "类别", "class", TEXT),
        Fact("granted-on", "授权日期", "granted on", DATE),
        Fact("valid", "有效", "valid", YES_NO),
        Fact("fee", "年费", "fee", YUAN, least=ZERO),
        Fact("claims", "权利要求数", "claims", number(None), least=ZERO, limit=10**6),
    ),
)
BASE = Vocabulary(
    facts=(
        Fact("registered-on", "注册日期", "registered on", DATE),
        Fact("staff", "职工总数", "staff", PERSONS, "year", limit=10**9, least=ZERO),
        Fact("tech-staff", "科技人员数", "tech staff", PERSONS, "year", limit=10**9, least=ZERO),
        Fact("sales-revenue", "销售收入", "sales revenue", YUAN, "year", least=ZERO),
        Fact("rd-expense", "研发费用", "R&D expense", YUAN, "year", least=ZERO, aliases=("研发投入",)),
        Fact("net-profit", "净利润", "net profit", YUAN, "year"),
        Fact("net-assets", "净资产", "net assets", YUAN, "year"),
        Fact("accident", "重大事故", "major accident", YES_NO, "year"),
        Fact("size", "企业规模", "size", TEXT, "year"),
        Fact("contracts", "技术合同额", "contract value", YUAN, "quarter", least=ZERO),
        Fact("visits", "走访次数", "visits", number(None), "month", limit=10**6, least=ZERO),
        Fact(
            "score",
            "创新能力评分",
            "innovation score",
            POINTS,
            step=Fraction(1, 100),
            limit=10**5,
            least=ZERO,
            most=Fraction(100),
        ),
        Fact(
            "occupancy",
            "载体使用率",
            "occupancy",
            number(SHARE),
            step=Fraction(1, 10**6),
            limit=10**7,
            least=ZERO,
            most=Fraction(1),
        ),
        Fact("growth", "增长率", "growth", number(SHARE), step=Fraction(1, 10**6), limit=10**9),
        Fact("class-one-ip", "一类知识产权数", "class I", ITEMS, limit=10**6, least=ZERO),
        Fact("resident", "居民企业", "resident", YES_NO),
        Fact("industry-code", "行业代码", "industry", code("industries")),
        Fact("region-code", "地区代码", "region", code("regions")),
        Fact("certified-on", "发证日期", "certified on", DATE),
        Fact("non-resident", "非居民企业", "non-resident", YES_NO),
    ),
    parameters=(
        Parameter("cap", "补助上限", "cap of the grant", YUAN),
        Parameter(
            "rate", "补助比例", "rate of the grant", number(SHARE), step=Fraction(1, 10**6), limit=10**7
        ),
    ),
    relations=(PATENTS,),
    trees={"industries": INDUSTRIES, "regions": REGIONS},
    registered="registered-on",
)
INTENSITY = read("sum(研发费用, 近3年) / sum(销售收入, 近3年)", BASE)
VOCABULARY = replace(
    BASE,
    terms=(
        INTENSITY.named("intensity", "研发投入强度", "R&D intensity"),
        read("居民企业 且 非 重大事故", BASE).named("clean", "无不良记录", "clean record"),
    ),
)
CALENDAR = WorkCalendar(
    {date(2025, 10, day): False for day in range(1, 9)} | {date(2025, 9, 28): True, date(2025, 10, 11): True},
    frozenset({2024, 2025}),
)
AS_OF = date(2026, 1, 1)
SITUATION = Situation(AS_OF, {"cap": 100_0000_00, "rate": Fraction(1, 10)}, CALENDAR)
