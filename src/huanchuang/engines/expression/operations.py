"""The operations of the language: what a checked expression is made of, and all that an execution must know.

A node is frozen. `parts` are the values it works on, in order; what else it needs stands in fields of its own. Nodes come
in two states. *Open* nodes (`Asked`, `Named`, `Today`, `Yearly`) speak of the day of the question, of parameters and of
近3年; `bind` replaces them for one day by the *bound* ones (`FactAt`, `Constant`, `Over`), which executions run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Literal

from huanchuang.engines.expression.problems import Place
from huanchuang.engines.expression.types import Type
from huanchuang.engines.expression.vocabulary import Fact, Parameter, Plain, Relation
from huanchuang.engines.kernel.period import Period

Sign = Literal[">=", "<=", ">", "<", "=", "!="]
Fold = Literal["sum", "average", "count"]
TimeUnit = Literal["年", "月", "天", "工作日"]
Way = Literal["nearest", "down", "up"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number can be at all, known before any fact: `least` and `most`, None for no bound."""

    least: Fraction | None = None
    most: Fraction | None = None

    @property
    def is_positive(self) -> bool:
        """Never below zero."""
        return self.least is not None and self.least.numerator >= 0


FREE = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One operation; `place` is where it stands in the text."""

    name: ClassVar[str] = ""
    type: Type
    parts: tuple[Node, ...] = ()
    place: Place = (0, 0)
    bounds: Bounds = FREE

    def with_parts(self, parts: tuple[Node, ...]) -> Node:
        """The same operation on other values."""
        return replace(self, parts=parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Node):
    """A value that does not depend on facts; None is unknown (a parameter without a value)."""

    name: ClassVar[str] = "constant"
    value: Plain | None
    parameter: Parameter | None = None
    is_today: bool = False
    is_scaled: bool = False
    """Written with a scale word: 5000万 may stand for yuan, 5000 may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactAt(Node):
    """A fact of a period; of none for a timeless fact and for a field of a related record."""

    name: ClassVar[str] = "fact"
    fact: Fact
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Node):
    """Open: a fact of the `back`-th period of its kind, counted from the running one, or of the year `fixed`."""

    name: ClassVar[str] = "asked"
    fact: Fact
    back: int = 1
    fixed: int | None = None
    is_folded: bool = False
    """Inside of a sum over years: of the year in hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Node):
    """Open: a parameter."""

    name: ClassVar[str] = "named"
    parameter: Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Today(Node):
    """Open: the day of the question."""

    name: ClassVar[str] = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly(Node):
    """Open: its one part folded over the last `count` periods of a kind; `registered` leaves out those before it."""

    name: ClassVar[str] = "yearly"
    fold: Fold
    kind: str
    count: int
    registered: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Over(Node):
    """`parts`: the date of registration (or an unknown constant), then one value for each of `periods`.

    A period that ended before the registration is left out: a sum over none is 0, an average over none unknown.
    `count` counts the periods in which a condition holds.
    """

    name: ClassVar[str] = "over"
    fold: Fold
    kind: str
    periods: tuple[Period, ...]
    ends: tuple[int, ...]
    """The last day of each period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Negate(Node):
    """-x"""

    name: ClassVar[str] = "negate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Node):
    """a + b"""

    name: ClassVar[str] = "add"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtract(Node):
    """a - b; for two dates the days between them."""

    name: ClassVar[str] = "subtract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiply(Node):
    """a × b. Bounds of unknown factors are used where neither can be negative."""

    name: ClassVar[str] = "multiply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Divide(Node):
    """a ÷ b; unknown where b is or may be zero. Bounds are used where neither can be negative."""

    name: ClassVar[str] = "divide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Least(Node):
    """The smallest of its parts."""

    name: ClassVar[str] = "least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Greatest(Node):
    """The largest of its parts."""

    name: ClassVar[str] = "greatest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Node):
    """A multiple of `step`: the nearest (a half away from zero), the next below or the next above."""

    name: ClassVar[str] = "round"
    step: Fraction
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Node):
    """Parts: condition, value, other value. With an unknown condition: what both have in common."""

    name: ClassVar[str] = "choose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Node):
    """Parts: the value looked up, then the keys, then one result more than keys.

    `is_upper` (band): keys rise and are the last value of their band. Otherwise (score): keys fall and are the first.
    """

    name: ClassVar[str] = "table"
    is_upper: bool

    @property
    def size(self) -> int:
        """The number of keys."""
        return len(self.parts) // 2 - 1

    @property
    def keys(self) -> tuple[Fraction, ...] | None:
        """The keys of a bound table; None where a parameter among them has no value."""
        found = [part.value for part in self.parts[1 : 1 + self.size] if isinstance(part, Constant)]
        values = [Fraction(value) for value in found if value is not None and not isinstance(value, str)]
        return tuple(values) if len(values) == self.size else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Node):
    """Two numbers or two dates by size, exactly: quotients are multiplied out, never divided."""

    name: ClassVar[str] = "compare"
    sign: Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(Node):
    """Two yes/no values or two texts are equal, or `negated` different."""

    name: ClassVar[str] = "same"
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(Node):
    """A code is one of `members` (every spelling of the codes asked for and of those below them), or a text is.

    `known`, where given, are all codes of the tree: a text outside of it is no code, so the answer is unknown.
    """

    name: ClassVar[str] = "among"
    members: frozenset[str]
    known: frozenset[str] | None
    negated: bool
    titles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class And(Node):
    """All parts hold: no as soon as one is no."""

    name: ClassVar[str] = "and_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Or(Node):
    """One part holds: yes as soon as one is yes."""

    name: ClassVar[str] = "or_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """The contrary; unknown stays unknown."""

    name: ClassVar[str] = "not_"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsKnown(Node):
    """Whether its part is known: the one operation that never gives unknown, and whose answer new facts may change."""

    name: ClassVar[str] = "is_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Node):
    """A date (first part) moved by a constant whole number (second part) of years, months, days or working days.

    A month without that day ends on its last one (Civil Code art. 202). Outside of 1900 to 2199 the end of that time is meant.
    """

    name: ClassVar[str] = "shift"
    unit: TimeUnit
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Age(Node):
    """Full years from a date (first part) to another: one year is full on the same day of the next year."""

    name: ClassVar[str] = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workdays(Node):
    """Working days after the first date up to and including the second."""

    name: ClassVar[str] = "workdays"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRows(Node):
    """Related records for which `condition` holds (all, without one). It is asked of each record apart."""

    name: ClassVar[str] = "count_rows"
    relation: Relation
    condition: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SumRows(Node):
    """The sum of `value` over the related records for which `condition` holds."""

    name: ClassVar[str] = "sum_rows"
    relation: Relation
    value: Node
    condition: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Node):
    """Its one part under a name of its own: the score of an item, a sum that several conditions speak of."""

    name: ClassVar[str] = "term"
    key: str
    zh: str
    en: str


OPERATIONS: tuple[type[Node], ...] = (
    Constant, FactAt, Over, Negate, Add, Subtract, Multiply, Divide, Least, Greatest, Round, Choose, Table, Compare, Same,
    Among, And, Or, Not, IsKnown, Shift, Age, Workdays, CountRows, SumRows, Term,
)  # fmt: skip
"""The bound operations: each execution has a method of the name of each, or says that it lacks it."""
