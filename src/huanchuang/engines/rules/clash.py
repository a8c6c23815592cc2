"""Where policies contradict themselves or each other, with both clauses: what is certain apart from what a person has to look at.

certain: a condition nobody can meet; a rule of a group that only one side knows, or two sides know differently; a limit that
another limit or the amount itself makes void. To be looked at: other thresholds for the same quantity in policies that
belong together, one policy rewarding what another excludes, a group whose members nobody can have together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from huanchuang.engines.expression.explain.phrases import phrase
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.kernel import Money
from huanchuang.engines.kernel.workcalendar import WorkCalendar
from huanchuang.engines.rules.asks import Ask, Range, asks_of, both, is_empty
from huanchuang.engines.rules.cost import cap_of
from huanchuang.engines.rules.policy import BoundPolicy, Group, Policy, Requirement, Wording, bind_policy

Kind = Literal["impossible", "one-sided", "two-rules", "void-limit", "never-full", "threshold", "excluded", "apart", "above-limit"]  # fmt: skip
CERTAIN: frozenset[Kind] = frozenset({"impossible", "one-sided", "two-rules", "void-limit", "never-full"})
KINDS: tuple[Kind, ...] = (
    "impossible", "two-rules", "one-sided", "void-limit", "never-full", "excluded", "apart", "threshold", "above-limit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """A policy and the clause of it that is meant: a requirement, a group, or its amount where neither stands."""

    policy: Policy
    requirement: Requirement | None = None
    group: Group | None = None

    def text(self, language: str = "zh") -> str:
        """The clause in words."""
        if self.requirement is not None:
            return self.requirement.text.text(language)
        if self.group is not None:
            return self.group.text.text(language)
        return "" if self.policy.amount is None else self.policy.amount.text.text(language)

    @property
    def clause(self) -> str:
        """Where it stands in the paper."""
        if self.requirement is not None:
            return self.requirement.clause
        amount = self.policy.amount
        return "" if self.group is not None or amount is None else amount.clause


@dataclass(frozen=True, slots=True)
class Clash:
    """One contradiction, or what looks like one."""

    kind: Kind
    one: Side
    other: Side | None
    sentence: Wording

    @property
    def is_certain(self) -> bool:
        """Whether it holds whatever a person thinks of it."""
        return self.kind in CERTAIN


def clashes(
    policies: Sequence[Policy],
    on: date,
    documents: Mapping[str, Collection[str]] | None = None,
    calendar: WorkCalendar | None = None,
) -> tuple[Clash, ...]:
    """All that is found among the policies in force on a day, the certain ones first.

    Policies belong together that share a group or a document (`documents`: id of the policy → its papers).
    """
    held = [_Held(bind_policy(one, on, calendar)) for one in policies if one.is_in_force(on)]
    found = [clash for one in held for clash in _inside(one)]
    for one, other in combinations(held, 2):
        shared = [
            group for group in one.policy.groups if group.name in {each.name for each in other.policy.groups}
        ]
        papers = documents or {}
        if shared or set(papers.get(one.policy.id, ())) & set(papers.get(other.policy.id, ())):
            found.extend(_between(one, other, shared))
    found.extend(_groups([one.policy for one in held]))
    return tuple(sorted(found, key=lambda clash: KINDS.index(clash.kind)))


class _Held:
    """A policy with what it asks."""

    def __init__(self, bound: BoundPolicy) -> None:
        self.bound, self.policy = bound, bound.policy
        self.asks: dict[str, list[Ask]] = {}
        for ask in asks_of(bound):
            self.asks.setdefault(ask.key, []).append(ask)

    def side(self, ask: Ask) -> Side:
        return Side(self.policy, ask.requirement)


def _inside(one: _Held) -> Iterator[Clash]:
    """Conditions of one policy that nobody can meet together, and amounts beyond a limit of its groups."""
    for asks in one.asks.values():
        left = asks[0].allowed
        if is_empty(left):
            yield Clash("impossible", one.side(asks[0]), None, _impossible(asks[0], None))
            continue
        for ask in asks[1:]:
            left = both(left, ask.allowed)
            if is_empty(left):
                first = next(
                    each for each in asks if is_empty(both(each.allowed, ask.allowed)) or each is ask
                )
                meant = asks[0] if first is ask else first
                yield Clash("impossible", one.side(meant), one.side(ask), _impossible(meant, ask))
                break
    yield from _beyond(one)


def _impossible(one: Ask, other: Ask | None) -> Wording:
    if other is None:
        return Wording(
            f"没有人能满足：{phrase(one.node)}",
            f"Nobody can meet this: {phrase(one.node, 'en')}",
        )
    return Wording(
        f"没有人能同时满足：{phrase(one.node)}；{phrase(other.node)}",
        f"Nobody can meet both: {phrase(one.node, 'en')}; {phrase(other.node, 'en')}",
    )


def _beyond(one: _Held) -> Iterator[Clash]:
    amount = one.bound.amount
    most = None if amount is None else cap_of(one.bound)
    for group in one.policy.groups:
        if group.limit is None or amount is None:
            continue
        least, limit = amount.node.bounds.least, Money(group.limit).text()
        sides = Side(one.policy), Side(one.policy, group=group)
        if least is not None and least > group.limit:
            low = Money(int(least)).text()
            yield Clash("never-full", *sides, Wording(
                f"金额至少{low}，而“{group.name}”合计最多{limit}，从来发不足额",
                f"The amount is at least {low}, the total of “{group.name}” at most {limit}: it is never paid in full",
            ))  # fmt: skip
        elif most is not None and most > group.limit:
            high = Money(most).text()
            yield Clash("above-limit", *sides, Wording(
                f"金额写明最高{high}，而“{group.name}”合计最多{limit}，最高额拿不到",
                f"The amount goes up to {high}, the total of “{group.name}” only to {limit}: the highest cannot be had",
            ))  # fmt: skip


def _between(one: _Held, other: _Held, shared: Sequence[Group]) -> Iterator[Clash]:
    """Two policies that belong together: what each asks of the same quantity."""
    for key in one.asks.keys() & other.asks.keys():
        for mine in one.asks[key]:
            for theirs in other.asks[key]:
                yield from _compared(one.side(mine), mine, other.side(theirs), theirs, shared)


def _compared(left: Side, mine: Ask, right: Side, theirs: Ask, shared: Sequence[Group]) -> Iterator[Clash]:
    if is_empty(both(mine.allowed, theirs.allowed)):
        if isinstance(mine.allowed, frozenset) and mine.allowed | theirs.allowed == {True, False}:  # type: ignore[operator]
            yield Clash("excluded", left, right, _excluded(left, mine, right))
        elif shared:
            yield Clash("apart", left, right, Wording(
                f"没有人能两项都符合（{phrase(mine.node)}；{phrase(theirs.node)}），“{shared[0].name}”的规则用不上",
                f"Nobody can have both ({phrase(mine.node, 'en')}; {phrase(theirs.node, 'en')}): the rule of “{shared[0].name}” never applies",
            ))  # fmt: skip
    elif _differ(mine, theirs):
        yield Clash("threshold", left, right, Wording(
            f"对同一项“{phrase(mine.about)}”门槛不同：{phrase(mine.node)}；{phrase(theirs.node)}",
            f"Other thresholds for the same “{phrase(mine.about, 'en')}”: {phrase(mine.node, 'en')}; {phrase(theirs.node, 'en')}",
        ))  # fmt: skip


def _excluded(left: Side, mine: Ask, right: Side) -> Wording:
    asks = mine.allowed == frozenset([True])
    one, other = (left, right) if asks else (right, left)
    name, name_en = phrase(mine.about), phrase(mine.about, "en")
    return Wording(
        f"“{one.policy.title.zh}”要求“{name}”，“{other.policy.title.zh}”把它排除在外",
        f"“{one.policy.title.text('en')}” asks for “{name_en}”, “{other.policy.title.text('en')}” excludes it",
    )


def _differ(mine: Ask, theirs: Ask) -> bool:
    """Whether both set the same edge of a quantity, at another value."""
    one, other = mine.allowed, theirs.allowed
    if not isinstance(one, Range) or not isinstance(other, Range):
        return False
    low = one.least is not None and other.least is not None and _own_edge(mine, "least") and _own_edge(theirs, "least")  # fmt: skip
    high = one.most is not None and other.most is not None and _own_edge(mine, "most") and _own_edge(theirs, "most")  # fmt: skip
    return (low and (one.least, one.open_least) != (other.least, other.open_least)) or (
        high and (one.most, one.open_most) != (other.most, other.open_most)
    )


def _own_edge(ask: Ask, edge: str) -> bool:
    """Whether an edge comes from the condition, and not from what the quantity can be at all."""
    about: Node = ask.about
    return ask.key.startswith("age(") or getattr(ask.allowed, edge) != getattr(about.bounds, edge)


def _groups(policies: Sequence[Policy]) -> Iterator[Clash]:
    """Rules of groups that do not fit together."""
    members: dict[str, list[tuple[Policy, Group]]] = {}
    for policy in policies:
        for group in policy.groups:
            members.setdefault(group.name, []).append((policy, group))
    for name, pairs in members.items():
        first = Side(pairs[0][0], group=pairs[0][1])
        if len(pairs) == 1 and first.group is not None and first.group.rule != "total":
            yield Clash("one-sided", first, None, Wording(
                f"“{name}”要求与别的政策不重复享受，但没有别的政策写明这一条",
                f"“{name}” excludes other policies, and no other policy says so",
            ))  # fmt: skip
        for policy, group in pairs[1:]:
            if first.group is not None and (group.rule, group.limit) != (first.group.rule, first.group.limit):
                yield Clash("two-rules", first, Side(policy, group=group), Wording(
                    f"“{name}”在两项政策里写得不一样", f"“{name}” is written differently in two policies",
                ))  # fmt: skip
    yield from _limits(members)


def _limits(members: Mapping[str, Sequence[tuple[Policy, Group]]]) -> Iterator[Clash]:
    """A limit over policies that all lie under another limit which is no higher: it never counts."""
    for (one, mine), (other, theirs) in combinations(members.items(), 2):
        for inner, outer, name, beyond in ((mine, theirs, one, other), (theirs, mine, other, one)):
            low, high = outer[0][1].limit, inner[0][1].limit
            within = {policy.id for policy, _ in inner} <= {policy.id for policy, _ in outer}
            if within and low is not None and high is not None and high >= low:
                sides = Side(inner[0][0], group=inner[0][1]), Side(outer[0][0], group=outer[0][1])
                yield Clash("void-limit", *sides, Wording(
                    f"“{name}”合计最多{Money(high).text()}，但这些政策都在“{beyond}”之内，合计最多{Money(low).text()}，前一个上限用不上",
                    f"“{name}” is limited to {Money(high).text()}, but all of it lies within “{beyond}”, limited to {Money(low).text()}: the first limit never counts",
                ))  # fmt: skip
                break
