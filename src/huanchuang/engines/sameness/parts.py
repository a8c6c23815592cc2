"""An organisation's name taken apart: region, core, legal form, branch.

    云澜市青岑区星澜新材料科技股份有限公司第一分公司
    └──region──┘└──── core ────┘└── form ──┘└─ part ─┘

A government body, school or hospital keeps its ending in the core: it is what the body is. Where such a core has no
name of its own (财政局, 第1中学) it is `bare`, and only its region tells it from its namesakes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from huanchuang.engines.sameness.places import Node, Places
from huanchuang.engines.sameness.rules import NameWords, Rules

_BRACKETED = re.compile(r"[(\[{【〔<]([^()\[\]{}【】〔〕<>]*)[)\]}】〕>]")
_LOCAL = re.compile(r"^[区县市省](?=.{2})")
_ORDINAL = re.compile(r"第?\d+$")
REMEMBERED = 400_000


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name in its parts; `cores` are the readings of its core, the likelier first."""

    whole: str
    cores: tuple[str, ...]
    form: str = ""
    group: bool = False
    part: str = ""
    note: str = ""
    nodes: frozenset[Node] = frozenset()
    bare: bool = False
    body: bool = False
    formers: tuple[str, ...] = ()
    form_word: str = ""
    """The legal form as it is written."""

    @property
    def is_finished(self) -> bool:
        """Whether the name ends as a full name does: by a legal form or the kind of body."""
        return bool(self.form) or self.body


class NameReader:
    """Takes names apart by the words of a definition and the regions there are; remembers what it has read."""

    def __init__(self, rules: Rules, places: Places) -> None:
        self.rules = rules
        self.places = places
        self.read: Callable[[str], NameParts] = lru_cache(REMEMBERED)(self._read)

    def _read(self, text: str) -> NameParts:
        signs, words = self.rules.signs, self.rules.names
        written, aside = self._brackets(signs.script(text))
        plain = signs.counted(written)
        main, form, part = _split_form(plain, words)
        group = aside.group or main.endswith(words.group)
        main = main.removesuffix(words.group) if len(main) > len(words.group) + 1 else main
        if not form:
            main, part = self._split_part(main, words)
        form = form or aside.form
        bodied = not form and bool(words.bodies.search(main))
        nodes, cores, bare = self._split_region(main, words, is_body=bodied)
        word = next((word for word, code in words.forms if code == form and plain.find(word) > 0), "")
        return NameParts(
            plain,
            cores,
            form,
            group,
            part,
            aside.note,
            nodes or aside.nodes,
            bare,
            bodied,
            aside.formers,
            word,
        )

    def _brackets(self, text: str) -> tuple[str, _Aside]:
        aside = _Aside()
        for content in _BRACKETED.findall(text):
            self._sort(self.rules.signs.bare(content), aside)
        return _BRACKETED.sub("", text), aside

    def _sort(self, content: str, aside: _Aside) -> None:
        words = self.rules.names
        former = words.former.match(content)
        form = dict(words.forms).get(content, "")
        if nodes := self.places.exactly(content):
            aside.nodes = nodes
        elif form:
            aside.form = form
        elif content == words.group:
            aside.group = True
        elif former:
            aside.formers += (content[former.end() :],)
        else:
            aside.note += content

    def _split_part(self, main: str, words: NameWords) -> tuple[str, str]:
        """A body and its branch: 云澜理工大学|化学学院, 云澜银行|青岑支行."""
        head = words.heads.search(main, 2)
        if head and head.end() < len(main):
            return main[: head.end()], main[head.end() :]
        below = words.parts.search(main)
        if not below or below.start() < 2:
            return main, ""
        start = below.start()
        ordinal = _ORDINAL.search(main[:start])
        start = ordinal.start() if ordinal else start - self.places.trailing_stem(main[:start])
        return (main[:start], main[start:]) if start >= 2 else (main, "")

    def _split_region(
        self, main: str, words: NameWords, *, is_body: bool
    ) -> tuple[frozenset[Node], tuple[str, ...], bool]:
        full, rest = self.places.leading(main, stems=False)
        nodes, after_stem = self.places.leading(main, stems=True)
        kept = rest if len(rest) > 1 else main
        if is_body:
            named = [_shorten(text, words) for text in (kept, _LOCAL.sub("", kept), after_stem)]
            bare = next((text for text in named if words.bare.fullmatch(text)), "")
            if bare:
                return nodes if bare == named[2] else full, (bare,), True
            return full, (named[0],), False
        readings = (kept,) if len(after_stem) < 2 or after_stem == kept else (after_stem, kept)
        found = full or nodes if len(readings) == 1 else nodes
        return found, tuple(_shorten(text, words) for text in readings), False


@dataclass
class _Aside:
    """What stood in brackets, sorted."""

    nodes: frozenset[Node] = frozenset()
    form: str = ""
    group: bool = False
    note: str = ""
    formers: tuple[str, ...] = ()


def _split_form(plain: str, words: NameWords) -> tuple[str, str, str]:
    """Before the legal form, the form, after it; a form that is no company's counts only at the end."""
    hits = [(plain.find(word), -len(word), word, form) for word, form in words.forms if word in plain]
    for start, _, word, form in sorted(hits):
        after = plain[start + len(word) :]
        if start >= 2 and (not after or word.endswith("公司")):
            return plain[:start], form, after
    return plain, "", ""


def _shorten(core: str, words: NameWords) -> str:
    """The core with words that have a usual short form written one way."""
    for long, short in words.shortened:
        core = core.replace(long, short)
    return core
