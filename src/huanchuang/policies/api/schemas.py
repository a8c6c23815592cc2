"""What the calls of policies take and give."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from huanchuang.accounts.views.calls import Paged

MOST_FACTS, MOST_PERIODS, MOST_POLICIES = 500, 40, 500
MOST_ORGANISATIONS, MOST_DECISIONS = 200, 5000
"""So many organisations, and so many decisions, one request may ask for."""
EXAMPLE_FACTS: dict[str, Any] = {
    "注册日期": "2015-03-02",
    "居民企业": "是",
    "职工总数": {"2025": "90"},
    "科技人员数": {"2025": "8"},
    "销售收入": {"2023": "8000万元", "2024": "8000万元", "2025": "8000万元"},
    "研发费用": {"2023": "320万元", "2024": "320万元", "2025": "284万元"},
}
Name = Annotated[str, Field(min_length=1, max_length=120)]
Value = Annotated[str, Field(max_length=200)]
ByPeriod = Annotated[dict[Annotated[str, Field(max_length=20)], Value], Field(max_length=MOST_PERIODS)]
Facts = Annotated[
    dict[Name, Value | ByPeriod],
    Field(
        max_length=MOST_FACTS,
        description="指标名称、代码或别名 → 值（400万元、5%、是、2018-05-01）；按年的写成 {年份: 值} / name, code or alias → value as text; yearly ones {year: value}",
    ),
]
Policies = Annotated[
    list[Name],
    Field(
        max_length=MOST_POLICIES,
        description="政策编号；不写即全部在有效期内的政策 / ids of policies; all in force when none are named",
    ),
]
Received = Annotated[
    list[Name],
    Field(
        max_length=MOST_POLICIES,
        description="此前已享受过的政策 / policies that the organisation has had before",
    ),
]
Said = Annotated[dict[Name, bool], Field(max_length=200)]
Answers = Annotated[
    dict[Name, Said],
    Field(
        max_length=MOST_POLICIES,
        description="政策 → 凭材料或由人判断的条件 → 是否满足 / policy → requirement proved by a paper or judged by a person → met or not",
    ),
]
Detail = Annotated[
    Literal["full", "brief"],
    Field(description="full 带逐条理由，brief 只给结果 / full with reasons, brief with the result only"),
]
Day = Annotated[dt.date | None, Field(description="测算日期，默认为业务日期 / the day, today unless said")]


class PolicyOut(Schema):
    """A policy; `digest` identifies its definition, `coded` is the computed share of its conditions in percent."""

    id: str
    title: str
    version: str
    digest: str
    benefit: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    is_in_force: bool
    coded: int


class PoliciesOut(Paged):
    """One page of policies."""

    policies: list[PolicyOut]


class RequirementOut(Schema):
    """One requirement: `by` coded, document or human; `rule` as it is written; `asked`: whether it is asked for on the day."""

    id: str
    text: str
    clause: str
    by: str
    rule: str
    papers: list[str]
    asked: bool


class FactNeededOut(Schema):
    """A figure that the policy rests on: `period` is empty for a timeless one, `value_type` and `unit` those of the dictionary."""

    key: str
    name: str
    period: str
    value_type: str
    unit: str


class PolicyFullOut(PolicyOut):
    """A policy with what it asks for, and which figures decide it on the day: enough to build a form."""

    requirements: list[RequirementOut]
    facts: list[FactNeededOut]


class FindingOut(Schema):
    """One requirement: `outcome` true, false, or null where it is not known."""

    requirement: str
    text: str
    clause: str
    outcome: bool | None
    value: str
    threshold: str
    why: str


class DecisionOut(Schema):
    """An answer. `result` yes, no, unknown or not_in_force; `amount_fen` is due; `missing` settles an unknown, the cheapest
    first; `distance` says what a no lacks; `findings` is empty where a brief answer was asked for."""

    policy: str
    title: str
    version: str
    as_of: dt.date
    result: str
    amount_fen: int | None
    failed: list[str]
    unknown: list[str]
    missing: list[str]
    distance: list[str]
    findings: list[FindingOut]


class StepOut(Schema):
    """One step of the reasoning, with those below it; a null value is not known."""

    label: str
    value: str | None
    source: str
    children: list[StepOut]


class ExplanationOut(DecisionOut):
    """A decision with all of its reasoning: `trace` down to each figure, `working` of the amount, `papers` that prove it."""

    working: str
    papers: list[str]
    trace: StepOut


class _Given(Schema):
    model_config = ConfigDict(extra="forbid")


class DecideIn(_Given):
    """Facts of one organisation; nothing of it is stored. Policies: all in force when none are named."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"as_of": "2026-06-30", "facts": EXAMPLE_FACTS}]},
    )
    as_of: Day = None
    facts: Facts
    policies: Policies = []
    answers: Answers = {}
    received: Received = []
    detail: Detail = "full"


class OrganisationIn(_Given):
    """One of many: `key` is the asker's own and comes back with the answer."""

    key: Annotated[str, Field(max_length=120)]
    facts: Facts
    answers: Answers = {}
    received: Received = []


class DecideManyIn(_Given):
    """Many organisations at once, each decided for the same policies."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "as_of": "2026-06-30",
                    "organisations": [{"key": "甲", "facts": EXAMPLE_FACTS}, {"key": "乙", "facts": {"居民企业": "否"}}],
                }
            ]
        },
    )  # fmt: skip
    as_of: Day = None
    policies: Policies = []
    organisations: Annotated[list[OrganisationIn], Field(max_length=MOST_ORGANISATIONS)]
    detail: Detail = "brief"


class MistakeOut(Schema):
    """What is wrong with the facts of one organisation."""

    where: str
    what: str
    remedy: str
    code: str


class OneOfManyOut(Schema):
    """The answers for one organisation; where its facts are faulty `problems` says why, and there are no decisions."""

    key: str
    problems: list[MistakeOut]
    decisions: list[DecisionOut]


class ExplainIn(_Given):
    """Facts of one organisation for one policy."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"as_of": "2026-06-30", "facts": EXAMPLE_FACTS}]},
    )
    as_of: Day = None
    facts: Facts
    answers: Said = {}
    received: bool = False
    """Whether the organisation has had this policy before."""
