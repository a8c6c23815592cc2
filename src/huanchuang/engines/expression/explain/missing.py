"""What an unknown answer still wants: facts of their periods, parameters without a value, related records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.explain.phrases import phrase
from huanchuang.engines.expression.explain.shown import is_english
from huanchuang.engines.expression.record import Step
from huanchuang.engines.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not known: its key, and its period if it has one."""

    kind: Literal["fact", "parameter", "relation"]
    key: str
    period: Period | None
    zh: str
    en: str

    def name(self, language: str = "zh") -> str:
        """How it is called: 2023年研发费用."""
        return self.en if is_english(language) else self.zh


def missing(step: Step) -> tuple[Missing, ...]:
    """What could settle an unknown step, each once; nothing for a known one and for a division by zero."""
    return tuple(dict.fromkeys(_missing(step)))


def _missing(step: Step) -> Iterator[Missing]:
    if step.is_known:
        return
    node = step.node
    match node:
        case ops.FactAt():
            yield Missing("fact", node.fact.key, node.period, phrase(node), phrase(node, "en"))
        case ops.Constant(parameter=parameter) if parameter is not None:
            yield Missing("parameter", parameter.key, None, parameter.zh, parameter.en)
        case ops.CountRows() | ops.SumRows():
            relation = node.relation
            partly = step.found[0] >= 0
            zh = f"{relation.zh}的部分数据" if partly else f"{relation.zh}的记录"
            en = f"some data of {relation.en}" if partly else f"the records of {relation.en}"
            yield Missing("relation", relation.key, None, zh, en)
    for index, part in enumerate(step.parts):
        if _matters(step, index):
            yield from _missing(part)


def _matters(step: Step, index: int) -> bool:
    """Whether a part can still change the result: not the other branch of an if, not a year that is left out."""
    node = step.node
    if isinstance(node, ops.Over):
        return index - 1 not in step.left_out
    if isinstance(node, ops.Choose) and step.chosen > 0:
        return index in (0, step.chosen)
    if isinstance(node, ops.Table) and step.chosen >= 0:
        return index in (0, 1 + node.size + step.chosen)
    return True
