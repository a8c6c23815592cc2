"""Sample enterprises of a policy (``samples.yaml``) and the facts of its cases, as records of the engine.

A fact is written once (for a fact with periods: of the last year, half-year, quarter or month that ended before the day of
the question), or by period: 2025, 2025H1 or 2025年上半年, 2025Q3, 2025-09. ``未知`` takes a fact of the sample away.
Related records are a list: ``知识产权: [{类别: 发明专利, 状态: 有效}]``; an empty one says that there are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huanchuang.engines.expression import Fact, Record, Situation
from huanchuang.engines.expression.record.known import Row
from huanchuang.engines.expression.vocabulary import Plain, Relation
from huanchuang.engines.kernel import Period, ProblemError
from huanchuang.packs.messages import hints
from huanchuang.packs.policies.criteria import Criteria
from huanchuang.packs.problems import Gather, Place, refusal, suggestion
from huanchuang.packs.schema import Field, Located, free, list_of, located, mapping, record, required, text
from huanchuang.packs.tree import Node

FILE = "samples.yaml"
UNKNOWN = ("未知", "unknown")
Facts = MappingType[str, Any]
_ANY_DAY = Situation(date(2001, 1, 1))


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented enterprise: facts as written."""

    name: str
    facts: Facts


_SAMPLE: dict[str, Field[Any]] = {"name": required(text(100)), "facts": required(free)}


def read_samples(node: Node, criteria: Criteria) -> dict[str, Facts]:
    """The samples of a file by name, their facts checked."""
    found: tuple[Located[Sample], ...] = record(
        lambda samples: samples, {"samples": required(list_of(located(record(Sample, _SAMPLE)), least=1))}
    )(mapping(node))
    gather = Gather()
    first: dict[str, Place] = {}
    for sample in found:
        name = sample.value.name
        if name in first:
            gather.add("sample-twice", sample.place, name=name, first=first[name].line)
        first.setdefault(name, sample.place)
        gather.take(lambda one=sample: facts_of(one.value.facts, criteria, _ANY_DAY, one.place))  # type: ignore[misc]
    gather.settle()
    return {sample.value.name: sample.value.facts for sample in found}


def record_of(facts: Facts, criteria: Criteria, as_of: date, place: Place) -> Record:
    """What is known about an enterprise on a day, from facts as written."""
    return Record(facts_of(facts, criteria, Situation(as_of), place), rows_of(facts, criteria, place))


def facts_of(
    facts: Facts, criteria: Criteria, situation: Situation, place: Place
) -> dict[tuple[str, str], Plain | None]:
    """Plain values by key and period. ProblemError for an unknown fact, a year that is none, a value that does not fit."""
    gather = Gather()
    found: dict[tuple[str, str], Plain | None] = {}
    gather.take(lambda: rows_of(facts, criteria, place))
    for name, written in facts.items():
        if criteria.relation(name) is not None:
            continue
        fact = criteria.fact(name)
        if fact is None:
            guess = hints(suggestion(name, [one.zh for one in criteria.vocabulary.facts]))
            gather.add("unknown-fact", place, name=name, **guess)
            continue
        for period, value in _dated(fact, written, situation, place, gather):
            found[fact.key, period] = _value(fact, value, criteria, place, gather)
    gather.settle()
    return found


def rows_of(facts: Facts, criteria: Criteria, place: Place) -> dict[str, list[Row] | None]:
    """The related records by key of the relation. ProblemError for a field that is none, a value that does not fit."""
    gather = Gather()
    found: dict[str, list[Row] | None] = {}
    for name, written in facts.items():
        relation = criteria.relation(name)
        if relation is None:
            continue
        if written is None or written in UNKNOWN:
            found[relation.key] = None
        elif isinstance(written, Sequence) and all(isinstance(one, MappingType) for one in written):
            found[relation.key] = [_row(relation, one, criteria, place, gather) for one in written]
        else:
            gather.add("not-records", place, name=relation.zh, name_en=relation.en)
    gather.settle()
    return found


def _row(relation: Relation, written: Facts, criteria: Criteria, place: Place, gather: Gather) -> Row:
    inside = criteria.vocabulary.inside(relation)
    found: dict[str, Plain | None] = {}
    for name, value in written.items():
        fact = inside.fact(name)
        if fact is None:
            guess = hints(suggestion(name, [one.zh for one in relation.fields]))
            gather.add("unknown-fact", place, name=name, **guess)
        else:
            found[fact.key] = _value(fact, _as_code(fact, value, criteria), criteria, place, gather)
    return found


def _as_code(fact: Fact, written: Any, criteria: Criteria) -> Any:
    """A name of a code list as its code; what is none becomes no value."""
    tree = criteria.vocabulary.trees.get(fact.type.tree)
    if tree is None or not isinstance(written, str) or written in UNKNOWN:
        return written
    node = tree.find(written)
    return () if node is None else node.code


def _dated(
    fact: Fact, written: Any, situation: Situation, place: Place, gather: Gather
) -> list[tuple[str, Any]]:
    """The values of a fact by code of the period."""
    if not isinstance(written, MappingType):
        return [("" if fact.period == "none" else situation.period(fact.period, 1).code, written)]
    if fact.period == "none":
        gather.add("years-of-timeless", place, fact=fact.zh, fact_en=fact.en)
        return []
    found = []
    for said, value in written.items():
        code = _code(fact, said)
        if code is None:
            gather.add("not-a-year" if fact.period == "year" else "not-a-period", place, value=said)
        else:
            found.append((code, value))
    return found


def _code(fact: Fact, said: str) -> str | None:
    """The code of a period of the fact's kind, None for anything else; years are written with four digits."""
    if fact.period == "year":
        return said if re.fullmatch(r"(19|20|21)\d\d", said) else None
    try:
        period = Period.parse(said)
    except ProblemError:
        return None
    return period.code if period.kind == fact.period else None


def _value(fact: Fact, written: Any, criteria: Criteria, place: Place, gather: Gather) -> Plain | None:
    if written is None or written in UNKNOWN:
        return None
    value = criteria.value(fact, written) if isinstance(written, str) else None
    if value is None:
        shown = written if isinstance(written, str) else "…"
        gather.add("not-a-fact-value", place, value=shown, fact=fact.zh, fact_en=fact.en)
    return value


def merged(base: Facts, more: Facts) -> dict[str, Any]:
    """The facts of a sample with those of a case on top; a case that gives some years keeps the others."""
    found = dict(base)
    for name, written in more.items():
        own = found.get(name)
        if isinstance(own, MappingType) and isinstance(written, MappingType):
            found[name] = {**own, **written}
        else:
            found[name] = written
    return found


def sample_named(samples: MappingType[str, Facts], name: str, place: Place) -> Facts:
    """The facts of a sample; ProblemError with the nearest name."""
    if name not in samples:
        raise refusal("unknown-sample", place, name=name, **hints(suggestion(name, samples)))
    return samples[name]
