"""A condition that was computed once, computed again with a few facts changed: only what depends on them is done anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huanchuang.engines.expression import Record, Step
from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import DayTable
from huanchuang.engines.expression.record.evaluate import RecordExecution
from huanchuang.engines.expression.vocabulary import Plain

Key = tuple[str, str]
"""A fact and the code of its period, "" for a timeless one."""


def key_of(node: ops.FactAt) -> Key:
    """Where a record keeps the value of a fact."""
    return node.fact.key, "" if node.period is None else node.period.code


class Again:
    """The steps of a condition, ready to be done again with other values of some facts."""

    def __init__(self, step: Step, keys: Iterable[Key], days: DayTable) -> None:
        self.step = step
        self.days = days
        self._keys = frozenset(keys)
        self._concerned: set[int] = set()
        self._mark(step)

    def _mark(self, step: Step) -> bool:
        found = isinstance(step.node, ops.FactAt) and key_of(step.node) in self._keys
        for part in step.parts:
            found = self._mark(part) or found
        if found:
            self._concerned.add(id(step))
        return found

    def with_values(self, values: Mapping[Key, Plain]) -> Step:
        """The condition with these values; the other facts stay as they were."""
        return self._redo(self.step, RecordExecution(Record(values), self.days))

    def _redo(self, step: Step, execution: RecordExecution) -> Step:
        if id(step) not in self._concerned:
            return step
        node = step.node
        parts = [self._redo(part, execution) for part in step.parts]
        found: Step = getattr(execution, node.name)(node, parts)
        return found
