"""Responsible units: brackets, label lines, and sentences that give a body a duty.

    （市科技局牵头，市财政局、市教育局配合）   责任单位：市科技局、各区县   请财政部会同有关部门制定……

Lead is who is said to lead (牵头, 主办), or the first named where the paper says once that the first one leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar, Organisations
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.values import Responsibility

_BRACKET = re.compile(r"\((?=[^()\n]{2})(?:[^()\n]|\([^()\n]{0,20}\)){2,400}\)")
_SEGMENT = re.compile(r"[,;。]")
_SPLIT = re.compile(r"、|以及")
_ETC = re.compile(r"等(?:有关|相关|各有关)?(?:部门|单位|机构|方面|委办局)?(?:和|及|与|、)?")
_AND = re.compile(r"(?<=[部委局厅办署会行院司心门府位])[和与及](?=[一-龥])")
_CLAUSE = re.compile(r"(?:[^,。;:!?\n()]|\([^()\n]{1,12}\))+")
_NAME = re.compile(r"(?:[一-龥·]|\([^()\n]{1,12}\)){2,24}")
_NUMBERED = re.compile(
    r"\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|第[一二三四五六七八九十百\d]{1,5}条|[一二三四五六七八九十]{1,2}是"
)
_NOT_WITHIN = re.compile(r"[的或及并向]|按照|根据")
_BY = re.compile(r"由(?=[^,。;\n]{2,60}?(?:负责(?!同志|人)|牵头|承担|会同))")
_CARRY = re.compile(r"(?:同时|并|还|也|目前|并且)*(?:将|要|应|正|正在)?(?=会同|联合)")
_TOGETHER = re.compile(r"与(?=[^,。;\n]{2,16}共同)")
_TAKES = re.compile(r"(?:具体|统一|共同|分别|按职责分工?)?(?:负责(?!同志|人)|牵头|承担|会同)")
_DURING = re.compile(r"在[^。;\n]{2,40}?[时中后],(?:继续)?[要应将须]")
_JOINED = re.compile(r"^(?:由|请|和|与|及|以及|会同|联合|并)+")
_POST = re.compile(r"(?:担任|兼任|组成)$")
_BOUNDARY = re.compile(r"[、,;。:)\n和与及等在也已还正按]|$")
_JOINT = re.compile(r"、|以及|和|与|及")
_ROLES = {"lead": "牵头", "co": "配合", "responsible": "负责"}
_REACH = 60
_LONGER = 6  # how much of a name may follow a part of it that could stand alone: 区政府 and 区政府督查办


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the paper speaks to; 你省 in a letter to 四川省人民政府 is 四川省."""

    name: str

    def resolve(self, word: str) -> str:
        """The name behind 你省."""
        place = re.match(r"[一-龥]{2,9}?[省市区县]", self.name.strip())
        return place[0] if place and place[0].endswith(word[-1]) else word


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
    found += _sentences(flow, words, outline, Addressee(addressee or ""), body, bound)
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
    plain = _ETC.sub("、", _AND.sub("、", segment))
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


def _sentences(
    flow: Flow,
    words: Organisations,
    outline: Outline,
    addressee: Addressee,
    body: int,
    bound: list[tuple[int, int]],
) -> Iterator[Found]:
    inside = bytearray(len(flow.text) + 1)
    for start, end in bound:
        inside[start:end] = b"\x01" * (end - start)
    last: Found | None = None
    for clause in _CLAUSE.finditer(flow.text, body):
        start, end = clause.span()
        if inside[start]:
            continue
        numbered = _NUMBERED.match(flow.text, start, end)
        start = numbered.end() if numbered else start
        carried = (
            _carried(flow.text, start, end, words, addressee)
            if last and _same_sentence(flow.text, last[1], start)
            else []
        )
        if carried and last:
            last = _extended(flow, outline, last, end, carried)
            continue
        if last:
            yield last
        found = _duty(flow.text, start, end, words, addressee)
        last = _item(flow, outline, start, end, *found, False) if found else None
    if last:
        yield last


def _same_sentence(text: str, end: int, start: int) -> bool:
    return start - end <= 2 and "。" not in text[end:start] and "\n" not in text[end:start]


def _carried(text: str, start: int, end: int, words: Organisations, addressee: Addressee) -> list[str]:
    """同时会同…: the subject of the clause before acts together with further units."""
    carry = _CARRY.match(text, start, end)
    together = _TOGETHER.search(text, start, end)
    at = carry.end() + 2 if carry else together.end() if together else end
    units, _ = _run(text, at, end, words, addressee)
    return units


def _extended(flow: Flow, outline: Outline, last: Found, end: int, more: list[str]) -> Found:
    start, _, item = last
    units = [*item.units, *(unit for unit in more if unit not in item.units)]
    return _item(flow, outline, start, end, units, list(item.lead), item.why + "，并会同其他单位", False)


Duty = tuple[list[str], list[str], str]


def _duty(text: str, start: int, end: int, words: Organisations, addressee: Addressee) -> Duty | None:
    """The bodies that the clause gives a duty, those that lead, and why; None where it gives none."""
    prefix = words.prefix.match(text, start, end)
    lead_in = prefix[0] if prefix else ""
    asked = lead_in.startswith(("请", "由", "建议"))
    at = start + len(lead_in) if asked or lead_in in ("同时", "其中", "并") else start
    units, stop = _run(text, at, min(end, at + _REACH), words, addressee)
    if units:
        return _taken(text, units, stop, end, words, addressee, asked)
    by = _BY.search(text, start, end)
    if by:
        units, stop = _run(text, by.end(), min(end, by.end() + _REACH), words, addressee)
        if units and _TAKES.match(text, stop):
            return _taken(text, units, stop, end, words, addressee, asked=True)
    return None


def _taken(
    text: str, units: list[str], stop: int, end: int, words: Organisations, addressee: Addressee, asked: bool
) -> Duty | None:
    """What the words after the names say of them."""
    rest = text[stop:end]
    if rest.startswith("牵头"):
        return units, list(units), "句中写明由其牵头"
    after = rest[1:] if rest.startswith(("也", "已", "还")) else rest
    companion = words.companion.match(re.sub(r"^(?:目前)?(?:将|要|应|正在|正|抓紧)?", "", after))
    if companion:
        where = text.index(companion[0], stop) + len(companion[0])
        more, _ = _run(text, where, min(end, where + _REACH), words, addressee)
        return units + [u for u in more if u not in units], [], f"“{units[0]}”{companion[0]}其他单位承担"
    if asked and _POST.search(rest):
        return None
    if asked or words.duty.match(after) or _DURING.match(text, stop):
        return units, [], f"单位后接“{after[:2]}”，承担这项工作"
    return None


def _run(
    text: str, start: int, end: int, words: Organisations, addressee: Addressee
) -> tuple[list[str], int]:
    """A list of names from `start` on and where it ends."""
    units: list[str] = []
    at = start
    while at < end:
        name, stop = _one(text, at, end, words, addressee)
        if not name:
            break
        units.append(name)
        etc = _ETC.match(text, stop, end)
        at = etc.end() if etc else stop
        joint = _JOINT.match(text, at, end)
        if not joint and not (etc and etc[0][-1] in "和及与、"):
            break
        at = joint.end() if joint else at
    return units, at


def _one(text: str, start: int, end: int, words: Organisations, addressee: Addressee) -> tuple[str, int]:
    your = words.your.match(text, start, end)
    if your:
        group = words.sets.match(text, your.end(), end)
        return addressee.resolve(your[0]) + (group[0] if group else ""), group.end() if group else your.end()
    group = words.sets.match(text, start, end)
    if group:
        return group[0], group.end()
    allowed = _NAME.match(text, start, end)
    if not allowed or words.not_start.match(text, start):
        return "", start
    names = (text[start : found.end()] for found in words.trusted.finditer(text, start + 1, allowed.end()))
    fit = [name for name in names if not words.not_name.search(name) and not _NOT_WITHIN.search(name)]
    near = [name for name in fit if len(name) - len(fit[0]) <= _LONGER]
    best = next((name for name in near if _ends_here(text, start + len(name), words)), fit[0] if fit else "")
    return best, start + len(best)


def _ends_here(text: str, at: int, words: Organisations) -> bool:
    """Does a name end here: before a separator, a duty or a companion? 区政府 in 区政府督查办 does not."""
    return bool(_BOUNDARY.match(text, at) or words.duty.match(text, at) or words.companion.match(text, at))


def _item(
    flow: Flow,
    outline: Outline,
    start: int,
    end: int,
    units: list[str],
    lead: list[str],
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
