"""What the conditions of a policy ask of each quantity by itself: an interval of a number or age, or a set of values.

Only what certainly follows is taken: the parts of a condition joined by 且, each comparing one quantity with a constant.
Anything else asks nothing here. Two quantities are the same where they are computed the same way from the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.rules.policy import BoundPolicy, Requirement

MONTHS = {"年": 12, "月": 1}
FLIPPED: dict[str, ops.Sign] = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; None is no edge. `open_least` and `open_most`: the edge itself is not in it."""

    least: Fraction | None = None
    most: Fraction | None = None
    open_least: bool = False
    open_most: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies in it."""
        if self.least is None or self.most is None:
            return False
        return self.least > self.most or (self.least == self.most and (self.open_least or self.open_most))

    def both(self, other: Range) -> Range:
        """What lies in this one and the other."""
        least, open_least = max(
            (self.least, self.open_least), (other.least, other.open_least), key=lambda edge: _low(*edge)
        )
        most, open_most = min(
            (self.most, self.open_most), (other.most, other.open_most), key=lambda edge: _high(*edge)
        )
        return Range(least, most, open_least, open_most)

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in it."""
        return not self.both(Range(value, value)).is_empty


def _low(edge: Fraction | None, is_open: bool) -> tuple[int, Fraction, int]:
    return (0, Fraction(0), 0) if edge is None else (1, edge, int(is_open))


def _high(edge: Fraction | None, is_open: bool) -> tuple[int, Fraction, int]:
    return (1, Fraction(0), 0) if edge is None else (0, edge, -int(is_open))


Values = frozenset[Plain]
Allowed = Range | Values


def both(one: Allowed, other: Allowed) -> Allowed:
    """What two askings of the same quantity leave."""
    if isinstance(one, Range):
        return one.both(other) if isinstance(other, Range) else one
    return one & other if isinstance(other, frozenset) else one


def is_empty(allowed: Allowed) -> bool:
    """Whether no value is left."""
    return allowed.is_empty if isinstance(allowed, Range) else not allowed


@dataclass(frozen=True, slots=True)
class Ask:
    """What one requirement asks of one quantity."""

    key: str
    about: Node
    """The quantity, for its words."""
    allowed: Allowed
    requirement: Requirement
    node: Node
    """The comparison itself, for its words."""


def asks_of(bound: BoundPolicy) -> tuple[Ask, ...]:
    """All that a policy asks on a day, in the order of its requirements."""
    return tuple(
        Ask(key, about, allowed, requirement, node)
        for requirement, condition in zip(bound.requirements, bound.conditions, strict=True)
        if condition is not None
        for node in _joined(condition.node)
        for key, about, allowed in _asked(node)
    )


def _joined(node: Node) -> Iterator[Node]:
    """The parts that all have to hold."""
    if isinstance(node, ops.Term | ops.And):
        for part in node.parts:
            yield from _joined(part)
    else:
        yield node


Found = tuple[str, Node, Allowed]


def _asked(node: Node) -> Iterator[Found]:
    if isinstance(node, ops.Compare):
        found = _compared(node)
    elif isinstance(node, ops.Or):
        found = _one_of(node.parts)
    else:
        found = _chosen(node)
    if found is not None:
        yield found


def _chosen(node: Node) -> Found | None:
    """A yes/no fact that has to hold, or not; a text or code among some."""
    if isinstance(node, ops.Not) and isinstance(node.parts[0], ops.FactAt):
        return key_of(node.parts[0]), node.parts[0], frozenset([False])
    if isinstance(node, ops.FactAt):
        return key_of(node), node, frozenset([True])
    if isinstance(node, ops.Among) and not node.negated:
        return key_of(node.parts[0]), node.parts[0], frozenset(node.members)
    if isinstance(node, ops.Same) and not node.negated:
        for one, other in (node.parts, node.parts[::-1]):
            if (
                isinstance(other, ops.Constant)
                and other.value is not None
                and not isinstance(one, ops.Constant)
            ):
                return key_of(one), one, frozenset([other.value])
    return None


def _one_of(parts: Sequence[Node]) -> Found | None:
    """Values of one quantity joined by 或: any of them."""
    found = [_chosen(part) for part in parts]
    known = [one for one in found if one is not None]
    if len(known) < len(found) or len({key for key, _, _ in known}) != 1:
        return None
    values = [allowed for _, _, allowed in known if isinstance(allowed, frozenset)]
    return known[0][0], known[0][1], frozenset[Plain]().union(*values)


def _compared(node: ops.Compare) -> Found | None:
    one, other = node.parts
    if isinstance(one, ops.Constant) and not isinstance(other, ops.Constant):
        return _against(other, FLIPPED[node.sign], one)
    return _against(one, node.sign, other) if isinstance(other, ops.Constant) else None


def _against(quantity: Node, sign: str, edge: ops.Constant) -> Found | None:
    if (
        sign == "!="
        or edge.value is None
        or isinstance(edge.value, str)
        or isinstance(quantity, ops.Constant)
    ):
        return None
    if edge.is_today and isinstance(quantity, ops.Shift):
        return _age(quantity, sign)
    bounds = quantity.bounds
    found = _ranged(sign, Fraction(edge.value)).both(Range(bounds.least, bounds.most))
    return key_of(quantity), quantity, found


def _age(node: ops.Shift, sign: str) -> Found | None:
    """注册日期 + 3年 > 基准日: less than three years old; in months, or days."""
    amount = node.parts[1]
    if node.back or not isinstance(amount, ops.Constant) or isinstance(amount.value, bool | str | None):
        return None
    factor = MONTHS.get(node.unit)
    unit = "月" if factor else node.unit
    age = _ranged(FLIPPED[sign], Fraction(amount.value) * (factor or 1))
    return f"age({key_of(node.parts[0])};{unit})", node.parts[0], age


def _ranged(sign: str, edge: Fraction) -> Range:
    return {
        ">=": Range(least=edge),
        ">": Range(least=edge, open_least=True),
        "<=": Range(most=edge),
        "<": Range(most=edge, open_most=True),
        "=": Range(edge, edge),
    }[sign]


def key_of(node: Node) -> str:
    """The same text for quantities that are computed the same way from the same facts."""
    if isinstance(node, ops.Term):
        return key_of(node.parts[0])
    inside = ",".join(key_of(part) for part in node.parts)
    return f"{node.name}[{_own(node)}]({inside})"


def _own(node: Node) -> str:
    """What an operation says beside its parts."""
    match node:
        case ops.FactAt():
            return f"{node.fact.key}@{node.period.code if node.period else ''}"
        case ops.Constant():
            return str(node.value) if node.value is not None else f"?{id(node)}"
        case ops.Over():
            return f"{node.fold} {' '.join(period.code for period in node.periods)}"
        case ops.Shift():
            return f"{node.unit}{node.back}"
        case ops.Round():
            return f"{node.step}{node.way}"
        case ops.Table():
            return str(node.is_upper)
        case ops.Compare():
            return node.sign
        case ops.Among() | ops.Same():
            return f"{node.negated}{sorted(node.members) if isinstance(node, ops.Among) else ''}"
        case ops.CountRows() | ops.SumRows():
            return f"{id(node)}"
    return ""
