"""One policy in two versions put to all organisations: as it is published, and as it is supposed to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import polars as pl
from django.db.models import QuerySet

from huanchuang.engines.expression.columns.facts import column_name
from huanchuang.engines.kernel import refuse
from huanchuang.engines.rules import Policy, bind_policy
from huanchuang.engines.rules.cost import cap_of
from huanchuang.engines.rules.policy import with_rules_of
from huanchuang.engines.rules.population import NO
from huanchuang.packs.policies.figures import changed
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.queries.known import subjects
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.outlook import is_about
from huanchuang.policies.queries.population import AT_ONCE, decided, groups_of, keys_for_groups
from huanchuang.policies.queries.table import table_of
from huanchuang.registry.models import Organisation

BEFORE, AFTER = "before", "after"
COLUMNS = ("", "/failed", "/unknown", "/fen", "/could")


@dataclass(frozen=True)
class Versions:
    """A policy as published (None where it is not in force on the day) and as supposed."""

    listed: Listed
    before: Listed | None
    after: Listed

    def rules(self, as_of: dt.date) -> dict[str, Any]:
        """The requirements behind the masks, the cap, and whether it is about money: what is kept beside the columns."""
        return {
            BEFORE: [] if self.before is None else _requirements(self.before.policy, as_of),
            AFTER: _requirements(self.after.policy, as_of),
            "cap": cap_of(bind_policy(self.after.policy, as_of, work_calendar())),
            "is_money": self.after.policy.amount is not None,
        }


def versions_of(
    listed: Listed,
    published: Listed | None,
    as_of: dt.date,
    rules_on: dt.date | None,
    changes: Mapping[str, str],
) -> Versions:
    """The version that decides on the day (`published`), and the one that is supposed: `listed` with its changes.

    ProblemError for a day without rules and for figures that do not fit.
    """
    day = rules_on or as_of
    if not listed.policy.is_in_force(day):
        raise refuse(
            "policies.forecast.day",
            ("规则日期", f"政策在{day}不在有效期", "请填一个有效期内的规则日期，有效期见政策页"),
            ("Day of the rules", f"the policy is not in force on {day}", "Give a day of its term, which its page shows"),
        )  # fmt: skip
    supposed = changed(listed.pack.content, day, changes) if changes else listed.policy
    if rules_on is not None:
        supposed = with_rules_of(supposed, rules_on)
    before = published if published is not None and published.policy.is_in_force(as_of) else None
    return Versions(listed, before, _with_policy(listed, supposed))


def _with_policy(listed: Listed, policy: Policy) -> Listed:
    return replace(listed, pack=replace(listed.pack, content=replace(listed.pack.content, policy=policy)))


def _requirements(policy: Policy, as_of: dt.date) -> list[dict[str, str]]:
    return [
        {
            "id": one.id,
            "text": one.text.zh,
            "text_en": one.text.en,
            "rule": "" if one.condition is None else one.condition.text.strip(),
        }
        for one in policy.requirements_on(as_of)
    ]


def answers_of_versions(
    organisations: QuerySet[Organisation],
    as_of: dt.date,
    versions: Versions,
    told: Callable[[int], None] = lambda done: None,
) -> pl.DataFrame:
    """A row for each organisation the policy is about: groups, the figures it asks for, and the columns of both versions."""
    every = organisations.iterator(chunk_size=AT_ONCE)
    parts: list[pl.DataFrame] = []
    done = 0
    while some := list(islice(every, AT_ONCE)):
        about = [one for one in some if is_about(versions.listed, one)]
        if about:
            parts.append(_part(about, as_of, versions))
        done += len(some)
        told(done)
    return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()


def _part(some: Sequence[Organisation], as_of: dt.date, versions: Versions) -> pl.DataFrame:
    asked = [one for one in (versions.before, versions.after) if one is not None]
    known = list(subjects(some, as_of, keys_for_groups(asked, as_of)))
    table = table_of(known)
    found = groups_of(table, some, as_of)
    for name, one in ((BEFORE, versions.before), (AFTER, versions.after)):
        if one is None:
            found = found.with_columns(_nobody(name))
            continue
        answers = decided([one], table, known, as_of)
        found = found.with_columns(
            answers[one.id + column].alias(name + column)
            for column in COLUMNS
            if one.id + column in answers.columns
        )
    return found.hstack(_inputs(table, as_of, versions).get_columns())


def _nobody(name: str) -> list[pl.Expr]:
    """The columns of a version that is not in force: nobody may have it."""
    return [
        pl.lit(NO, dtype=pl.Int8).alias(name),
        *(pl.lit(0, dtype=pl.Int64).alias(name + column) for column in ("/failed", "/unknown")),
        pl.lit(None, dtype=pl.Int64).alias(f"{name}/fen"),
    ]


def _inputs(table: pl.DataFrame, as_of: dt.date, versions: Versions) -> pl.DataFrame:
    """The figures that either version asks for."""
    wanted: dict[str, None] = {}
    for one in (versions.before, versions.after):
        if one is not None:
            bound = bind_policy(one.policy, as_of, work_calendar())
            wanted |= dict.fromkeys(
                column_name(fact, period) for each in bound.expressions for fact, period in each.needs
            )
    return table.select(name for name in wanted if name in table.columns)
