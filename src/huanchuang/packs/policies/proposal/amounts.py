"""What a policy gives: a share with its cap, a sum, steps by size; and for whom, where the sentence says so."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from fractions import Fraction

from huanchuang.engines.expression import read
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.numerals import parse_number
from huanchuang.engines.kernel.units import find_unit
from huanchuang.packs.policies.criteria import Criteria
from huanchuang.packs.policies.proposal import names
from huanchuang.packs.policies.proposal.names import Names
from huanchuang.packs.policies.proposal.words import Form, Words
from huanchuang.packs.vocabulary.facts import FactKey

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]{1,6})"
_SIZE = rf"{_NUMBER}(?:[%‰]|[一-龥]{{1,5}}?)"
_STEP = re.compile(
    rf"(?:对)?(?P<fact>[^,;。\d一二两三四五六七八九十百千]{{2,24}}?)?(?:在|达到|达)?(?P<low>{_SIZE})(?:\(含\))?(?P<from>以上|及以上|至|到|—|-|~)?(?:\(含\))?"
    rf"(?:[、,]?(?:且)?(?:不足|不满|低于|未达到?|至|到|—|~)(?P<high>{_SIZE}))?(?:\(不含\))?(?:的)?(?:企业|单位)?,?"
    rf"(?:分别)?(?:给予|予以)?(?:一次性)?(?:奖励|补助|补贴|资助|奖补)?(?P<give>{_NUMBER}(?:百|千)?[万亿]?元)(?:的)?(?:一次性)?(?:奖励|补助|补贴|资助|奖补)?"
)
_SIZES = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>.+)")
LONGEST = 240
LEAST_STEPS = 2


@dataclass(frozen=True, slots=True)
class Given:
    """What a sentence gives: offsets of the part that says it, of the part that says for whom, and the formula if it can be computed."""

    start: int
    end: int
    formula: str = ""
    sure: bool = True
    cap: str = ""
    form: str = ""
    who: tuple[int, int] | None = None


@dataclass(frozen=True)
class Amounts:
    """Reads the amounts of one paper."""

    words: Words
    criteria: Criteria
    names: Names

    def given(self, text: str) -> tuple[Given, ...]:
        """The amounts of a sentence; empty where it gives none."""
        if not self.words.one["gives"].search(text):
            return ()
        steps = self._steps(text)
        if steps is not None:
            return (steps,)
        found: list[Given] = []
        start = 0
        for piece in text.split(";"):
            if self.words.one["gives"].search(piece):
                found.append(self._one(text, start, start + len(piece)))
            start += len(piece) + 1
        return tuple(found)

    def _one(self, text: str, start: int, end: int) -> Given:
        piece = text[start:end]
        who = self.words.one["who"].match(piece)
        if who and (self.words.one["gives"].search(who["who"]) or who["who"].startswith("按")):
            who = None
        begin = start + who.end() if who else start
        whom = (start + who.start("who"), start + who.end("who")) if who else None
        for form in self.words.amounts:
            found = form.match(text[begin:end]) if end - begin <= LONGEST else None
            formula = found and self._formula(form, found)
            if formula:
                return Given(begin, end, formula[0], formula[1], form=form.id, who=whom)
        cap = list(self.words.one["most"].finditer(text, begin, end)) if end - begin <= LONGEST else []
        return Given(begin, end, cap=(names.money(cap[-1]["cap"]) or "") if cap else "", who=whom)

    def _formula(self, form: Form, found: re.Match[str]) -> tuple[str, bool] | None:
        groups = found.groupdict()
        values: dict[str, str] = {}
        sure = form.sure
        if "base" in groups:
            named = self.names.fact(groups["base"])
            if named is None:
                return None
            values["base"], sure = named[0].zh, sure and named[1]
        for slot in ("money", "cap"):
            if groups.get(slot):
                values[slot] = names.money(groups[slot]) or ""
        if "share" in groups:
            values["share"] = _share(groups["share"])
        if groups.get("year"):
            values["year"] = f"{groups['year']}年"
        formula = re.sub(r"\{([a-z]+)\}", lambda slot: values.get(slot[1], slot[0]), form.means)
        return (formula, sure) if all(values.values()) and is_amount(formula, self.criteria) else None

    def _steps(self, text: str) -> Given | None:
        """100万元以上不足500万元的，奖励5万元；500万元以上的，奖励10万元: each step begins where the one before ends."""
        pieces = [piece for piece in text.split(";") if piece]
        matches = [_STEP.fullmatch(piece) for piece in pieces] if len(text) <= 4 * LONGEST else []
        if len(pieces) < LEAST_STEPS or not all(matches):
            return None
        found = [match for match in matches if match]
        named = self.names.fact(found[0]["fact"] or "")
        if named is None or any(match["fact"] for match in found[1:]):
            return None
        steps = [self._step(match, named[0]) for match in found]
        known = [step for step in steps if step is not None]
        if len(known) < len(steps) or not _in_order(known):
            return None
        keys = ", ".join(f"{low[1]}: {give}" for low, _, give in reversed(known))
        formula = f"score({named[0].zh}, {keys}, else: 0元)"
        return (
            Given(0, len(text), formula, named[1], form="tiers")
            if is_amount(formula, self.criteria)
            else None
        )

    def _step(
        self, found: re.Match[str], fact: FactKey
    ) -> tuple[tuple[Fraction, str], Fraction | None, str] | None:
        low, high = self._size(found["low"], fact), self._size(found["high"] or "", fact)
        give = names.money(found["give"])
        if low is None or give is None or (found["from"] is None and high is None):
            return None
        if found["high"] and high is None:
            return None
        return low, None if high is None else high[0], give

    def _size(self, written: str, fact: FactKey) -> tuple[Fraction, str] | None:
        parts = _SIZES.fullmatch(written)
        value = parts and self.names.value(parts["number"], parts["unit"], fact)
        unit = find_unit(parts["unit"]) if parts else None
        if not parts or not value or unit is None:
            return None
        return Fraction(parse_number(parts["number"])) * unit.factor, value


def _in_order(steps: list[tuple[tuple[Fraction, str], Fraction | None, str]]) -> bool:
    """Each step ends where the next begins, and only the last is open."""
    pairs = itertools.pairwise(steps)
    return all(one[1] == other[0][0] for one, other in pairs) and steps[-1][1] is None


def _share(text: str) -> str:
    plain = text.removeprefix("百分之")
    number = plain.rstrip("%‰")
    try:
        return f"{parse_number(number):f}" + ("‰" if plain.endswith("‰") else "%")
    except ProblemError:
        return ""


def is_amount(formula: str, criteria: Criteria) -> bool:
    """Whether the language takes a text as an amount of money."""
    try:
        read(formula, criteria.vocabulary, "money")
    except ProblemError:
        return False
    return bool(formula)
