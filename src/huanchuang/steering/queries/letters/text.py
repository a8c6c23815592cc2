"""The text of a paper as it is typed: tokens of cited figures, and figures that no record stands behind. Pure.

`[[17.4%|3]]` is the figure of citation 3. Everything else that is a number counts as typed by hand: what the scanner of
the kernel finds, and any further digits that do not merely name something (a date, a document, a clause, a place in a
list). Better one question too many than a figure that slips in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from huanchuang.engines.kernel import scan_figures

TOKEN = re.compile(r"\[\[([^\[\]|\n]{0,200})\|(\d{1,6})\]\]")
FILLER = "□"
DIGITS = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?[%％‰]?")
COUNTED = re.compile(
    r"(?<![第零一二两三四五六七八九十百千万])[二两三四五六七八九十百千万]{1,9}[余多几来]?(?:家|所|项|名|个|人|件|条|台|套|场|次|户|只|支|批|座|处|份|天|年|倍|成|类)(?!方面|环节|阶段|级)"
)
"""Counts in Chinese numerals, small ones too: the scanner leaves 三所 to the names of things, here it is asked about."""
NAMING = re.compile(
    r"""
    《[^》\n]{0,200}》                                   # titles
    | [〔\[【(（]\s*\d{4}\s*[〕\]】)）]\s*\d+\s*号            # 〔2026〕12号
    | (?<!\d)\d{4}\s*(?:[—至到-]\s*\d{4}\s*)?年度?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?   # 2026年6月30日, 2025—2027年
    | \d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?                 # 2026-06-30
    | \d{1,2}\s*[至到—-]\s*\d{1,2}\s*月                    # 1至5月
    | \d{1,2}\s*月(?:\s*\d{1,2}\s*日)? | (?<=月)\s*\d{1,2}\s*日
    | 第\s*\d+\s*(?:号|次|届|条|款|项|章|节|批|期|名|位|个|年|季度|期次)
    | [一二三四五六七八九十百\d]+届(?:[一二三四五六七八九十\d]+次)?(?:会议|全会)?      # 九届五次会议
    | ^\s*(?:\d{1,2}\s*[.．、]|[(（]\d{1,2}[)）])(?!\d)        # numbers of clauses
    | (?<![\d])\d{3,4}-\d{7,8}(?!\d) | (?<!\d)1[3-9]\d{9}(?!\d)   # telephones
    """,
    re.VERBOSE | re.MULTILINE,
)
SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")


@dataclass(frozen=True)
class Piece:
    """A stretch of a line: plain words, or the figure of a citation (`number` > 0)."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Bare:
    """A figure without a record, with the sentence it stands in."""

    text: str
    sentence: str
    start: int
    end: int

    @property
    def digest(self) -> str:
        """What an acknowledgement holds for: this figure in this sentence."""
        return hashlib.sha256(f"{self.text}\n{self.sentence}".encode()).hexdigest()


def token(text: str, number: int) -> str:
    """How the figure of a citation stands in the text."""
    return f"[[{text}|{number}]]"


def tokens(body: str) -> list[tuple[str, int]]:
    """What stands in the tokens of a text: words and number of the citation, in their order."""
    return [(found[1], int(found[2])) for found in TOKEN.finditer(body)]


def pieces(line: str) -> list[Piece]:
    """A line cut at its tokens."""
    parts: list[Piece] = []
    done = 0
    for found in TOKEN.finditer(line):
        if found.start() > done:
            parts.append(Piece(line[done : found.start()]))
        parts.append(Piece(found[1], int(found[2])))
        done = found.end()
    return [*parts, Piece(line[done:])] if line[done:] else parts


def bare_figures(body: str, cited: Mapping[int, str]) -> list[Bare]:
    """The figures of a text that no record stands behind; `cited` are the figures of the citations by their number.

    A token whose words are no longer those of its citation is typed by hand too.
    """

    def cover(found: re.Match[str]) -> str:
        true = cited.get(int(found[2])) == found[1]
        return FILLER * len(found[0]) if true else _laid_open(found)

    covered = TOKEN.sub(cover, body)
    naming = [found.span() for found in NAMING.finditer(covered)]
    return list(_in_sentences(body, _spans(covered, naming)))


def _laid_open(found: re.Match[str]) -> str:
    """A false token with its words left to be seen, everything else covered, each sign in its place."""
    return FILLER * 2 + found[1] + FILLER * (len(found[0]) - 2 - len(found[1]))


def _spans(covered: str, naming: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    done = 0
    figures = {figure.number_start: figure.number_end for figure in scan_figures(covered)}
    loose = {found.start(): found.end() for shape in (COUNTED, DIGITS) for found in shape.finditer(covered)}
    for start in sorted({*figures, *loose}):
        if start < done or any(first <= start < last for first, last in naming):
            continue
        done = max(figures.get(start, 0), loose.get(start, 0))
        yield start, done


def _in_sentences(body: str, spans: Iterator[tuple[int, int]]) -> Iterator[Bare]:
    sentences = [found.span() for found in SENTENCE.finditer(body) if found[0]]
    place = 0
    for start, end in spans:
        while sentences[place][1] <= start:
            place += 1
        first, last = sentences[place]
        yield Bare(body[start:end], plain(body[first : max(last, end)]).strip(), start, end)


def plain(body: str) -> str:
    """The text as it reads, tokens replaced by what they say."""
    return TOKEN.sub(lambda found: found[1], body)
