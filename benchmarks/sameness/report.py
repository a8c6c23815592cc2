"""The tables of `./run bench sameness`."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.sameness.crowd import hundred_thousand
from benchmarks.sameness.firms import Case
from benchmarks.sameness.labelled import pairs, refuse_changed
from huanchuang.engines.sameness import (
    Comparison,
    Verdict,
    candidates,
    compare_organisations,
    compare_people,
    organisation_keys,
)
from huanchuang.engines.sameness.names import normalise
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.engines.sameness.tests.pairs import context, organisation, person, places
from huanchuang.packs.sameness import load_rules

ALIKE = 0.85
Method = Callable[[Any, Any], bool]


def main() -> None:
    """Print quality on both parts and speed."""
    refuse_changed()
    names = NameReader(load_rules(), places())
    for kind in ("organisations", "people"):
        for part in ("dev", "held"):
            quality(kind, part, names)
    speed()


def quality(kind: str, part: str, names: NameReader) -> None:
    """Precision, recall and F1 of ours and of the peers on one part of the labelled pairs."""
    cases = pairs(kind, part)
    labels = [label for label, *_ in cases]
    print(f"\n{kind}, {'held out' if part == 'held' else 'to tune with'}: {len(cases)} pairs "
          f"({labels.count('same')} same, {labels.count('different')} different, {labels.count('open')} open)")  # fmt: skip
    print(f"{'':36} precision  recall     F1")
    compared = [compared_pair(kind, case, names) for case in cases]
    row("likely the same", labels, [made.verdict == Verdict.SAME for made in compared])
    row("score of one half and more", labels, [made.score >= 0.5 for made in compared])
    for title, method in PEERS[kind].items():
        row(f"peer: {title}", labels, [method(one, other) for _, _, one, other in cases])
    unsure = [label for label, made in zip(labels, compared, strict=True) if made.verdict == Verdict.UNSURE]
    lost = [
        label
        for label, made in zip(labels, compared, strict=True)
        if made.verdict == Verdict.DIFFERENT and label == "same"
    ]
    print(f"left to a person: {len(unsure)} ({unsure.count('same')} same, {unsure.count('different')} different, "
          f"{unsure.count('open')} open); same called different: {len(lost)}")  # fmt: skip


def compared_pair(kind: str, case: Case, names: NameReader) -> Comparison:
    """Our comparison of one pair."""
    _, _, one, other = case
    if kind == "organisations":
        return compare_organisations(organisation(one), organisation(other), names, context(one, other))
    return compare_people(person(one), person(other), names, context(one, other))


def row(title: str, labels: Sequence[str], found: Sequence[bool]) -> None:
    """One method: an open pair called the same is a wrong one."""
    right = sum(label == "same" and hit for label, hit in zip(labels, found, strict=True))
    called, same = sum(found), labels.count("same")
    precision, recall = right / called if called else 0.0, right / same
    f1 = 2 * right / (called + same) if called + same else 0.0
    print(f"{title:36} {precision:9.3f} {recall:7.3f} {f1:6.3f}")


def ratio(one: str, other: str) -> float:
    """difflib's likeness of two normalised texts."""
    return difflib.SequenceMatcher(None, normalise(one), normalise(other), autojunk=False).ratio()


PEERS: dict[str, dict[str, Method]] = {
    "organisations": {
        "equal normalised name": lambda a, b: normalise(a["name"]) == normalise(b["name"]),
        f"difflib of the name >= {ALIKE}": lambda a, b: ratio(a["name"], b["name"]) >= ALIKE,
        "equal code or equal name": lambda a, b: (
            a.get("code", 0) == b.get("code", 1) or normalise(a["name"]) == normalise(b["name"])
        ),
    },
    "people": {
        "equal name": lambda a, b: normalise(a["name"]) == normalise(b["name"]),
        "equal name and unit": lambda a, b: normalise(a["name"] + a["unit"]) == normalise(b["name"] + b["unit"]),
        f"difflib of name and unit >= {ALIKE}": lambda a, b: ratio(a["name"] + a["unit"], b["name"] + b["unit"]) >= ALIKE,
    },
}  # fmt: skip


def speed() -> None:
    """Candidates among 100,000 organisations, 5,000 of them entered twice."""
    records, planted, known = hundred_thousand()
    names = NameReader(load_rules(), known)
    started = time.perf_counter()
    keys = {number: organisation_keys(record, names) for number, record in enumerate(records)}
    keyed = time.perf_counter()
    met = list(candidates(keys))
    paired = time.perf_counter()
    likely = sum(
        compare_organisations(records[one], records[other], names).verdict == Verdict.SAME
        for one, other in met
    )
    compared = time.perf_counter()
    found = len(planted & set(met))
    every = len(records) * (len(records) - 1) // 2
    print(f"\n{len(records):,} organisations, {len(planted):,} of them entered twice, one core")
    print(f"keys             {len(records) / (keyed - started):10,.0f} records/s")
    print(f"candidates       {len(met):10,} of {every:,} pairs, {paired - keyed:.1f} s; "
          f"{found / len(planted):.3f} of the double entries among them")  # fmt: skip
    print(f"comparisons      {len(met) / (compared - paired):10,.0f} pairs/s; {likely:,} likely the same")
    sample = met[:5000]
    started = time.perf_counter()
    for one, other in sample:
        ratio(records[one].name, records[other].name)
    took = (time.perf_counter() - started) / len(sample)
    print(
        f"peer: difflib    {1 / took:10,.0f} pairs/s; all pairs would take {every * took / 3600:,.0f} hours"
    )
