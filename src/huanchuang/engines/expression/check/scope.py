"""Where in an expression the checker is: at the top, inside of a sum over years, or inside of a related record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.problems import Place, Source
from huanchuang.engines.expression.types import Type, unit_text
from huanchuang.engines.expression.vocabulary import Relation, Vocabulary
from huanchuang.engines.kernel.problem import ProblemError


@dataclass(frozen=True, slots=True)
class Scope:
    """`folded` is the kind of period of the sum around, "" outside; `relation` the records around, None outside."""

    vocabulary: Vocabulary
    source: Source
    folded: str = ""
    relation: Relation | None = None

    def over(self, kind: str) -> Scope:
        """Inside of a sum over periods of a kind."""
        return replace(self, folded=kind)

    def within(self, relation: Relation) -> Scope:
        """Inside of the records of a relation."""
        return replace(self, vocabulary=self.vocabulary.inside(relation), relation=relation)

    def refuse(self, message: str, place: Place, **values: object) -> ProblemError:
        """The error for one mistake."""
        return self.source.refuse(message, place, **values)

    def want(self, node: Node, kind: str, message: str) -> None:
        """Refuses a value of another kind."""
        if node.type.kind != kind:
            zh, en = type_names(node.type)
            raise self.refuse(message, node.place, found=zh, found_en=en)

    def want_number(self, node: Node) -> None:
        """Refuses what is no number."""
        self.want(node, "number", "number-wanted")

    def want_truth(self, node: Node) -> None:
        """Refuses what is neither yes nor no."""
        self.want(node, "yes-no", "condition-wanted")

    def units_differ(self, one: Node, other: Node, place: Place) -> ProblemError:
        """The error for two numbers that do not go together."""
        first, second = type_names(one.type), type_names(other.type)
        advice = _advice(one.type, other.type)
        return self.refuse(
            "units-differ", place, one=first[0], one_en=first[1], other=second[0], other_en=second[1],
            advice=advice[0], advice_en=advice[1],
        )  # fmt: skip


_KINDS = {
    "date": ("日期", "a date"),
    "yes-no": ("“是/否”", "yes/no"),
    "code": ("代码", "a code"),
    "text": ("文字", "a text"),
}


def type_names(type_: Type) -> tuple[str, str]:
    """What kind of value it is, in Chinese and English: 以元计的数, a share."""
    if type_.kind != "number":
        return _KINDS[type_.kind]
    if type_.unit is None:
        return "没有单位的数", "a number without unit"
    if not type_.unit:
        return "比例", "a share"
    text = unit_text(type_.unit)
    return f"以{text}计的数", f"a number of {text}"


def _advice(one: Type, other: Type) -> tuple[str, str]:
    units = (one.unit, other.unit)
    if () in units:
        return (
            "与百分比比较时请先写成两个同类数之比，例如 研发费用 / 销售收入 >= 5%；求其百分之几请写 销售收入 * 5%",
            "A share is compared with a quotient, such as rd-expense / sales-revenue >= 5%; for a part of it write sales-revenue * 5%",
        )
    if units[0] and units[1] and {name for name, _ in units[0]} & {name for name, _ in units[1]}:
        return (
            "请让两边都是总量，或都是人均一类的量（用 / 相除）",
            "Make both sides totals, or both sides quotients",
        )
    return "请改用同一单位的指标或数", "Use facts or numbers of one unit on both sides"


def place_of(nodes: Iterable[Node]) -> Place:
    """From the first to the last of some parts."""
    places = [node.place for node in nodes]
    return min(start for start, _ in places), max(end for _, end in places)


def is_constant(node: Node) -> bool:
    """Whether its value does not depend on facts: a number that is written out, or a parameter."""
    return isinstance(node, ops.Constant | ops.Named)
