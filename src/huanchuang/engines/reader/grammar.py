"""The grammar of papers: what a documents pack teaches the reader, as frozen values with compiled patterns.

`compile.py` makes a `Grammar` from the words of the pack, once. A word that a user adds to a list of the pack is known
to the reader without any Python.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from huanchuang.engines.kernel.figures import Lexicon

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering style: `rank` orders nesting, `level` is the name in the outline."""

    style: str
    level: str
    rank: int
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class TimeForm:
    """One way to write a deadline; `form` tells how its date is found, `window` that it has a beginning too."""

    form: str
    pattern: Pattern
    inferred: bool
    window: bool = False


@dataclass(frozen=True, slots=True)
class TimeWords:
    """How a paper says until when.

    `recurring` has no day, `relative` depends on an event, `soft` (今年) dates a target and is a deadline of its own only
    before a word of `will`, an `ending_act`, a `counted_act` with a figure or a `purpose`. `label` opens a line or heads a column that says until when.
    """

    forms: tuple[TimeForm, ...]
    recurring: tuple[tuple[str, Pattern], ...]
    relative: Pattern
    soft: Pattern
    will: Pattern
    purpose: Pattern
    ending_act: Pattern
    counted_act: Pattern
    label: Pattern
    not_after: Pattern
    not_before: Pattern


@dataclass(frozen=True, slots=True)
class Decoy:
    """A figure that is none, and why."""

    why: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Organisations:
    """How bodies are named and bound to duties.

    `ending` ends any name in a bracket, `trusted` ends one in running text; `label` opens a
    list (责任单位：), `verb` closes one (牵头, 配合, 负责); `duty` follows the subject of a sentence, `act` too but not
    in a section on the past. `may_start` begins names that `not_start` would take for a verb (应急管理部).
    """

    ending: Pattern
    trusted: Pattern
    not_name: Pattern
    not_start: Pattern
    may_start: Pattern
    place: Pattern
    office: Pattern
    prefix: Pattern
    pronouns: Mapping[str, str]
    your: Pattern
    sets: Pattern
    label: Pattern
    bare_label: Pattern
    label_role: Mapping[str, str]
    verb: Pattern
    verb_role: Mapping[str, str]
    cue: Pattern
    duty: Pattern
    act: Pattern
    companion: Pattern
    directs: Pattern
    first_leads: Pattern


@dataclass(frozen=True, slots=True)
class Issuing:
    """How a paper orders that another document be issued."""

    titled: Pattern
    following: Pattern
    revised: Pattern
    named: Pattern
    reversed: Pattern
    assigned: Pattern
    past_before: Pattern
    not_title: Pattern


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that the reader knows about the language of papers."""

    pack_id: str
    markers: tuple[Marker, ...]
    block: Pattern
    run_in: Pattern
    run_in_marker: Marker
    kinds: tuple[tuple[str, str], ...]
    headings: Mapping[str, Pattern]
    words: Mapping[str, Pattern]
    outcomes: Mapping[str, Pattern]
    organisations: Organisations
    times: TimeWords
    lexicon: Lexicon
    columns: tuple[tuple[str, str], ...]
    issuing: Issuing
    header: Mapping[str, tuple[str, ...]]
    header_key: Pattern
    furniture: Pattern
    contacts: Pattern
    annex: Pattern
    left_out: Pattern
    decoys: tuple[Decoy, ...]

    def starts_block(self, line: str) -> bool:
        """Does the line open a new block: a marker, an annex, a header field?"""
        return bool(self.block.match(line))
