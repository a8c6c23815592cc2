"""Example cases: a question to a definition and the answer it must give, named by a sentence.

They stand beside the definition (``cases.yaml``) and run as tests: whoever changes the definition sees what else changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huanchuang.packs.problems import Gather, Place
from huanchuang.packs.schema import (
    Field,
    Located,
    free,
    list_of,
    located,
    mapping,
    optional,
    record,
    required,
    text,
)
from huanchuang.packs.tree import Node


@dataclass(frozen=True, slots=True)
class Case:
    """One example: ``ask`` what, ``of`` what, and the answer it ``gives``.

    ``more`` holds further inputs for kinds whose questions need them (facts of an enterprise, a sample text).
    """

    name: str
    ask: str
    of: str
    gives: str
    place: Place
    more: Any = None


_CASE: dict[str, Field[Any]] = {
    "name": required(text(200)),
    "ask": required(text(60)),
    "of": optional(text(500), default=""),
    "gives": required(text(500)),
    "more": optional(free),
}


def _values(**values: Any) -> dict[str, Any]:
    return values


def _the_cases(cases: tuple[Located[dict[str, Any]], ...]) -> tuple[Located[dict[str, Any]], ...]:
    return cases


def read_cases(node: Node) -> tuple[Case, ...]:
    """Returns the cases of a file. Raises :class:`ProblemError` for an empty file or two cases of one name."""
    found = record(_the_cases, {"cases": required(list_of(located(record(_values, _CASE)), least=1))})(
        mapping(node)
    )
    gather = Gather()
    lines: dict[str, int | None] = {}
    for case in found:
        name = case.value["name"]
        if name in lines:
            gather.add("case-twice", case.place, name=name, first=lines[name])
        lines.setdefault(name, case.place.line)
    gather.settle()
    return tuple(Case(place=case.place, **case.value) for case in found)
