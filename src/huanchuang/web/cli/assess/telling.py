"""What is missing and how far it is, for the rows of an answer that are no yes; many rows are shared among processes."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial

import polars as pl

from huanchuang.engines.expression import Record
from huanchuang.engines.rules import Policy, Wanted, bind_policy
from huanchuang.engines.rules.details import details_of
from huanchuang.engines.rules.facts.table import stale_column
from huanchuang.engines.rules.facts.values import plain_of
from huanchuang.packs.policies import criteria, policy
from huanchuang.packs.vocabulary import work_calendar

ALONE = 20_000
"""Rows up to which one process is quicker than several."""
CHUNK = 5_000
Told = tuple[list[str], list[str]]


def tell(chosen: Policy, as_of: date, rows: pl.DataFrame) -> list[Told]:
    """Missing and distance of each row: the facts of a subject, and `~failed` and `~unknown` as masks."""
    one = partial(_tell, chosen.id, as_of)
    if rows.height <= ALONE:
        return one(rows)
    chunks = list(rows.iter_slices(CHUNK))
    workers = min(len(chunks), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        return [told for found in pool.map(one, chunks) for told in found]


def _tell(policy_id: str, as_of: date, rows: pl.DataFrame) -> list[Told]:
    bound = bind_policy(policy(policy_id), as_of, work_calendar())
    facts = {fact.key: fact for fact in criteria().vocabulary.facts}
    columns = [name for name in rows.columns if not name.startswith("~")]
    keys = [(name, *_parted(name)) for name in columns]
    ageing = [(stale_column(key), key) for key in facts if stale_column(key) in rows.columns]
    found: list[Told] = []
    for row in rows.iter_rows(named=True):
        values = {(key, code): plain_of(facts[key], row[name]) for name, key, code in keys}
        record = Record(values, stale=frozenset(key for name, key in ageing if row[name]))
        failed, unknown = _bits(row["~failed"]), _bits(row["~unknown"])
        details = details_of(bound, record, failed, unknown)
        found.append(([named(one) for one in details.missing], [gap.text() for gap in details.distance]))
    return found


def named(one: Wanted) -> str:
    """How something missing is called in the output: 创新能力评分, 研发费用@2025年 (as the language of criteria has it).

    What is known but too old is told apart from what is not known at all: 有效高企证书（已过期）.
    """
    if one.kind != "fact" or one.period is None:
        return one.name()
    fact = criteria().fact(one.key)
    name = one.zh if fact is None else fact.zh
    year = one.period.kind == "year"
    return f"{name}@{one.period.code}年" if year else f"{name}@{one.period.code}"


def _parted(name: str) -> tuple[str, str]:
    key, _, code = name.partition("@")
    return key, code


def _bits(mask: int) -> Sequence[int]:
    return [index for index in range(mask.bit_length()) if mask >> index & 1]
