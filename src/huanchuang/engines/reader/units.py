"""Responsible units: brackets, labels, and sentences that give a body a duty.

    （市科技局牵头，市财政局、市教育局配合）   责任单位：市科技局、各区县   请财政部会同有关部门制定……

Lead is who is said to lead (牵头, 主办), or the first named where the paper says once that the first one leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from huanchuang.engines.reader.duties import ETC, duties_of
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar, Organisations
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.table_items import duties_in
from huanchuang.engines.reader.tables import Tables
from huanchuang.engines.reader.values import Responsibility

_BRACKET = re.compile(
    r"[(\[【〔](?=[^()\n]{2})(?:[^()\[\]【】〔〕\n]|\([^()\n]{0,20}\)|〔[^〔〕\n]{0,8}〕){2,400}(?:[)\]】〕]|(?=\n)|$)"
)
_CLOSERS = ")]】〕"
_SEGMENT = re.compile(
    r"[,;。]|(?<=牵头)(?=[一-龥])(?!单位|部门|责任|负责|落实|及|或|和)|(?<=牵头负责)(?=[一-龥])|会同"
)
_SPLIT = re.compile(r"、|以及")
_AND = re.compile(r"(?<=[部委局厅办署会行院司心门府位区县)])[和与及](?=[一-龥])")
_JOINED = re.compile(r"^(?:由|请|和|与|及|以及|会同|联合|并)+")
_OTHER_LABEL = re.compile(r"[一-龥]{2,8}:")
_SENTENCE = re.compile(r"[^。\n]*")
_AFTER_BRACKET = re.compile(r"[。;]?(?:\n|$)")
_LOCAL = re.compile(
    r"(?:省|市|县|区|州|旗|镇|乡|团)[一-龥]{1,10}(?:办|局|委|部|院|会|处|站|所|队|社|行|中心|公司)"
)
_CJK = re.compile(r"[一-龥)）]")
_LONGEST_UNMARKED = 120


def responsibilities_of(
    flow: Flow, grammar: Grammar, outline: Outline, addressee: str | None, body: int, tables: Tables
) -> list[Responsibility]:
    """All responsibilities from position `body` of the flow on."""
    words = grammar.organisations
    first_leads = bool(words.first_leads.search(flow.text))
    found = [
        *_cells(flow, words, outline, tables, first_leads),
        *_brackets(flow, words, outline, body, first_leads),
    ]
    inside = bytearray(len(flow.text) + 1)
    for start, end, _ in found:
        inside[start:end] = b"\x01" * (end - start)
    found += _labels(flow, words, outline, body, first_leads, inside)
    bound = [(start, end) for start, end, _ in found]
    for duty in duties_of(flow.text, words, outline, addressee or "", body, bound):
        found.append(_item(flow, outline, duty.start, duty.end, duty.units, duty.lead, duty.why, False))
    return [item for _, _, item in sorted(found, key=lambda row: row[0])]


Found = tuple[int, int, Responsibility]


def _cells(
    flow: Flow, words: Organisations, outline: Outline, tables: Tables, first_leads: bool
) -> Iterator[Found]:
    """Columns of tables that name units, row by row."""
    for duties in duties_in(tables):
        for cell, role, merged in duties.cells:
            listed = words.label.sub(lambda label: f",{label[0]}", _listed(flow, cell.start, cell.end))
            units, lead = _roles(listed, words, first_leads, role)
            if not units:
                continue
            why = "单元格合并或空白，沿用上一行的单位" if merged else "表中责任单位一栏"
            found = _item(flow, outline, cell.start, cell.end, units, lead, why, first_leads)[2]
            task = outline.task(duties.row.start)
            yield cell.start, cell.end, replace(found, task_id=task, inferred=merged or found.inferred)


def _brackets(
    flow: Flow, words: Organisations, outline: Outline, body: int, first_leads: bool
) -> Iterator[Found]:
    for match in _BRACKET.finditer(flow.text, body):
        if "|" in match[0]:
            continue
        closed = match[0][-1] in _CLOSERS
        inner = flow.text[match.start() + 1 : match.end() - closed]
        units: Sequence[str]
        lead: Sequence[str]
        if words.cue.search(inner):
            units, lead = _roles(words.first_leads.sub("", inner), words, first_leads)
            why = "括号内写明责任单位"
        elif (
            closed and _AFTER_BRACKET.match(flow.text, match.end()) and _stands_alone(flow.text, match, words)
        ):
            units, lead = _roles(inner, words, first_leads)
            why = "段末括号里全是单位名称"
        else:
            continue
        if units:
            yield _item(flow, outline, match.start(), match.end(), units, lead, why, first_leads)


def _stands_alone(text: str, bracket: re.Match[str], words: Organisations) -> bool:
    """（县科技局、县财政局） behind a sentence; 各镇（街道） is one name."""
    inner = bracket[0][1:-1]
    ended = bracket.start() == 0 or text[bracket.start() - 1] in "。;!\n”"
    return _all_names(inner, words) and (ended or bool(_LOCAL.match(inner)) or "、" in inner)


def _labels(
    flow: Flow, words: Organisations, outline: Outline, body: int, first_leads: bool, inside: bytearray
) -> Iterator[Found]:
    """责任单位：… on its own line, at the end of a paragraph, with the names on the next line, or without a colon."""
    done = body
    for label in words.label.finditer(flow.text, body):
        start, opens = label.start(), label.start() == 0 or flow.text[label.start() - 1]
        if start < done or inside[start] or (opens is not True and opens not in "。;!?\n)]】〕”"):
            continue
        sentence = _SENTENCE.match(flow.text, label.end())
        end = sentence.end() if sentence else label.end()
        if end == label.end():
            end = _next_line_of_names(flow, words, end)
        units, lead = _roles(_listed(flow, start, end), words, first_leads)
        done = end
        if units:
            yield _item(flow, outline, start, end, units, lead, f"“{label[0]}”后列出单位", first_leads)
    for bare in words.bare_label.finditer(flow.text, body):
        start, line = bare.start(), flow.text.find("\n", bare.end())
        end = line if line >= 0 else len(flow.text)
        if (start and flow.text[start - 1] not in "。\n") or end - start > _LONGEST_UNMARKED or inside[start]:
            continue
        listed = _listed(flow, bare.end(), end)
        if _all_names(listed, words):
            units, lead = _roles(f"{bare[0]}:{listed}", words, first_leads)
            yield _item(flow, outline, start, end, units, lead, f"“{bare[0]}”后列出单位", first_leads)


def _next_line_of_names(flow: Flow, words: Organisations, end: int) -> int:
    """The end of the line after a label that stands alone, where that line holds names and nothing else."""
    line = _SENTENCE.match(flow.text, end + 1) if flow.text.startswith("\n", end) else None
    return line.end() if line and _all_names(line[0], words) else end


def _listed(flow: Flow, start: int, end: int) -> str:
    """The text of a list; where only blanks part the names, they become separators."""
    text = flow.text[start:end]
    if "、" in text:
        return text
    parts = [flow.text[start:end][:1]]
    for at in range(start + 1, end):
        gap = flow.original[flow.places[at - 1] + 1 : flow.places[at]]
        apart = gap.strip(" \t\u3000\u00a0") == "" and gap and _CJK.match(flow.text[at - 1])
        parts.append(("、" if apart and _CJK.match(flow.text[at]) else "") + flow.text[at])
    return "".join(parts)


def _all_names(listed: str, words: Organisations) -> bool:
    """Is the text a list of names of bodies and nothing else?"""
    pieces = [
        piece for part in _SEGMENT.split(listed) for piece in _SPLIT.split(ETC.sub("、", part)) if piece
    ]
    return bool(pieces) and all(_is_body(_JOINED.sub("", piece), words) for piece in pieces)


def _is_body(name: str, words: Organisations) -> bool:
    """A name that nobody takes for anything else: 县科技局, 财政部, 各镇街."""
    if not 2 <= len(name) <= 24 or "的" in name:
        return False
    sets = words.sets.match(name)
    trusted = list(words.trusted.finditer(name))
    ended = bool(trusted) and trusted[-1].end() == len(name) and not words.not_name.search(name)
    return bool(_LOCAL.fullmatch(name)) or ended or bool(sets and sets.end() == len(name))


def _roles(
    inner: str, words: Organisations, first_leads: bool, role: str = ""
) -> tuple[list[str], list[str]]:
    """Units in order and those of them that lead; `role` is what a column says before any word does."""
    units: list[str] = []
    lead: list[str] = []
    waiting: list[str] = []
    for segment in _SEGMENT.split(inner):
        label = words.label.search(segment)
        if label:
            role = words.label_role[re.sub("为?:$", "", label[0])]
            segment = segment[label.end() :]
        elif _OTHER_LABEL.match(segment):
            role, segment = "other", ""
        verb = words.verb.search(segment)
        names = _names(segment[: verb.start()] if verb else segment, words)
        units += [name for name in names if role != "other"]
        waiting += names
        if verb or label or role == "lead":
            role = words.verb_role[verb[0]] if verb else role
            lead += waiting if role == "lead" else []
        if verb or role:
            waiting = []
    starred = [name for name in units if name[-1] in "*★☆"]
    units, lead = [_plain(name) for name in units], [_plain(name) for name in lead or starred]
    if first_leads and units and not lead:
        lead = units[:1]
    return list(dict.fromkeys(units)), list(dict.fromkeys(lead))


def _plain(name: str) -> str:
    return name.strip("*★☆")


def _names(segment: str, words: Organisations) -> list[str]:
    """The names of one segment without 等 and what follows it."""
    plain = ETC.sub("、", _AND.sub("、", segment))
    names = [_JOINED.sub("", piece) for piece in _SPLIT.split(plain)]
    return [name for name in names if _is_name(_plain(name), words)]


def _is_name(name: str, words: Organisations) -> bool:
    if not 2 <= len(name) <= 24 or "的" in name:
        return False
    if _LOCAL.fullmatch(name):
        return True
    if words.not_name.search(name):
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
    printed = flow.printed(start, end)
    units, lead = _as_printed(units, printed), _as_printed(lead, printed)
    item = Responsibility(
        printed, first, last, tuple(units), tuple(lead), outline.task(start), (), why,
        inferred=bool(lead) and first_leads, repaired=flow.repaired(start, end),
    )  # fmt: skip
    return start, end, item


def _as_printed(names: Sequence[str], printed: str) -> list[str]:
    """Names with the wide brackets that the paper uses: 各镇（街道）."""
    wide = "(" not in printed
    return [name.replace("(", "（").replace(")", "）") if wide else name for name in names]
