"""What would settle an unknown: the facts, papers, judgements that are missing, the cheapest first.

*Wanted* is the smallest set that settles the result whatever is found: every part of an unknown answer that can still
change it. *Quickest* is the smallest set with which the answer can become yes, for whoever wants to know what to look up first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Literal

from huanchuang.engines.expression import Missing, Step, missing
from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import DayTable
from huanchuang.engines.expression.explain.phrases import phrase
from huanchuang.engines.expression.vocabulary import FIRST_DAY, LAST_DAY, Fact, Plain
from huanchuang.engines.kernel.period import Period
from huanchuang.engines.rules.again import Again, key_of
from huanchuang.engines.rules.policy import BoundPolicy, Requirement

Kind = Literal["fact", "parameter", "relation", "document", "human"]
Asked = tuple[Requirement, Step | None]
_EFFORT: dict[Kind, int] = {"fact": 2, "relation": 5, "document": 6, "human": 8, "parameter": 20}
_SIMPLE = 1
MOST_TRIED = 4
"""Missing facts of one condition up to which subsets of them are tried."""
MOST_KEPT = 24
LARGE = 10**9
STALE = "（已过期）"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to be found out: a fact of a period, records, a paper, a judgement; a parameter nobody has published."""

    kind: Kind
    key: str
    zh: str
    en: str
    period: Period | None = None
    effort: int = 0
    is_stale: bool = False
    """It was known once, and is too old to be used."""

    def name(self, language: str = "zh") -> str:
        """How it is called: 2025年研发费用, 有效高企证书（已过期）."""
        english = language.startswith("en")
        name = self.en if english else self.zh
        if not self.is_stale:
            return name
        return f"{name} (out of date)" if english else f"{name}{STALE}"


def wanted_of(asked: Sequence[Asked], stale: Collection[str] = ()) -> tuple[Wanted, ...]:
    """Everything that can still change what is unknown, the cheapest first. `stale`: the facts that are only too old."""
    found = {one for requirement, step in asked for one in _of(requirement, step)}
    return _listed(found, stale)


def quickest_of(
    asked: Sequence[Asked], bound: BoundPolicy, stale: Collection[str] = ()
) -> tuple[Wanted, ...]:
    """The smallest set with which all that is unknown can be met; of equal ones the cheapest, then the first by name."""
    days = next((one.days for one in bound.conditions if one is not None), None)
    sets: list[frozenset[Wanted]] = [frozenset()]
    for requirement, step in asked:
        if step is None or days is None:
            sets = _joined(sets, [frozenset(_of(requirement, step))])
        else:
            sets = _joined(sets, _Trial(days).ways(step, True))
    return _listed(min(sets, key=_cost, default=frozenset()), stale)


def _listed(found: Iterable[Wanted], stale: Collection[str]) -> tuple[Wanted, ...]:
    marked = (
        replace(one, is_stale=True) if one.kind == "fact" and one.period is None and one.key in stale else one
        for one in found
    )
    return tuple(sorted(marked, key=_order))


def _order(one: Wanted) -> tuple[int, str, str]:
    return one.effort, one.key, "" if one.period is None else one.period.code


def _cost(found: Iterable[Wanted]) -> tuple[int, int, list[tuple[int, str, str]]]:
    listed = sorted(map(_order, found))
    return len(listed), sum(effort for effort, _, _ in listed), listed


def _of(requirement: Requirement, step: Step | None) -> list[Wanted]:
    if step is not None:
        return [_wanted(one) for one in missing(step)] or _zeros(step)
    kind: Kind = "human" if requirement.by == "human" else "document"
    zh, en = requirement.text.zh, requirement.text.text("en")
    return [Wanted(kind, requirement.id, zh, en, effort=_EFFORT[kind])]


def _zeros(step: Step) -> list[Wanted]:
    """Nothing is missing, but something is divided by nothing: the facts that are zero, for somebody to look at."""
    found: dict[tuple[str, Period | None], Wanted] = {}
    waiting = [(step, False)]
    while waiting:
        current, is_divisor = waiting.pop()
        node = current.node
        if is_divisor and isinstance(node, ops.FactAt) and node.type.is_number:
            zh, en = (
                f"{phrase(node)}（为零，不能作除数）",
                f"{phrase(node, 'en')} (zero, nothing can be divided by it)",
            )
            found[node.fact.key, node.period] = Wanted(
                "fact", node.fact.key, zh, en, node.period, _EFFORT["fact"]
            )
        by_zero = isinstance(node, ops.Divide) and current.parts[1].span.value == 0
        waiting += [
            (part, is_divisor or (by_zero and index == 1)) for index, part in enumerate(current.parts)
        ]
    return list(found.values())


def _wanted(one: Missing) -> Wanted:
    effort = _EFFORT[one.kind]
    if one.kind == "fact" and one.period is None:
        effort = _SIMPLE
    return Wanted(one.kind, one.key, one.zh, one.en, one.period, effort)


def _joined(one: list[frozenset[Wanted]], other: list[frozenset[Wanted]]) -> list[frozenset[Wanted]]:
    """Both at once; no more than can be looked at, the cheapest."""
    found = {left | right for left in one for right in other}
    return sorted(found, key=_cost)[:MOST_KEPT]


@dataclass(frozen=True)
class _Trial:
    """Which sets of missing facts can make a condition yes or no."""

    days: DayTable

    def ways(self, step: Step, want: bool) -> list[frozenset[Wanted]]:
        if step.truth is not None:
            return [frozenset()] if step.truth is want else []
        match step.node:
            case ops.And():
                return self._all(step.parts, want) if want else self._any(step.parts, want)
            case ops.Or():
                return self._any(step.parts, want) if want else self._all(step.parts, want)
            case ops.Not():
                return self.ways(step.parts[0], not want)
            case ops.Term():
                return self.ways(step.parts[0], want)
        return self._leaf(step, want)

    def _all(self, parts: Sequence[Step], want: bool) -> list[frozenset[Wanted]]:
        sets: list[frozenset[Wanted]] = [frozenset()]
        for part in parts:
            sets = _joined(sets, self.ways(part, want))
        return sets

    def _any(self, parts: Sequence[Step], want: bool) -> list[frozenset[Wanted]]:
        found = {one for part in parts for one in self.ways(part, want)}
        return sorted(found, key=_cost)[:MOST_KEPT]

    def _leaf(self, step: Step, want: bool) -> list[frozenset[Wanted]]:
        facts = _unknown_facts(step)
        everything = missing(step)
        if len(everything) != len(facts) or not 1 < len(facts) <= MOST_TRIED:
            return [frozenset(map(_wanted, everything))]
        names = {(one.key, one.period): _wanted(one) for one in everything}
        for size in range(1, len(facts)):
            hits = [some for some in combinations(facts, size) if self._can(step, some, want)]
            if hits:
                return [frozenset(names[node.fact.key, node.period] for node in some) for some in hits]
        return [frozenset(names.values())]

    def _can(self, step: Step, facts: Sequence[ops.FactAt], want: bool) -> bool:
        """Whether some values of these facts alone decide the condition."""
        keys = [key_of(node) for node in facts]
        again = Again(step, keys, self.days)
        return any(
            again.with_values(dict(zip(keys, values, strict=True))).truth is want
            for values in product(*(_samples(node.fact) for node in facts))
        )


def _unknown_facts(step: Step) -> list[ops.FactAt]:
    """The facts that are not known, each once."""
    keys = {(one.key, one.period) for one in missing(step) if one.kind == "fact"}
    found: dict[tuple[str, Period | None], ops.FactAt] = {}
    waiting = [step]
    while waiting:
        current = waiting.pop()
        node = current.node
        if isinstance(node, ops.FactAt) and (node.fact.key, node.period) in keys:
            found.setdefault((node.fact.key, node.period), node)
        waiting.extend(current.parts)
    return sorted(found.values(), key=lambda node: (node.fact.key, node.period.code if node.period else ""))


def _samples(fact: Fact) -> tuple[Plain, ...]:
    """Values at the ends of what a fact can be, and one just above nothing."""
    if fact.type.kind == "yes-no":
        return True, False
    if fact.type.kind == "date":
        return FIRST_DAY, LAST_DAY
    if not fact.type.is_number:
        return ()
    least, most = fact.edges
    steps = (max(least, 0), max(least, 1), min(most, LARGE))
    return tuple(fact.step * step for step in dict.fromkeys(steps))
