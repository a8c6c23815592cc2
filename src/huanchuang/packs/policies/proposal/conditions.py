"""A sentence that sets conditions → what of it can be computed, what a paper proves, what a person judges.

A sentence is read as a whole first. Only where that fails it is parted at commas, and each part is read completely or not
at all: what a part says beyond the forms makes it one for a person, with its words as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from huanchuang.engines.expression import read
from huanchuang.engines.kernel import ProblemError
from huanchuang.packs.policies.criteria import Criteria
from huanchuang.packs.policies.proposal import names
from huanchuang.packs.policies.proposal.names import Names, Places
from huanchuang.packs.policies.proposal.words import Form, Words, limit_of
from huanchuang.packs.vocabulary.facts import FactKey

_COMMA = re.compile(r"(?<!\d),(?!,)|,(?!\d{3}(?!\d))|[;]")
_ALSO = re.compile(r"(?:且|并且|并)(?=[^,;]{3})")
_OR = re.compile(r",?(?:或者|或)")
_CONDITIONAL = re.compile(r"的(?:企业|单位|机构|项目)?$")
_GOES_ON = re.compile(r"^(?:且|并且|并|同时)?(?=占|不|达|超|大|小|高|低|至少|最)")
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence (offsets within it): ``when`` it can be computed, ``papers`` that prove it; else for a person."""

    start: int
    end: int
    when: str = ""
    sure: bool = True
    papers: tuple[str, ...] = ()
    form: str = ""
    is_document: bool = False


@dataclass(frozen=True)
class Conditions:
    """Reads sentences of one paper."""

    words: Words
    criteria: Criteria
    names: Names
    places: Places
    cache: dict[str, Part] = field(default_factory=dict)

    def parts(self, text: str, *, barred: bool = False) -> tuple[Part, ...]:
        """The parts of a sentence, in order; neighbours that are for a person stand together."""
        closed = self.words.one["closing"].search(text)
        text = text[: closed.start()] if closed else text
        whole = self.one(text, barred=barred)
        if whole is not None:
            return (whole,)
        if self._stays_whole(text):
            return (self.by_hand(text, 0, len(text)),)
        found: list[Part] = []
        carry, timed = "", False
        for start, end in self._split(text):
            piece = text[start:end]
            if re.fullmatch(self.words.one["subjects"].pattern, piece):
                continue
            timed = timed or bool(self.words.one["shared_time"].search(piece))
            if timed and found and self.words.one["shares_time"].search(piece):
                found.append(self.by_hand(text, start, end))
                continue
            parts, carry = self._piece(piece, carry, barred)
            found.extend(_moved(part, start) for part in parts)
        return tuple(_joined(found))

    def one(self, text: str, *, barred: bool = False) -> Part | None:
        """A text as one condition, None where no form reads all of it."""
        if len(text) > LONGEST:
            return None
        for candidate in self._candidates(text):
            for form in self.words.conditions:
                if form.within and not barred:
                    continue
                found = form.match(candidate)
                read_as = found and self._meaning(form, found)
                if read_as:
                    when, sure = read_as
                    return Part(0, len(text), when, sure, form=form.id)
        return self._alternatives(text, barred) if _OR.search(text) else None

    def by_hand(self, text: str, start: int, end: int) -> Part:
        """A part for a person, or one that papers prove."""
        piece = text[start:end]
        for pattern, papers in self.words.documents:
            found = pattern.search(piece)
            if found:
                named = found.groupdict().get("papers") or ""
                listed = tuple(filter(None, re.split(r"[、及和]|以及", named)))
                return Part(
                    start, end, papers=(papers or tuple(one[:100] for one in listed)), is_document=True
                )
        return Part(start, end)

    def _piece(self, piece: str, carry: str, barred: bool) -> tuple[list[Part], str]:
        """What one part says, with what a later part may go on from."""
        by_hand = self.by_hand(piece, 0, len(piece))
        if self.words.one["hanging"].search(piece):
            return [by_hand], carry
        said = self.one(piece, barred=barred)
        if said is None and carry and (on := _GOES_ON.match(piece)):
            whole = self.one(carry + piece[on.end() :])
            said = whole and Part(0, len(piece), whole.when, whole.sure, form=whole.form)
        if said is not None:
            return [said], self._subject(piece) or carry
        return list(self._parted(piece, barred)) or [by_hand], carry

    def _parted(self, piece: str, barred: bool) -> Iterator[Part]:
        """在本市注册成立满三年的居民企业: the place, the age and the noun at the end, each by itself."""
        if len(piece) > LONGEST:
            return
        lead = self.words.one["lead"].match(piece)
        begin = lead.end() if lead else 0
        place = self.words.one["place_before"].match(piece, begin) or self.words.one["place_before"].match(
            piece
        )
        if place:
            rest = self.parts(piece[place.end() :], barred=barred)
            if any(part.when for part in rest):
                code = self.places.code(place["place"])
                yield Part(
                    0,
                    place.end("word"),
                    f"地区代码 属于 {code}" if code else "",
                    form="place" if code else "",
                )
                yield from (_moved(part, place.end()) for part in rest)
                return
        yield from self._before_noun(piece, barred)

    def _before_noun(self, piece: str, barred: bool) -> Iterator[Part]:
        at = piece.rfind("的")
        if 0 < at < len(piece) - 1:
            noun = self.one(piece[at + 1 :], barred=barred)
            if noun is not None:
                yield from (self.parts(piece[:at], barred=barred))
                yield _moved(noun, at + 1)
                return
        listed = piece.split("、")
        first = self.one(listed[0]) if len(listed) > 1 else None
        form = next((form for form in self.words.conditions if first and form.id == first.form), None)
        if first and form and form.apart:
            yield first
            yield self.by_hand(piece, len(listed[0]) + 1, len(piece))

    def _stays_whole(self, text: str) -> bool:
        """Whether parts of a sentence do not stand alone."""
        pieces = [text[a:b] for a, b in self._split(text)]
        subjects = re.compile(self.words.one["subjects"].pattern)
        if any(_CONDITIONAL.search(piece) and not subjects.fullmatch(piece) for piece in pieces[:-1]):
            return True
        hedged = [found[0] for found in self.words.one["bound_together"].finditer(text)]
        apart = re.search(r",或", text) and len(pieces) > 1
        return bool(apart or [word for word in hedged if word not in ("或", "其中一")])

    def _split(self, text: str) -> Iterator[tuple[int, int]]:
        """Parts at commas and at 且, not before 或."""
        start = 0
        cuts = sorted(
            (m.start(), m.end() if m[0] in ",;" else m.start())
            for m in [*_COMMA.finditer(text), *_ALSO.finditer(text)]
            if not text.startswith("或", m.end())
        )
        for stop, go_on in cuts:
            if text[start:stop].strip("、"):
                yield start, stop - (text[stop - 1] == "、")
            start = max(start, go_on)
        if text[start:]:
            yield start, len(text)

    def _candidates(self, text: str) -> Iterator[str]:
        """The text, and without the words that say nothing before and after it."""
        seen = set()
        lead = self.words.one["lead"].match(text)
        bare = text[lead.end() :] if lead else text
        tail = re.compile(f"(?:{self.words.one['tail'].pattern})$")
        for one in (text, bare, _cut(tail, text), _cut(tail, bare)):
            if one and one not in seen:
                seen.add(one)
                yield one

    def _alternatives(self, text: str, barred: bool) -> Part | None:
        """A或B where both are read completely."""
        sides = _OR.split(text)
        read_sides = [self.one(side, barred=barred) for side in sides if side]
        known = [side for side in read_sides if side is not None]
        if len(known) < 2 or len(known) < len(sides):
            return None
        return Part(0, len(text), " 或 ".join(s.when for s in known), all(s.sure for s in known), form="or")

    def _subject(self, piece: str) -> str:
        """What a later part may go on from: 上年度销售收入, of 上年度销售收入不低于1000万元."""
        for candidate in self._candidates(piece):
            for form in self.words.conditions:
                found = form.match(candidate)
                if found and "bound" in form.pattern.groupindex and "fact" in form.pattern.groupindex:
                    return candidate[: found.end("fact")]
        return ""

    def _meaning(self, form: Form, found: re.Match[str]) -> tuple[str, bool] | None:
        """The condition that a match means and whether every name in it is sure; None where a name or unit is unknown."""
        values: dict[str, str] = {}
        sure = form.sure
        groups = found.groupdict()
        keys: dict[str, FactKey] = {}
        for slot in ("fact", "other"):
            if slot in groups:
                named = self.names.fact(groups[slot])
                if named is None:
                    return None
                keys[slot], near = named
                values[slot], sure = keys[slot].zh, sure and near
        if not self._fill(values, groups, keys, form):
            return None
        when = re.sub(r"\{([a-z]+)\}", lambda slot: values.get(slot[1], slot[0]), form.means)
        return (when, sure) if is_condition(when, self.criteria) else None

    def _fill(
        self, values: dict[str, str], groups: dict[str, str], keys: dict[str, FactKey], form: Form
    ) -> bool:
        """Puts the values of the slots in; False where one cannot be read."""
        if "bound" in groups:
            values |= self._bound(groups, keys, form)
        if "fact" in keys:
            values["zero"] = f"0{keys['fact'].unit}"
        if "year" in groups:
            values["year"] = f"{groups['year']}年"
        if "span" in groups:
            values["span"] = names.span(groups["span"]) or ""
        if "place" in groups:
            values["place"] = self.places.code(groups["place"]) or ""
        return all(values.values())

    def _bound(self, groups: dict[str, str], keys: dict[str, FactKey], form: Form) -> dict[str, str]:
        limit = limit_of(groups["bound"])
        is_share = "other" in groups or "{value}" in form.means
        fact = keys.get("fact") or next((k for k, _ in self.names.index.values() if k.zh in form.means), None)
        if limit is None or fact is None:
            return {"bound": ""}
        if is_share:
            number = names.percent(limit.number, limit.unit)
        else:
            number = self.names.value(limit.number, limit.unit, fact)
        return (
            {"bound": f"{limit.sign} {number}", "sign": limit.sign, "value": number}
            if number
            else {"bound": ""}
        )


def is_condition(when: str, criteria: Criteria) -> bool:
    """Whether the language takes a text as a condition: names known, units fit."""
    try:
        read(when, criteria.vocabulary, "condition")
    except ProblemError:
        return False
    return True


def _cut(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return text[: found.start()] if found and found.start() else text


def _moved(part: Part, by: int) -> Part:
    return Part(
        part.start + by, part.end + by, part.when, part.sure, part.papers, part.form, part.is_document
    )


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Neighbours for a person as one."""
    last: Part | None = None
    for part in parts:
        open_part = not part.when and not part.is_document
        if last is not None and open_part and not last.when and not last.is_document:
            last = Part(last.start, part.end)
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last
