"""Whether two records speak of one thing with a title: an achievement, a patent, a need, an instrument …"""

from __future__ import annotations

import re
from collections.abc import Mapping

from huanchuang.engines.sameness.likeness import one_sign_apart, shared_pairs
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.engines.sameness.people import plain_name
from huanchuang.engines.sameness.rules import Rules
from huanchuang.engines.sameness.values import Comparison, ThingRecord
from huanchuang.engines.sameness.weighing import add_up, outcome

NEAR_TITLE, CLOSE_TITLE = 0.8, 0.5
SAME_WORDS, NEAR_WORDS = 0.85, 0.5
_FIGURES = re.compile(r"[A-Z]*\d+(?:[A-Z\d]*)")
ONE_YEAR = 366


def compare_things(one: ThingRecord, other: ThingRecord, names: NameReader) -> Comparison:
    """Compare two records of one kind; `names` reads the names of owners."""
    rules = names.rules
    scale = rules.scales["things"]
    people = [frozenset(plain_name(name, rules) for name in record.people) for record in (one, other)]
    shared = "、".join(sorted(people[0] & people[1]))
    rows = [
        outcome(scale, "title", title_likeness(one.title, other.title, rules), one.title, other.title),
        outcome(scale, "number", _equal(_plain(one.number, rules), _plain(other.number, rules)), one.number, other.number),
        outcome(scale, "owner", _owner(one.owner, other.owner, names), one.owner, other.owner),
        outcome(scale, "people", _people(*people), "、".join(sorted(one.people)), "、".join(sorted(other.people)), shared),
        outcome(scale, "date", _date(one, other), str(one.on or ""), str(other.on or "")),
        outcome(scale, "words", _words(one.words, other.words, rules), one.words[:80], other.words[:80]),
        outcome(scale, "figures", _figures(one.figures, other.figures), _told(one.figures), _told(other.figures)),
    ]  # fmt: skip
    return add_up(scale, rows)


def title_likeness(left: str, right: str, rules: Rules) -> str:
    """same, number (only a figure or model differs), near, close, other."""
    a, b = rules.signs.counted(left), rules.signs.counted(right)
    if a == b:
        return "same"
    if _FIGURES.findall(a) != _FIGURES.findall(b):
        return "number" if shared_pairs(_FIGURES.sub("", a), _FIGURES.sub("", b)) >= NEAR_TITLE else "other"
    alike = shared_pairs(a, b)
    if alike >= NEAR_TITLE or one_sign_apart(a, b):
        return "near"
    return "close" if alike >= CLOSE_TITLE or (min(len(a), len(b)) >= 4 and (a in b or b in a)) else "other"


def _plain(text: str, rules: Rules) -> str:
    return rules.signs.bare(text).removeprefix("ZL").removeprefix("CN")


def _equal(left: str, right: str) -> str:
    return "" if not left or not right else "equal" if left == right else "differ"


def _owner(left: str, right: str, names: NameReader) -> str:
    if not left or not right:
        return ""
    a, b = names.read(left), names.read(right)
    return "same" if a.whole == b.whole or (set(a.cores) & set(b.cores) and a.bare == b.bare) else "differ"


def _people(left: frozenset[str], right: frozenset[str]) -> str:
    if not left or not right:
        return ""
    return "same" if left == right else "some" if left & right else "none"


def _date(one: ThingRecord, other: ThingRecord) -> str:
    if one.on is None or other.on is None:
        return ""
    return "same" if one.on == other.on else "differ" if abs((one.on - other.on).days) > ONE_YEAR else ""


def _words(left: str, right: str, rules: Rules) -> str:
    if not left or not right:
        return ""
    alike = shared_pairs(rules.signs.bare(left), rules.signs.bare(right))
    return "same" if alike >= SAME_WORDS else "near" if alike >= NEAR_WORDS else "differ"


def _figures(left: Mapping[str, str], right: Mapping[str, str]) -> str:
    both = [name for name in left if name in right and left[name] and right[name]]
    if not both:
        return ""
    equal = sum(left[name] == right[name] for name in both)
    return "same" if equal == len(both) else "some" if equal else "differ"


def _told(figures: Mapping[str, str]) -> str:
    return "；".join(f"{name} {value}" for name, value in sorted(figures.items()) if value)
