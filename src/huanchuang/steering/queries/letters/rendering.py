"""A draft as a paper: head, paragraphs with their figures, notes, signature. One shape for the screen, for Word and for the seal.

Papers are Chinese whatever language the reader has. Names of proposers and of the contact stand whole in what is sealed
and sent, masked on screens, and are gone from what is published.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from huanchuang.orm.masking import mask_name, mask_phone, scrubbed
from huanchuang.steering.models import Citation, Draft, HandFigure, LetterKind
from huanchuang.steering.queries.letters import text

SECTION = re.compile(r"^\s*[一二三四五六七八九十]+、")
TASK = re.compile(r"^\s*[（(][一二三四五六七八九十]+[）)]")
LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[-—－]*\d{7,8}(?!\d)")
CLOSING = "对以上答复有什么意见，请填写在办理情况反馈单上，以便我们进一步改进工作。"
HONORIFIC = {LetterKind.CONGRESS: "代表", LetterKind.CONFERENCE: "委员"}


@dataclass(frozen=True)
class Run:
    """A stretch of a paragraph; `note` > 0: the footnote that hangs on it."""

    text: str
    note: int = 0
    citation: int = 0
    """Number of the citation behind it; 0 for plain words and figures typed by hand."""
    by_hand: bool = False


@dataclass(frozen=True)
class Paragraph:
    """`style`: section, task or body."""

    style: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Sheet:
    """A paper as it is read. `names` are those whom it addresses."""

    genre: str
    title: str
    number: str
    mark: str
    names: tuple[str, ...]
    honorific: str
    paragraphs: tuple[Paragraph, ...]
    closing: tuple[str, ...]
    issuer: str
    dated: str
    contact_name: str
    contact_phone: str
    notes: tuple[str, ...]

    @property
    def addressee(self) -> str:
        """张荣委员、李和委员"""
        return "、".join(f"{name}{self.honorific}" for name in self.names)

    @property
    def is_signed(self) -> bool:
        """Whether it bears the day of its signing."""
        return self.dated != ""

    @property
    def contact(self) -> str:
        """（联系人：…，联系电话：…）; empty where none is named."""
        parts = (("联系人", self.contact_name), ("联系电话", self.contact_phone))
        told = "，".join(f"{label}：{value}" for label, value in parts if value)
        return f"（{told}）" if told else ""


def sheet_of(draft: Draft) -> Sheet:
    """The paper of a draft: as it was sealed, else as it stands now. A number given after signing stands on it too."""
    if not draft.sealed:
        return composed(draft, None)
    sheet = from_sealed(draft.sealed)
    return sheet if sheet.number else replace(sheet, number=draft.number)


def composed(draft: Draft, signed_on: dt.date | None, signer: str = "") -> Sheet:
    """The paper from the text and its citations. `signer` and day stand there once it is signed."""
    citations = {one.number: one for one in draft.citations.all()}
    by_hand = {one.digest: one for one in draft.hand_figures.select_related("by")}
    paragraphs, notes = _body(draft.body, citations, by_hand)
    letter = draft.letter
    named = f"此答复函已经{signer}审签。" if signer and letter else ""
    return Sheet(
        genre="reply" if letter else "report",
        title=draft.title,
        number=draft.number,
        mark=draft.mark,
        names=tuple(one.name for one in letter.proposers.all()) if letter else (),
        honorific=HONORIFIC[LetterKind(letter.kind)] if letter else "",
        paragraphs=paragraphs,
        closing=tuple(filter(None, (named, CLOSING))) if letter else (),
        issuer=draft.issuer.name if draft.issuer else "",
        dated=f"{signed_on.year}年{signed_on.month}月{signed_on.day}日" if signed_on else "",
        contact_name=draft.contact_name,
        contact_phone=draft.contact_phone,
        notes=notes,
    )


def _body(
    body: str, citations: Mapping[int, Citation], by_hand: Mapping[str, HandFigure]
) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    cited = {number: one.text for number, one in citations.items()}
    bare = {one.start: one for one in text.bare_figures(body, cited)}
    notes: list[str] = []
    paragraphs: list[Paragraph] = []
    place = 0
    for line in body.split("\n"):
        if line.strip():
            runs = tuple(_runs(line, place, citations, (bare, by_hand), notes))
            paragraphs.append(Paragraph(_style(line), runs))
        place += len(line) + 1
    return tuple(paragraphs), tuple(notes)


def _runs(
    line: str,
    place: int,
    citations: Mapping[int, Citation],
    hand: tuple[Mapping[int, text.Bare], Mapping[str, HandFigure]],
    notes: list[str],
) -> list[Run]:
    bare, by_hand = hand
    runs: list[Run] = []
    for piece in text.pieces(line):
        width = len(text.token(piece.text, piece.number)) if piece.number else len(piece.text)
        citation = citations.get(piece.number)
        if citation is not None and citation.text == piece.text:
            notes.append(note_of(citation))
            runs.append(Run(piece.text, len(notes), citation.number))
        else:
            offset = place + (2 if piece.number else 0)
            runs += _plain(piece.text, offset, bare, by_hand, notes)
        place += width
    return runs


def _plain(
    words: str, place: int, bare: Mapping[int, text.Bare], by_hand: Mapping[str, HandFigure], notes: list[str]
) -> list[Run]:
    """Plain words, cut where a figure typed by hand stands; it has a note of its own."""
    runs: list[Run] = []
    done = 0
    for start in sorted(start for start in bare if place <= start < place + len(words)):
        figure = bare[start]
        first, last = start - place, figure.end - place
        runs += [Run(words[done:first])] if first > done else []
        notes.append(_note_by_hand(figure, by_hand.get(figure.digest)))
        runs.append(Run(words[first:last], len(notes), by_hand=True))
        done = last
    return [*runs, Run(words[done:])] if words[done:] else runs


def _note_by_hand(figure: text.Bare, known: HandFigure | None) -> str:
    """The footnote of a figure typed by hand; one that nobody has answered for says so, it never stands there unmarked."""
    if known is None:
        return f"{figure.text}：没有记录，也没有人确认，审签前须补正。"
    day = known.on.isoformat()
    return f"{figure.text}：平台没有记录，出处：{known.grounds}（由承办单位于{day}确认）。"


def note_of(citation: Citation) -> str:
    """The footnote of a figure: what it is, as of when, from where."""
    day = f"截至{citation.as_of.isoformat()}" if citation.as_of else "截止日期未注明"
    return f"{citation.label}：{citation.text}，{day}。来源：{citation.origin}。"


def _style(line: str) -> str:
    if SECTION.match(line):
        return "section"
    return "task" if TASK.match(line) else "body"


def masked(sheet: Sheet) -> Sheet:
    """For the screen: names and numbers in part."""
    return _without(sheet, mask_name, mask_name(sheet.contact_name), mask_phone(sheet.contact_phone))


def published(sheet: Sheet) -> Sheet:
    """For everybody: no name of a proposer anywhere, no contact."""
    return _without(sheet, lambda name: name[:1] + "×" * (len(name) - 1), "", "")


def covered(words: str, names: Iterable[str], hide: Callable[[str], str] = mask_name) -> str:
    """Running text without these names and without numbers of people."""
    for name in names:
        if len(name) > 1:
            words = words.replace(name, hide(name))
    return LANDLINE.sub(lambda found: mask_phone(found[0]), scrubbed(words))


def _without(sheet: Sheet, hide: Callable[[str], str], contact: str, phone: str) -> Sheet:
    def clean(words: str) -> str:
        return covered(covered(words, sheet.names, hide), [sheet.contact_name])

    paragraphs = tuple(
        replace(one, runs=tuple(replace(run, text=clean(run.text)) for run in one.runs))
        for one in sheet.paragraphs
    )
    return replace(
        sheet,
        title=clean(sheet.title),
        names=tuple(hide(name) for name in sheet.names),
        paragraphs=paragraphs,
        notes=tuple(clean(note) for note in sheet.notes),
        contact_name=contact,
        contact_phone=phone,
    )


def to_seal(sheet: Sheet) -> dict[str, Any]:
    """The paper as plain values, for storing."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(sheet), ensure_ascii=False))
    return plain


def seal_of(sealed: Mapping[str, Any]) -> str:
    """SHA-256 of the stored values in one canonical form."""
    canonical = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def from_sealed(sealed: Mapping[str, Any]) -> Sheet:
    """The paper as it was sealed."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in sealed.items()
    }
    values["paragraphs"] = tuple(
        Paragraph(one["style"], tuple(Run(**run) for run in one["runs"])) for one in sealed["paragraphs"]
    )
    return Sheet(**values)


def is_whole(draft: Draft) -> bool:
    """Whether what was sealed is still what the seal was made from."""
    return draft.sealed is not None and seal_of(draft.sealed) == draft.seal
