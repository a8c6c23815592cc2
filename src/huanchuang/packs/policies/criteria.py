"""The fact dictionary and code lists of a library as the vocabulary in which conditions are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from huanchuang.engines.expression import Fact, Vocabulary, read
from huanchuang.engines.expression import Node as CodeNode
from huanchuang.engines.expression import Tree as CodeTreeValue
from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.expression.types import (
    DATE,
    MONEY,
    TEXT,
    YES_NO,
    Product,
    Type,
    code,
    number,
    read_unit,
)
from huanchuang.engines.expression.vocabulary import Plain, Relation, folded_name
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sheets import day_of
from huanchuang.packs.library import Library
from huanchuang.packs.policies.relations import RELATIONS, TREES
from huanchuang.packs.schema import YES_NO as YES_NO_WORDS
from huanchuang.packs.vocabulary import code_tree_of, fact_dictionary_of
from huanchuang.packs.vocabulary.facts import FactKey

REGISTERED = "registered-on"
FINE = Fraction(1, 10**6)
"""How exact a number is kept that is neither money nor a count: six decimals of its unit."""
LARGEST_COUNT, LARGEST_FINE, LARGEST_MONEY = 10**9, 10**15, 10**15
NOTHING = Vocabulary()
LEAST_DATE = 6
"""Digits from which on a number is a date as written (20180501) and no serial number of a spreadsheet."""

_BARE = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII)
"""What figures nearly always are; it means the same in the language, which takes hundreds of times as long to see it."""


@dataclass(frozen=True)
class Criteria:
    """The vocabulary of conditions, and by key of a fact what a bare number means: 1 for a person, 100 (fen) for money."""

    vocabulary: Vocabulary
    factors: dict[str, Fraction]

    def fact(self, name: str) -> Fact | None:
        """The fact of a code, name or alias."""
        return self.vocabulary.fact(name.strip())

    def relation(self, name: str) -> Relation | None:
        """The related records of a name."""
        found = self.vocabulary.names.get(folded_name(name.strip()))
        return found if isinstance(found, Relation) else None

    def value(self, fact: Fact, text: str) -> Plain | None:
        """The value that a text means for a fact, None where it means none: 400万元, 5%, 120, 是, 2018-05-01, C2641.

        A bare number is in the unit of the dictionary (money in 元).
        """
        found = self._value(fact, text.strip())
        return found if found is not None and fact.admits(found) else None

    def _value(self, fact: Fact, text: str) -> Plain | None:
        if fact.type.kind in ("code", "text"):
            return text
        if fact.type == YES_NO:
            return YES_NO_WORDS.get(text)
        if fact.type == DATE:
            return _day(text)
        factor = self.factors.get(fact.key, Fraction(1))
        if _BARE.fullmatch(text):
            return Fraction(text) * factor
        constant = constant_of(text)
        if constant is None or isinstance(constant.value, bool | str) or constant.value is None:
            return None
        value = Fraction(constant.value)
        if constant.type.is_bare:
            return value * factor
        return value if constant.type == fact.type else None


def constant_of(text: str) -> ops.Constant | None:
    """A number with its unit written in the language, None for anything else."""
    try:
        node = read(text, NOTHING).node
    except ProblemError:
        return None
    return node if isinstance(node, ops.Constant) and node.type.is_number else None


def _day(text: str) -> int | None:
    """A day in any spelling that names it to the day."""
    try:
        found = day_of(int(text) if text.isdigit() and len(text) < LEAST_DATE else text)
    except ProblemError:
        return None
    return day_number(found.value) if found.precision == "day" else None


@cache
def criteria_of(packs: Library) -> Criteria:
    """The vocabulary of a library. ProblemError where its fact dictionary is faulty or names a code list it lacks."""
    keys = tuple(fact_dictionary_of(packs))
    trees = {
        name: _tree(packs, name)
        for name in sorted({*TREES, *(key.vocabulary for key in keys if key.vocabulary)})
    }
    facts, factors = [], {}
    for key in keys:
        unit, factor = read_unit(key.unit) or (None, Fraction(1))
        factors[key.code] = factor
        facts.append(_fact(key, unit, factor))
    words = Vocabulary(tuple(facts), relations=RELATIONS, trees=trees, registered=REGISTERED)
    return Criteria(words, factors)


def _fact(key: FactKey, unit: Product | None, factor: Fraction) -> Fact:
    is_number = key.value_type not in ("yes-no", "date", "text", "code")
    step, limit = exactness(unit, factor, is_count=not is_number or key.value_type == "count")
    least, most = (
        None if bound is None else Fraction(bound) * factor // step * step for bound in (key.least, key.most)
    )
    return Fact(
        key.code,
        key.zh,
        key.en,
        _type(key, unit),
        key.period,  # type: ignore[arg-type]
        step,
        limit,
        least,
        most,
        key.aliases,
        key.freshness_days if key.is_timeless else None,
    )


def exactness(unit: Product | None, factor: Fraction, *, is_count: bool) -> tuple[Fraction, int]:
    """How exact numbers of a unit are kept, and how many such steps they may be: money to the fen, counts in ones."""
    if unit == MONEY:
        return Fraction(1), LARGEST_MONEY
    if is_count:
        return Fraction(1), LARGEST_COUNT
    return FINE * factor, LARGEST_FINE


def _type(key: FactKey, unit: Product | None) -> Type:
    types = {"yes-no": YES_NO, "date": DATE, "text": TEXT}
    if key.value_type == "code":
        return code(key.vocabulary or "") if key.vocabulary else TEXT
    return types.get(key.value_type) or number(unit)


def _tree(packs: Library, name: str) -> CodeTreeValue:
    codes = code_tree_of(packs, name)
    return CodeTreeValue.of(
        name, [CodeNode(one.code, one.parent, one.zh, one.en, one.aliases) for one in codes]
    )
