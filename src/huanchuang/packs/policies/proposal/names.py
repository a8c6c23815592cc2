"""Which fact a paper means by a name, how its number is written for that fact, and which region 本区 is.

A name counts only where the dictionary, its aliases or the pack say so; the rest is nobody's guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.numerals import parse_number
from huanchuang.engines.kernel.units import find_unit
from huanchuang.packs.library import Library
from huanchuang.packs.policies.proposal.words import Words, folded
from huanchuang.packs.vocabulary import code_tree_of, fact_dictionary_of
from huanchuang.packs.vocabulary.facts import FactKey

_PERIODS = ("year", "none")
"""Facts of a month or a quarter are not proposed: a paper that says 在孵企业不少于30家 does not say of which quarter."""
_ABOUT = ("organisation", "carrier")
_HOME = re.compile(r"[本我该全](省|市|区|县)")
_ENDINGS = "省市区县"
_LONGEST_PLACE = 9


@dataclass(frozen=True, eq=False)
class Names:
    """Facts by what papers call them; `sure` False where the pack marks a name as near."""

    index: dict[str, tuple[FactKey, bool]]
    words: Words

    def fact(self, written: str) -> tuple[FactKey, bool] | None:
        """The fact of a name, without words that say nothing before and after it."""
        before, after = self.words.one["before_name"], self.words.one["after_name"]
        bare = before.sub("", written)
        for name in (written, bare, after.sub("", written), after.sub("", bare)):
            if name in self.index:
                return self.index[name]
        return None

    def value(self, number: str, unit: str, fact: FactKey) -> str | None:
        """A number for a fact as the language writes it, None where the units do not go together."""
        return _value(number, unit, fact.unit, self.words.counted_alike)


def _value(number: str, unit: str, wanted: str, alike: tuple[frozenset[str], ...]) -> str | None:
    try:
        plain = f"{parse_number(number):f}"
    except ProblemError:
        return None
    known, of_fact = find_unit(unit), find_unit(wanted)
    if known is None or of_fact is None:
        return None
    if not known.base.name and of_fact.base.name == "元":
        return f"{plain}{unit}元"
    if known.base.name == of_fact.base.name:
        return f"{plain}{unit}"
    together = any({known.base.name, of_fact.base.name} <= group for group in alike)
    return f"{plain}{known.scale}{of_fact.base.name}" if together else None


def percent(number: str, unit: str) -> str | None:
    """A share as the language writes it."""
    return _value(number, unit, "%", ()) if unit == "%" else None


def money(text: str) -> str | None:
    """20万元 as the language writes it; 二十万元 too."""
    found = re.fullmatch(r"(.+?)((?:百|千)?[万亿]?元)", text)
    return _value(found[1], found[2], "元", ()) if found else None


def span(text: str) -> str | None:
    """A length of time as the language writes it: 3年, 12个月, 365天."""
    found = re.fullmatch(r"(.+?)(个?周年|年|个月|天|日|个日历天|个自然日)", text)
    if found is None:
        return None
    try:
        number = f"{parse_number(found[1]):f}"
    except ProblemError:
        return None
    unit = "年" if "年" in found[2] else "个月" if "月" in found[2] else "天"
    return f"{number}{unit}" if number.isdigit() else None


@cache
def names_of(packs: Library, words: Words) -> Names:
    """The names of a library; one that would mean two facts means none."""
    dictionary = fact_dictionary_of(packs)
    facts = [key for key in dictionary if key.period in _PERIODS and set(_ABOUT) & set(key.about)]
    found: dict[str, tuple[FactKey, bool] | None] = {}

    def enter(name: str, key: FactKey, sure: bool) -> None:
        taken = found.get(folded(name), (key, sure))
        found[folded(name)] = (key, sure) if taken and taken[0] is key else None

    for key in facts:
        for name in (key.zh, *key.aliases):
            enter(name, key, sure=True)
    for entry in words.names:
        named = dictionary.get(entry.fact)
        if named in facts and named is not None:
            for name in entry.words:
                enter(name, named, entry.sure)
    return Names({name: one for name, one in found.items() if one is not None}, words)


@dataclass(frozen=True)
class Places:
    """Regions by name; `home` is the one that issues the paper."""

    packs: Library
    home: str | None

    def code(self, written: str) -> str | None:
        """The code of a region named in a condition, None where it is not known which one is meant."""
        tree = code_tree_of(self.packs, "regions")
        own = _HOME.fullmatch(written)
        if own is None:
            return _only(self.packs, written)
        if self.home is None:
            return None
        chain = (self.home, *reversed(tree.ancestors(self.home)))
        return next(
            (
                code
                for code in chain
                if tree.name(code).endswith(own[1])
                and len(tree.name(code)) < _LONGEST_PLACE
                and tree.entry(code).level != "grouping"
            ),
            None,
        )


def places_of(packs: Library, head: str) -> Places:
    """The regions, with the one that the head of a paper (title, issuer) names; none where it names several."""
    found = {
        code
        for end, letter in enumerate(head, start=1)
        if letter in _ENDINGS
        for start in range(max(0, end - _LONGEST_PLACE), end - 1)
        if (code := _only(packs, head[start:end]))
    }
    tree = code_tree_of(packs, "regions")
    lowest = [code for code in found if not any(code in tree.ancestors(other) for other in found)]
    return Places(packs, lowest[0] if len(lowest) == 1 else None)


def _only(packs: Library, name: str) -> str | None:
    codes = code_tree_of(packs, "regions").find_all(name)
    return codes[0] if len(codes) == 1 and name[-1] in _ENDINGS else None
