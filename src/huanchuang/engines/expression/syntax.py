"""What the parser makes of a text: its shape, before anything is known about types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from huanchuang.engines.expression.problems import Place


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written: 5000万元 is 5000 × 10000 with the unit 元; `scaled` says that a scale word stands there."""

    value: Fraction
    unit: str
    scaled: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Day:
    """A date, in days since 1970-01-01."""

    day: int
    place: Place


@dataclass(frozen=True, slots=True)
class Quote:
    """A text in quotation marks."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Truth:
    """是 or 否."""

    value: bool
    place: Place


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day of the question."""

    place: Place


@dataclass(frozen=True, slots=True)
class Moment:
    """Which period: `back` counted from the running one (1 is the last that ended), or the year `fixed`."""

    kind: str
    back: int
    place: Place
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """近3年: the last `count` periods of a kind that have ended."""

    kind: str
    count: int
    place: Place


@dataclass(frozen=True, slots=True)
class Name:
    """A name, with the moment after @ and the field after a point, if they are there."""

    text: str
    place: Place
    moment: Moment | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Unary:
    """- or not."""

    sign: str
    value: Syntax
    place: Place


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values and what stands between them; `sign_place` is where that stands."""

    sign: str
    left: Syntax
    right: Syntax
    place: Place
    sign_place: Place


@dataclass(frozen=True, slots=True)
class Member:
    """A value and the codes or texts it is looked for in."""

    value: Syntax
    items: tuple[Quote, ...]
    negated: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Known:
    """x is known, x is unknown."""

    value: Syntax
    negated: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a function; `key` stands before a colon, `is_else` for else: and its Chinese words."""

    value: Syntax
    place: Place
    key: Syntax | None = None
    is_else: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; `name` as written, `function` by its English name."""

    name: str
    function: str
    arguments: tuple[Argument, ...]
    place: Place


Syntax = Amount | Day | Quote | Truth | AsOf | Name | Last | Unary | Binary | Member | Known | Call


def inner(node: Syntax) -> Iterator[Syntax]:
    """The parts right below a node."""
    match node:
        case Unary() | Member() | Known():
            yield node.value
        case Binary():
            yield node.left
            yield node.right
        case Call():
            for argument in node.arguments:
                if argument.key is not None:
                    yield argument.key
                yield argument.value
