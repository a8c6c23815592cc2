"""All organisations put to all policies, as columns: the body of a run. What it came to is read by `queries.runs`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

import polars as pl
from django.db.models import QuerySet

from huanchuang.engines.rules.population import NO, UNKNOWN, YES, assess
from huanchuang.packs import vocabulary
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.models import Answer
from huanchuang.policies.queries.known import Subject, subjects
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.needs import presence
from huanchuang.policies.queries.outlook import CARRIER, is_carrier, keys_asked
from huanchuang.policies.queries.table import KEY, table_of
from huanchuang.registry.models import Organisation

AT_ONCE = 2000
ASKED = ("enterprise", "academic", CARRIER, "service")
"""Kinds of organisations that policies are for, with all below them."""
STAFF = "staff"
"""The fact that tells the size."""
SIZES = ((20, "20人以下"), (100, "20—99人"), (300, "100—299人"))
LARGE = "300人以上"
AGES = ((3, "不满3年"), (10, "3—9年"))
OLD = "10年以上"
NOTHING = "未知"


def asked_organisations() -> QuerySet[Organisation]:
    """The organisations in force that a run puts to the policies."""
    kinds = vocabulary.organisation_kinds()
    within = [code for root in ASKED for code in (root, *kinds.descendants(root))]
    return Organisation.objects.filter(retired_on=None, kind__in=within).order_by("pk")


def results_of(
    organisations: QuerySet[Organisation],
    listed: Sequence[Listed],
    as_of: dt.date,
    told: Callable[[int], None] = lambda done: None,
) -> pl.DataFrame:
    """A row for each organisation: key, groups it belongs to, and for each policy in force result, masks and amount in fen.

    Answers of papers and people count. `told` hears how many are done.
    """
    every = organisations.iterator(chunk_size=AT_ONCE)
    parts: list[pl.DataFrame] = []
    done = 0
    while some := list(islice(every, AT_ONCE)):
        parts.append(_part(some, listed, as_of))
        done += len(some)
        told(done)
    return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()


def _part(some: Sequence[Organisation], listed: Sequence[Listed], as_of: dt.date) -> pl.DataFrame:
    known = list(subjects(some, as_of, keys_for_groups(listed, as_of)))
    table = table_of(known)
    found = decided(listed, table, known, as_of)
    found = found.drop([name for name in found.columns if name.endswith("/could")])
    about = groups_of(table, some, as_of).hstack(presence(listed, table, known, as_of).get_columns())
    return about.hstack(found.get_columns()) if found.width else about


def keys_for_groups(listed: Sequence[Listed], as_of: dt.date) -> frozenset[str]:
    """The facts that policies ask for, and those that tell the groups."""
    return keys_asked(listed, as_of) | {STAFF}


def groups_of(table: pl.DataFrame, some: Sequence[Organisation], as_of: dt.date) -> pl.DataFrame:
    """The key of each organisation and the groups it belongs to."""
    return table.select(KEY).with_columns(
        pl.Series("carrier", [is_carrier(one.kind) for one in some], dtype=pl.Boolean),
        pl.Series("industry", [_industry(one.industry) for one in some], dtype=pl.String),
        pl.Series("region", [one.region or NOTHING for one in some], dtype=pl.String),
        pl.Series("stage", [one.stage or NOTHING for one in some], dtype=pl.String),
        pl.Series("age", [_age(one.founded_on, as_of) for one in some], dtype=pl.String),
        pl.Series("size", _sizes(table, as_of), dtype=pl.String),
    )


def decided(
    listed: Sequence[Listed], table: pl.DataFrame, known: Sequence[Subject], as_of: dt.date
) -> pl.DataFrame:
    """For each policy results, masks, amount that is due (`/fen`) and amount were it due (`/could`), answers of people counted."""
    policies = [one.policy for one in listed]
    found = assess(policies, table, as_of, work_calendar(), possible=[one.id for one in policies])
    for one, said in _said(listed, known, as_of):
        columns = _with_answers(one, said, as_of, found.with_columns(table[KEY]))
        found = found.with_columns(columns)
        if one.policy.amount is not None:
            due = pl.when(pl.col(one.id) == YES).then(pl.col(f"{one.id}/could"))
            found = found.with_columns(due.alias(f"{one.id}/fen"))
    return found


def _said(
    listed: Sequence[Listed], known: Sequence[Subject], as_of: dt.date
) -> list[tuple[Listed, dict[int, list[Answer]]]]:
    """The policies about which papers and people said something that holds on the day, by organisation."""
    rows = Answer.objects.filter(
        organisation__in=[one.organisation for one in known],
        policy__in=[one.id for one in listed],
        ended_at=None,
    )
    by_policy: dict[str, dict[int, list[Answer]]] = {}
    for answer in rows:
        if answer.valid_until is None or answer.valid_until >= as_of:
            by_policy.setdefault(answer.policy, {}).setdefault(answer.organisation_id, []).append(answer)
    return [(one, by_policy[one.id]) for one in listed if one.id in by_policy]


def _with_answers(
    one: Listed, said: Mapping[int, Sequence[Answer]], as_of: dt.date, found: pl.DataFrame
) -> list[pl.Series]:
    places = {
        asked.id: place
        for place, asked in enumerate(one.policy.requirements_on(as_of))
        if asked.condition is None
    }
    failed, unknown = found[f"{one.id}/failed"].to_list(), found[f"{one.id}/unknown"].to_list()
    for row, key in enumerate(found[KEY]):
        for answer in said.get(key, ()):
            if answer.requirement in places:
                bit = 1 << places[answer.requirement]
                unknown[row] &= ~bit
                failed[row] |= 0 if answer.is_met else bit
    result = [NO if no else UNKNOWN if open_ else YES for no, open_ in zip(failed, unknown, strict=True)]
    return [
        pl.Series(f"{one.id}/failed", failed, dtype=pl.Int64),
        pl.Series(f"{one.id}/unknown", unknown, dtype=pl.Int64),
        pl.Series(one.id, result, dtype=pl.Int8),
    ]


def _industry(code: str) -> str:
    """The division (two digits) of an industry."""
    return code[:2] if code else NOTHING


def _age(founded: dt.date | None, as_of: dt.date) -> str:
    if founded is None:
        return NOTHING
    years = as_of.year - founded.year - ((as_of.month, as_of.day) < (founded.month, founded.day))
    return next((name for bound, name in AGES if years < bound), OLD)


def _sizes(table: pl.DataFrame, as_of: dt.date) -> list[str]:
    column = f"{STAFF}@{as_of.year - 1}"
    if column not in table.columns:
        return [NOTHING] * table.height
    return [
        NOTHING if staff is None else next((name for bound, name in SIZES if staff < bound), LARGE)
        for staff in table[column]
    ]
