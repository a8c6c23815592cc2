"""How far a no is from a yes: the smallest change of one fact with which a condition holds, and what it is called.

Of the facts that a condition rests on, each is tried for itself, in whole persons, items or fen; a sum over years by its
last year. Where raising something helps, nothing is proposed to be lowered (nobody should sell less to look more inventive).
Of a condition with parts that all have to hold, each failing part has a gap of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from huanchuang.engines.expression import Record, Step
from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import DayTable
from huanchuang.engines.expression.explain.phrases import phrase
from huanchuang.engines.expression.explain.shown import show
from huanchuang.engines.expression.types import DATE, FEN, Type
from huanchuang.engines.expression.vocabulary import Fact, Plain
from huanchuang.engines.kernel.period import Period
from huanchuang.engines.rules.again import Again, Key, key_of
from huanchuang.engines.rules.policy import BoundPolicy, Requirement, Wording

PLACES, FINEST = 4, Fraction(1, 10_000)
"""Decimals of a change, which is whole in them."""
MOST_SAID = 3
MOST_TURNS = 24
"""Turning points that are tried before the value is searched for."""
COUNTED = {"件", "项", "家", "个", "台", "名"}


@dataclass(frozen=True, slots=True)
class Change:
    """One fact from one value to another, the nearest that helps."""

    key: str
    period: Period | None
    name: Wording
    type: Type
    old: Plain
    new: Plain

    @property
    def by(self) -> Fraction:
        """How much more (or less, below zero); 0 for yes and no."""
        if isinstance(self.old, bool | str) or isinstance(self.new, bool | str):
            return Fraction(0)
        return Fraction(self.new) - Fraction(self.old)

    def text(self, language: str = "zh") -> str:
        """What has to happen: 研发费用再增36万元."""
        english = language.startswith("en")
        name = self.name.text(language)
        if isinstance(self.new, bool):
            word = ("yes" if self.new else "no") if english else ("是" if self.new else "否")
            return f"{name}: {word}" if english else f"{name}须为{word}"
        amount = show(abs(self.by), self.type, language, PLACES)
        if english:
            return f"{name}: {amount} {'more' if self.by > 0 else 'less'}"
        if self.by < 0:
            return f"{name}须减{amount}"
        verb = "再有" if _is_counted(self.type) else "再增"
        return f"{name}{verb}{amount}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a requirement that is not met: any one of the changes closes it; without one no single fact does.

    `days`: it is met by itself that many days later.
    """

    requirement: str
    condition: Wording
    changes: tuple[Change, ...] = ()
    days: int | None = None
    short: Fraction | None = None
    """For two shares: by how much the one lies below the other."""

    def text(self, language: str = "zh") -> str:
        """The gap in words; where several facts would help, the first three are said."""
        english = language.startswith("en")
        if self.days is not None:
            return f"{self.days} more days" if english else f"再过{self.days}天"
        if self.changes:
            said = [change.text(language) for change in self.changes[:MOST_SAID]]
            return (", or " if english else "，或").join(said)
        asked = self.condition.text(language)
        return f"not met: {asked}" if english else f"须{asked}"


def _ease(change: Change) -> tuple[bool, Fraction, str]:
    """Figures that grow by little come first, yes and no last: nobody gets a certificate by Friday."""
    old = Fraction(0) if isinstance(change.old, str) else Fraction(change.old)
    return isinstance(change.new, bool), abs(change.by) / max(abs(old), Fraction(1)), change.key


def _is_counted(type_: Type) -> bool:
    return type_.unit is not None and len(type_.unit) == 1 and type_.unit[0][0] in COUNTED


def gaps_of(
    failed: Sequence[tuple[Requirement, Step | None]], record: Record, bound: BoundPolicy
) -> tuple[Gap, ...]:
    """The gaps of the requirements that are not met."""
    days = next((one.days for one in bound.conditions if one is not None), None)
    found: list[Gap] = []
    for requirement, step in failed:
        if step is None or days is None:
            found.append(Gap(requirement.id, requirement.text))
        else:
            found += _Search(requirement, record, days).gaps(step, True)
    return tuple(found)


@dataclass(frozen=True)
class _Search:
    requirement: Requirement
    record: Record
    days: DayTable

    def gaps(self, step: Step, want: bool) -> list[Gap]:
        """What is between a condition and the answer wanted."""
        node = step.node
        if isinstance(node, ops.Term):
            return self.gaps(step.parts[0], want)
        if isinstance(node, ops.Not):
            return self.gaps(step.parts[0], not want)
        needs_all = isinstance(node, ops.And if want else ops.Or)
        if needs_all:
            return [gap for part in step.parts if part.truth is not want for gap in self.gaps(part, want)]
        return self._closed(step, want)

    def _closed(self, step: Step, want: bool) -> list[Gap]:
        gap = self._gap(step, want)
        is_choice = isinstance(step.node, ops.And | ops.Or)
        if gap.changes or gap.days is not None or not is_choice:
            return [gap]
        ways = [self.gaps(part, want) for part in step.parts]
        return min(ways, key=lambda gaps: (len(gaps), sum(not one.changes for one in gaps)))

    def _gap(self, step: Step, want: bool) -> Gap:
        node = step.node
        said = Wording(phrase(node), phrase(node, "en"))
        if isinstance(node, ops.Compare) and node.parts[0].type == DATE:
            return Gap(self.requirement.id, said, days=_days_short(step))
        moves = _movable(step)
        changes = [change for at in moves for change in self._changes(step, at, want, 1)]
        if not changes:
            changes = [change for at in moves for change in self._changes(step, at, want, -1)]
        chosen = sorted(changes, key=_ease)
        return Gap(self.requirement.id, said, tuple(chosen), short=_short(step))

    def _changes(self, step: Step, at: ops.FactAt, want: bool, sign: int) -> Iterator[Change]:
        """The nearest value above (or below) with which the condition is as wanted; for yes and no the other one."""
        fact, period, key = at.fact, at.period, key_of(at)
        old = self.record.value(fact, period)
        if old is None or isinstance(old, str):
            return
        again = Again(step, (key,), self.days)

        def holds(value: Plain) -> bool:
            return again.with_values({key: value}).truth is want

        new: Plain | None
        if isinstance(old, bool):
            new = not old if sign > 0 and holds(not old) else None
        else:
            far = _far(holds, Fraction(old), fact, sign)
            new = far and _guessed(again, key, Fraction(old), fact, sign, holds)
            new = _nearest(holds, Fraction(old), fact, sign, far) if far and new is None else new
        if new is not None:
            yield Change(fact.key, period, Wording(phrase(at), phrase(at, "en")), fact.type, old, new)


def _movable(step: Step) -> list[ops.FactAt]:
    """The facts a condition rests on that can be changed: of a sum over years the last year, no dates."""
    found: dict[tuple[str, Period | None], ops.FactAt] = {}
    waiting = [step]
    while waiting:
        current = waiting.pop()
        node = current.node
        if isinstance(node, ops.Over):
            last = len(current.parts) - 2
            waiting += [current.parts[1 + last]] if last not in current.left_out else []
            continue
        if isinstance(node, ops.FactAt) and node.type != DATE:
            found.setdefault((node.fact.key, node.period), node)
        waiting += current.parts
    return sorted(found.values(), key=lambda node: node.fact.key)


def _unit(fact: Fact) -> Fraction:
    """The smallest change that is told: a fen, a person, else a ten-thousandth of what is read (0.0001%).

    What is short by less is told as one of these: whoever follows it has enough.
    """
    yuan = dict(fact.type.unit or ()).get("元", 0)
    read = Fraction(1, 100) if fact.type.unit == () else Fraction(FEN) ** yuan
    return max(fact.step, read * FINEST)


def _room(fact: Fact, old: Fraction, sign: int) -> int:
    """How many such changes there are up to the end of what the fact can be."""
    least, most = fact.edges
    return int(((most if sign > 0 else -least) * fact.step - sign * old) / _unit(fact))


def _guessed(
    again: Again, key: Key, old: Fraction, fact: Fact, sign: int, holds: Callable[[Plain], bool]
) -> Plain | None:
    """The nearest value by proportion: where a comparison turns or a table changes its row, were all even; proved before use."""
    unit, room = sign * _unit(fact), _room(fact, old, sign)
    turns = set[int]()
    _turns(again.step, again.with_values({key: old + unit}), turns)
    for count in sorted(turns)[:MOST_TURNS]:
        if count <= room and holds(old + count * unit):
            return None if holds(old + (count - 1) * unit) else _plain(old + count * unit)
    return None


def _turns(before: Step, after: Step, found: set[int]) -> None:
    """After how many changes like this one a part of the condition turns."""
    if before is after:
        return
    node = before.node
    if isinstance(node, ops.Compare):
        _crossing(_apart(before), _apart(after), Fraction(0), found)
    elif isinstance(node, ops.Table):
        one, other = before.parts[0].span.value, after.parts[0].span.value
        for mark in node.keys or ():
            _crossing(one, other, mark, found)
    for part, changed in zip(before.parts, after.parts, strict=True):
        _turns(part, changed, found)


def _crossing(
    one: int | Fraction | None, other: int | Fraction | None, mark: Fraction, found: set[int]
) -> None:
    """When a value that went from one to the other reaches a mark, and when it passes it."""
    if one is None or other is None or one == other:
        return
    count = (mark - one) / (Fraction(other) - one)
    found.update(whole for whole in (ceil(count), floor(count) + 1) if whole > 0)


def _apart(step: Step) -> Fraction | None:
    """The left side of a comparison less the right one."""
    left, right = step.parts[0].span.value, step.parts[1].span.value
    return None if left is None or right is None else Fraction(left) - Fraction(right)


def _far(holds: Callable[[Plain], bool], old: Fraction, fact: Fact, sign: int) -> int | None:
    """How far one can go so that the condition holds there; None where it does not hold at the end.

    A change that helps in one place only (sales that just reach a milder band) is no way to go. Where a divisor becomes
    nothing there is no quotient: then the value just before is the end.
    """
    unit, room = sign * _unit(fact), _room(fact, old, sign)
    return next((count for count in (room, room - 1) if count > 0 and holds(old + count * unit)), None)


def _nearest(holds: Callable[[Plain], bool], old: Fraction, fact: Fact, sign: int, far: int) -> Plain | None:
    """The value nearest to the old one, in one direction, with which the condition holds."""
    unit = sign * _unit(fact)
    low, high = 0, 1
    while not holds(old + high * unit):
        low, high = high, min(high * 2, far)
    while high - low > 1:
        middle = (low + high) // 2
        if holds(old + middle * unit):
            high = middle
        else:
            low = middle
    return _plain(old + high * unit)


def _plain(value: Fraction) -> Plain:
    return int(value) if value.denominator == 1 else value


def _days_short(step: Step) -> int | None:
    """Days until two dates meet the comparison, where one of them is the day of the question."""
    left, right = step.parts[0].span.value, step.parts[1].span.value
    is_asked = [isinstance(part.node, ops.Constant) and part.node.is_today for part in step.parts]
    if left is None or right is None or not any(is_asked):
        return None
    today, other = (left, right) if is_asked[0] else (right, left)
    strict = isinstance(step.node, ops.Compare) and step.node.sign in ("<", ">")
    short = int(other) - int(today) + strict
    return short if short > 0 else None


def _short(step: Step) -> Fraction | None:
    """By how much a share lies below or above another."""
    node = step.node
    if not isinstance(node, ops.Compare) or node.parts[0].type.unit != ():
        return None
    left, right = step.parts[0].span.value, step.parts[1].span.value
    return None if left is None or right is None else abs(Fraction(right) - Fraction(left))
