"""Papers labelled before the reader of proposals had seen them, and what it makes of them: found, right, invented.

Seven fictional papers of different style lie beside this file, and three smaller sets, each written after the one
before had been looked at. Of each condition the labels say whether it can be computed and how; a condition that the reader computes and the labels do not know is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression import read
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.reader import Paper
from huanchuang.packs.documents import load_grammar
from huanchuang.packs.drafting import load_words
from huanchuang.packs.library import library
from huanchuang.packs.policies import criteria
from huanchuang.packs.policies.proposal import Item, Proposal, propose

PAPERS = Path(__file__).parent
SETS = tuple(PAPERS / f"labels{name}.yaml" for name in ("", "-second", "-third", "-fourth"))
FIRST = SETS[0]
HALF = 0.5


@dataclass
class Score:
    """Counts over papers."""

    conditions: int = 0
    found: int = 0
    computable: int = 0
    computed: int = 0
    proposed: int = 0
    right: int = 0
    amounts: int = 0
    amounts_found: int = 0
    formulas: int = 0
    formulas_right: int = 0
    formulas_proposed: int = 0
    formulas_wrong: int = 0
    rest: int = 0
    rest_right: int = 0
    lost: int = 0

    def add(self, other: Score) -> None:
        """Takes the counts of one more paper."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def share(self, part: str, whole: str) -> float:
        """One count by another, 1 where there is nothing."""
        return getattr(self, part) / getattr(self, whole) if getattr(self, whole) else 1.0


def papers(labels: Path = FIRST) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Name, text and labels of each paper."""
    for entry in yaml.safe_load(labels.read_text(encoding="utf-8"))["papers"]:
        yield entry["file"], (labels.parent / entry["file"]).read_text(encoding="utf-8"), entry


def meaning(text: str, wanted: str = "condition") -> str:
    """An expression as what it does, whatever its spelling."""
    return _shape(read(text, criteria().vocabulary, wanted).node)  # type: ignore[arg-type]


def _shape(node: Node) -> str:
    own = {
        f.name: getattr(node, f.name)
        for f in fields(node)
        if f.name not in ("place", "parts", "bounds", "type", "titles", "known", "is_scaled")
    }
    shown = ",".join(
        f"{name}={getattr(value, 'key', value)}" for name, value in sorted(own.items()) if name != "members"
    )
    members = ",".join(sorted(node.members)[:3]) if isinstance(node, ops.Among) else ""
    return f"{type(node).__name__}({shown}{members};{'|'.join(map(_shape, node.parts))})"


def _each(when: str) -> list[str]:
    """The conditions of one that asks for several."""
    node = read(when, criteria().vocabulary, "condition").node
    return [_shape(part) for part in (node.parts if isinstance(node, ops.And) else (node,))]


def score(text: str, proposal: Proposal, labels: Mapping[str, Any], tell: list[str]) -> Score:
    """One paper against its labels; `tell` gets a line for each difference."""
    found = Score()
    coded = [item for item in proposal.of("requirement") if item.value["by"] == "coded"]
    allowed = [
        (
            text.index(one["of"]),
            text.index(one["of"]) + len(one["of"]),
            {meaning(w) for w in (*one.get("when", ()), *one.get("may", ()))},
        )
        for one in labels["conditions"]
    ]
    for one in labels["conditions"]:
        _condition(text, proposal, one, coded, found, tell)
    for item in coded:
        right = {
            shape
            for start, end, shapes in allowed
            if start < item.end and item.start < end
            for shape in shapes
        }
        for shape in (
            {meaning(item.value["when"])}
            if meaning(item.value["when"]) in right
            else set(_each(item.value["when"]))
        ):
            found.proposed += 1
            found.right += shape in right
            if shape not in right:
                tell.append(f"  wrong: {item.value['when']}  ← {item.text}")
    _amounts(text, proposal, labels, found, tell)
    _rest(proposal, labels.get("rest", {}), found, tell)
    return found


def _covers(item: Item, start: int, end: int) -> bool:
    return min(item.end, end) - max(item.start, start) >= HALF * (end - start)


def _condition(
    text: str, proposal: Proposal, one: Mapping[str, Any], coded: list[Item], found: Score, tell: list[str]
) -> None:
    start = text.index(one["of"])
    end = start + len(one["of"])
    found.conditions += 1
    told = [item for item in proposal.of("requirement") if _covers(item, start, end)]
    pieces = [item for item in proposal.of("requirement") if item.start < end and start < item.end]
    if told or sum(item.end - item.start for item in pieces) >= HALF * (end - start):
        found.found += 1
    else:
        seen = any(_covers(item, start, end) for item in proposal.items)
        found.lost += not seen
        tell.append(f"  {'not asked' if seen else 'LOST'}: {one['of']}")
    shapes = {meaning(item.value["when"]) for item in coded if item.start < end and start < item.end}
    shapes |= {
        shape
        for item in coded
        if item.start < end and start < item.end
        for shape in _each(item.value["when"])
    }
    for when in one.get("when", ()):
        found.computable += 1
        found.computed += meaning(when) in shapes
        if meaning(when) not in shapes:
            tell.append(f"  not computed: {when}  ← {one['of']}")


def _amounts(text: str, proposal: Proposal, labels: Mapping[str, Any], found: Score, tell: list[str]) -> None:
    for one in labels["amounts"]:
        start = text.index(one["of"])
        end = start + len(one["of"])
        items = [item for item in proposal.of("amount") if item.start < end and start < item.end]
        found.amounts += 1
        found.amounts_found += bool(items)
        given = {item.value["is"] for item in items if item.value["is"]}
        right = {meaning(form, "money") for form in (one.get("is"), one.get("may")) if form}
        found.formulas += "is" in one
        found.formulas_right += "is" in one and any(meaning(form, "money") in right for form in given)
        found.formulas_proposed += len(given)
        wrong = [form for form in given if meaning(form, "money") not in right]
        found.formulas_wrong += len(wrong)
        if not items or wrong or ("is" in one and not given):
            tell.append(f"  amount {sorted(given) or '—'} instead of {one.get('is', '—')}  ← {one['of']}")


def _rest(proposal: Proposal, rest: Mapping[str, Any], found: Score, tell: list[str]) -> None:
    got: dict[str, Any] = {
        "windows": [f"{w.value['opens']} {w.value['closes']}" for w in proposal.of("window")],
        "groups": [g.value["rule"] for g in proposal.of("group")],
    }
    for name, wanted in rest.items():
        has = got.get(name, proposal.frame(name))
        found.rest += 1
        found.rest_right += str(has) == str(wanted)
        if str(has) != str(wanted):
            tell.append(f"  {name}: {has!r} instead of {wanted!r}")


def measure(labels: Path = FIRST) -> tuple[Score, list[str]]:
    """All papers of a set of labels."""
    total, tell = Score(), list[str]()
    for name, text, entry in papers(labels):
        tell.append(name)
        total.add(score(text, propose(Paper(text), load_grammar(), load_words(), library()), entry, tell))
    return total, tell
