"""Responsible units: brackets, label lines, and sentences that give a body a duty.

    （市科技局牵头，市财政局、市教育局配合）   责任单位：市科技局、各区县   请财政部会同有关部门制定……

Lead is who is said to lead (牵头, 主办), or the first named where the paper says once that the first one leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huanchuang.engines.reader.duties import ETC, duties_of
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar, Organisations
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.values import Responsibility

_BRACKET = re.compile(r"\((?=[^()\n]{2})(?:[^()\n]|\([^()\n]{0,20}\)){2,400}\)")
_SEGMENT = re.compile(r"[,;。]")
_SPLIT = re.compile(r"、|以及")
_AND = re.compile(r"(?<=[部委局厅办署会行院司心门府位])[和与及](?=[一-龥])")
_JOINED = re.compile(r"^(?:由|请|和|与|及|以及|会同|联合|并)+")
_ROLES = {"lead": "牵头", "co": "配合", "responsible": "负责"}


def responsibilities_of(
    flow: Flow, grammar: Grammar, outline: Outline, addressee: str | None, body: int
) -> list[Responsibility]:
    """All responsibilities from position `body` of the flow on."""
    words = grammar.organisations
    first_leads = bool(words.first_leads.search(flow.text))
    found = [
        *_brackets(flow, words, outline, body, first_leads),
        *_label_lines(flow, words, outline, body, first_leads),
    ]
    bound = [(start, end) for start, end, _ in found]
    for duty in duties_of(flow.text, words, outline, addressee or "", body, bound):
        found.append(_item(flow, outline, duty.start, duty.end, duty.units, duty.lead, duty.why, False))
    return [item for _, _, item in sorted(found, key=lambda row: row[0])]


Found = tuple[int, int, Responsibility]


def _brackets(
    flow: Flow, words: Organisations, outline: Outline, body: int, first_leads: bool
) -> Iterator[Found]:
    for match in _BRACKET.finditer(flow.text, body):
        inner = flow.text[match.start() + 1 : match.end() - 1]
        if words.cue.search(inner):
            units, lead = _roles(words.first_leads.sub("", inner), words, first_leads)
            if units:
                yield _item(
                    flow, outline, match.start(), match.end(), units, lead, "括号内写明责任单位", first_leads
                )


def _label_lines(
    flow: Flow, words: Organisations, outline: Outline, body: int, first_leads: bool
) -> Iterator[Found]:
    for start, end in flow.paragraphs():
        label = words.label.match(flow.text, start, end) if start >= body else None
        if label:
            units, lead = _roles(flow.text[start:end], words, first_leads)
            if units:
                yield _item(flow, outline, start, end, units, lead, f"“{label[0]}”后列出单位", first_leads)


def _roles(inner: str, words: Organisations, first_leads: bool) -> tuple[list[str], list[str]]:
    """Units in order and those of them that lead."""
    units: list[str] = []
    lead: list[str] = []
    waiting: list[str] = []
    role = ""
    for segment in _SEGMENT.split(inner):
        label = words.label.search(segment)
        if label:
            role = words.label_role[re.sub("为?:$", "", label[0])]
            segment = segment[label.end() :]
        elif re.match(r"[一-龥]{2,6}:", segment):
            role, segment = "other", ""
        verb = words.verb.search(segment)
        names = _names(segment[: verb.start()] if verb else segment, words)
        units += [name for name in names if role != "other"]
        waiting += names
        if verb or label:
            role = words.verb_role[verb[0]] if verb else role
            lead += waiting if role == "lead" else []
        if verb or role:
            waiting = []
    if first_leads and units and not lead:
        lead = units[:1]
    return list(dict.fromkeys(units)), list(dict.fromkeys(lead))


def _names(segment: str, words: Organisations) -> list[str]:
    """The names of one segment without 等 and what follows it."""
    plain = ETC.sub("、", _AND.sub("、", segment))
    names = [_JOINED.sub("", piece) for piece in _SPLIT.split(plain)]
    return [name for name in names if _is_name(name, words)]


def _is_name(name: str, words: Organisations) -> bool:
    if not 2 <= len(name) <= 24 or "的" in name or words.not_name.search(name):
        return False
    return bool(
        words.ending.search(name.rstrip(")"))
        or words.sets.search(name)
        or re.fullmatch(r"[一-龥()]+[)]", name)
    )


def _item(
    flow: Flow,
    outline: Outline,
    start: int,
    end: int,
    units: Sequence[str],
    lead: Sequence[str],
    why: str,
    first_leads: bool,
) -> Found:
    first, last = flow.place(start, end)
    if lead and first_leads and "牵头" not in flow.text[start:end]:
        why += "；文中规定列第一位者牵头"
    item = Responsibility(
        flow.printed(start, end), first, last, tuple(units), tuple(lead), outline.task(start), (), why,
        inferred=bool(lead) and first_leads, repaired=flow.repaired(start, end),
    )  # fmt: skip
    return start, end, item
