"""Two versions of a plan, clause by clause: what is the same, renumbered, changed, new or gone, and the words that differ.

Pure: clauses in, pairs out. Clauses pair up by the same words first, then by the same heading, then by the likeness of
their words; each pairs once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5
"""From this likeness of two-sign pieces on, two clauses are versions of each other."""
LONGEST = 4000
_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_MARK = re.compile(
    r"^[（(]?[一二三四五六七八九十百千\d.]{1,8}[）)]?[、.．]?|^第[一二三四五六七八九十百\d]{1,6}[章节条]"
)


@dataclass(frozen=True)
class Clause:
    """A clause with its own words, those of the clauses below it left out; `start` and `end` enclose them in the text."""

    code: str
    path: str
    heading: str
    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """Its words without number, blanks and line breaks."""
        return _MARK.sub("", "".join(self.text.split()))


@dataclass(frozen=True)
class Pair:
    """A clause of the version before and the one that took its place; `fate` is a value of `models.Fate`."""

    old: Clause | None
    new: Clause | None
    fate: str


@dataclass(frozen=True)
class Piece:
    """Words that both versions have (`equal`), that were taken out (`del`) or put in (`ins`)."""

    kind: str
    text: str


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> list[Pair]:
    """All clauses of both versions in the order of the new one; those that are gone stand behind what they followed."""
    partner: dict[str, Clause] = {}
    left = list(old)
    for pair_up in (_by_words, _by_heading, _by_likeness):
        found = pair_up(left, [clause for clause in new if clause.code not in partner])
        partner |= found
        taken = {clause.code for clause in found.values()}
        left = [clause for clause in left if clause.code not in taken]
    pairs = [_pair(partner.get(clause.code), clause) for clause in new]
    return _with_gone(pairs, old, {clause.code for clause in left})


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both versions; very long ones as a whole."""
    if len(old) > LONGEST or len(new) > LONGEST:
        return tuple(piece for piece in (Piece("del", old), Piece("ins", new)) if piece.text)
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("equal", "".join(before[a:b])))
            continue
        pieces += [Piece("del", "".join(before[a:b]))] if b > a else []
        pieces += [Piece("ins", "".join(after[c:d]))] if d > c else []
    return tuple(pieces)


def likeness(one: str, other: str) -> float:
    """How much two texts share, 0 to 1, by pieces of two signs."""
    return _alike(_pieces(one), _pieces(other))


def _pair(old: Clause | None, new: Clause) -> Pair:
    if old is None:
        return Pair(None, new, "new")
    if old.plain != new.plain:
        return Pair(old, new, "changed")
    return Pair(old, new, "same" if old.path == new.path else "moved")


def _with_gone(pairs: list[Pair], old: Sequence[Clause], gone: set[str]) -> list[Pair]:
    place = {pair.old.code: index for index, pair in enumerate(pairs) if pair.old}
    behind: dict[int, list[Pair]] = {}
    last = -1
    for clause in old:
        if clause.code in gone:
            behind.setdefault(last, []).append(Pair(clause, None, "gone"))
        else:
            last = place[clause.code]
    ordered = list(behind.get(-1, []))
    for index, pair in enumerate(pairs):
        ordered += [pair, *behind.get(index, [])]
    return ordered


def _by_words(old: Iterable[Clause], new: Iterable[Clause]) -> dict[str, Clause]:
    """The same words; of several alike the one with the same number, else the next in order."""
    waiting: dict[str, list[Clause]] = {}
    for clause in old:
        waiting.setdefault(clause.plain, []).append(clause)
    found = {}
    for clause in new:
        same = waiting.get(clause.plain, [])
        if same:
            best = next((one for one in same if one.path == clause.path), same[0])
            same.remove(best)
            found[clause.code] = best
    return found


def _by_heading(old: Iterable[Clause], new: Iterable[Clause]) -> dict[str, Clause]:
    """The same heading, where both versions have it once."""
    before, after = list(old), list(new)
    counts = Counter(clause.heading for clause in before), Counter(clause.heading for clause in after)
    by_heading = {clause.heading: clause for clause in before if counts[0][clause.heading] == 1}
    return {
        clause.code: by_heading[clause.heading]
        for clause in after
        if clause.heading and clause.heading in by_heading and counts[1][clause.heading] == 1
    }


def _by_likeness(old: Iterable[Clause], new: Iterable[Clause]) -> dict[str, Clause]:
    """The most alike first; only clauses that share a piece are weighed against each other."""
    before = [(clause, _pieces(clause.plain)) for clause in old]
    holding: dict[str, list[int]] = {}
    for index, (_, pieces) in enumerate(before):
        for piece in pieces:
            holding.setdefault(piece, []).append(index)
    scores = []
    for clause in new:
        pieces = _pieces(clause.plain)
        near = {index for piece in pieces for index in holding.get(piece, ())[:60]}
        scores += [(_alike(pieces, before[index][1]), index, clause) for index in near]
    found: dict[str, Clause] = {}
    taken: set[int] = set()
    for score, index, clause in sorted(scores, key=lambda row: -row[0]):
        if score < ALIKE:
            break
        if index not in taken and clause.code not in found:
            found[clause.code] = before[index][0]
            taken.add(index)
    return found


def _pieces(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) or Counter([text])


def _alike(one: Counter[str], other: Counter[str]) -> float:
    shared = sum((one & other).values())
    whole = sum(one.values()) + sum(other.values())
    return 2 * shared / whole if whole else 0.0
