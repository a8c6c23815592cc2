"""Sentences that give a body a duty: 请财政部会同有关部门制定…, 各地区要…, …由民政部门依法办理.

A clause is read in three ways, the first that fits counts: its subject stands at its beginning; the body stands after 由;
the subject is the end of a longer phrase (承担任务的县级人民政府要…). What follows the names decides whether it is a duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from huanchuang.engines.reader.grammar import Organisations
from huanchuang.engines.reader.outline import Outline

ETC = re.compile(r"等(?:各?(?:有关|相关)?(?:部门|单位|机构|方面|委办局|地区|地方))?(?:和|及|与|、)?")
"""等, 等部门, 等有关地区: the end of a list of names."""
_CLAUSE = re.compile(r"(?:[^,。;:!?\n()|]|\([^()\n]{1,12}\))+")
_SHORT_NAMES = re.compile(
    r"(?P<names>[一-龥]{2,8}(?:、[一-龥]{2,8}){0,14}(?:和[一-龥]{2,8})?)等(?:各|有关|相关|各有关|各相关)?(?:部门|单位|主管部门)"
)
"""民政、公安、人民银行等部门: names without an end, which 等部门 tells to be names."""
_NAME = re.compile(r"(?:[一-龥·]|\([^()\n]{1,12}\)){2,24}")
_NUMBERED = re.compile(
    r"\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、]|第[一二三四五六七八九十百\d]{1,5}条|[一二三四五六七八九十]{1,2}是"
)
_NOT_WITHIN = re.compile(
    r"[的或及并向要将请]|(?<!自)由|应(?!急)|对(?!外)|报(?![社刊告警])|提交|按照|根据|应当|设立|转送"
)
_BY = re.compile(r"(?<![自理经缘])由|(?<=[应拟可])请")
_MUST_BY = re.compile(r"(?:应当?|须|(?<!需)要|可以?|均|分别|统一|一律)$")
_TAKES = re.compile(r"(?:具体|统一|共同|分别|按职责分工?)?(?:负责(?!同志|人)|牵头|承担|会同)")
_ATTRIBUTE = re.compile(r"[^的]{0,14}的[一-龥]|(?:起草|制定|印发|批准|设立|组建)[^,。;的]{1,40}的[一-龥]")
_MODAL = re.compile(r",?(?:要|应当?|须|必须|务必)(?![求用对急])")
_CARRY = re.compile(r"(?:同时|并|还|也|目前|并且)*(?:将|要|应|正|正在)?(?=会同|联合)")
_TOGETHER = re.compile(r"与(?=[^,。;\n]{2,16}共同)")
_DURING = re.compile(
    r"在[^。;\n]{2,40}?[时中后],(?:继续)?[要应将须]"
    r"|(?:在|对|按|根据|依据|依照|结合|围绕|针对|作为)[^,。;\n]{2,40}?,?(?:继续|[也都均还仍更])?"
    r"(?:(?<![需主重首必])要(?![求素点])|应(?![用对急])|须|负责(?!同志|人))"
)
_REST_OF_LIST = re.compile(r"[^,。;\n]{2,30}?(?<![需主重首必])[都均]?(?:要|应当?|须|必须)(?![求用对急素点])")
_ESPECIALLY = re.compile(
    r",?(?:特别是|尤其是|包括)[^,。;\n]{2,40}?(?=,?(?:要|应当?|须|必须|务必)(?![求用对急素点]))"
)
"""各级人民政府特别是重点地区的人民政府应…: what stands between the names and what they have to do."""
_FROM = re.compile(r"(?:每年|每季度?|按年|按月)?从[^,。;\n]{2,30}?中?(?=支付|拨付|列支|安排|提取|解决)")
_ON_FINDING = re.compile(
    r"(?:发现|接到|收到|受理|认为|查实|认定|经(?:审查|审核|核查|调查))[^,。;\n]{2,60}?[的后时]$"
)
"""税务机关发现…的，应当…: the condition between the body and its duty, which the next clause says."""
_WHEN = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:年?底前|之?前|内|上半年|下半年)?|今年|明年|近期|下一步|今后|届时"
)
_LEADS = re.compile(
    r"(?:要|应当?|将|须|正在|正|负责|继续|具体|统一|切实|认真|会同|做好|抓好|发挥好?|履行好?){0,4}牵头(?!单位|部门)"
)
_IS_LEAD = re.compile(r"(?:为|作为|是|系)(?:第一|项目|主要)?牵头(?:责任)?(?:单位|部门)")
_AS = re.compile(r"以|明确|确定|由")
_WITH = re.compile(
    r"(?:要|将|应|正在|正)?[与同](?=[^,。;\n]{2,60}?(?:一起|一道|共同|联合|协商|会商|配合|衔接|协作|签订|签署|订立))"
)
_DONE = re.compile(r"[一-龥]{0,4}?(?:进行|开展|作出|做出|召开|完成|取得|采取|举行)了")
_ANSWERS = re.compile(
    r"对[^,。;\n]{2,80}(?:负总责|负责|负全责|负首要责任|负主要责任|负主体责任|承担主体责任)"
)
_GENERIC = re.compile(
    r"[一-龥]{2,12}?(?:机构|协会|商会|学会|联合会|医院|学校|银行|公司|集团|法院|检察院)(?=(?:要|应当?|须|必须|负责)(?![求用对急]))"
)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|围绕|针对|对照|按)[^,。;\n]{2,40},?")
_TOLD = re.compile(r"近年来|年以来|以来|去年|一年来|年来|过去")
_ALSO = ("也", "已", "还", "都", "均", "仍", "更")
_POST = re.compile(r"(?:担任|兼任|组成)$")
_NO_COMMA = (
    r"(?:(?<=地区)|(?<=各地)|(?<=部门)|(?<=单位))(?=各(?:有关|相关)?(?:部门|单位|地区|级))"  # 各地区各部门
)
_BOUNDARY = re.compile(rf"以及|或|[、,;。:)\n和与及等在也已还都均仍更正按]|根据|依据|依照|依法|$|{_NO_COMMA}")
_JOINT = re.compile(rf"、|以及|和|与|及|{_NO_COMMA}")
_LOCAL_COMMISSION = re.compile(r"[省市县区州][一-龥]{1,8}委")
_SENTENCE_END = re.compile(r"[。;\n]")
_PARENT = re.compile(r"(?:国务院|政府)$")
_BELOW = re.compile(r".{2,22}(?:部门|机构|机关|办公室|会议|小组|委员会)$")
_NOT_DIRECTED = "的工和与及等"  # 指导各园区的工作 gives nobody a duty
_REACH = 160  # how far a list of names may run
_LONGER = 6  # how much of a name may follow a part of it that could stand alone: 区政府 and 区政府督查办


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause with the bodies it gives a duty, those that lead, and why it was read so."""

    start: int
    end: int
    units: tuple[str, ...]
    lead: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """The text with what is known of names in it."""

    text: str
    words: Organisations
    outline: Outline
    addressee: str

    def names(self, start: int, end: int) -> tuple[tuple[str, ...], int]:
        """A list of names from `start` on and where it ends."""
        units: list[str] = []
        at, end = start, min(end, start + _REACH)
        short = _SHORT_NAMES.match(self.text, start, end)
        if short and self._short(short["names"]):
            return tuple(dict.fromkeys(self._parts(short["names"]))), short.end()
        while at < end:
            name, stop = self._name(at, end)
            if not name:
                break
            units.append(name)
            etc = ETC.match(self.text, stop, end)
            at = etc.end() if etc else stop
            joint = _JOINT.match(self.text, at, end)
            if not joint and not (etc and etc[0][-1] in "和及与、"):
                break
            at = joint.end() if joint else at
        return tuple(dict.fromkeys(units)), at

    def _short(self, names: str) -> bool:
        """Can all pieces of a list stand for bodies, one of them without an end of its own?"""
        pieces = self._parts(names)
        bare = [name for name in pieces if not self.words.trusted.fullmatch(name[-1:])]
        verbs = any(
            self.words.not_start.match(name) and not self.words.may_start.match(name) for name in pieces
        )
        return bool(bare) and not verbs and all(self.fits(name) for name in pieces)

    def _parts(self, names: str) -> list[str]:
        """The pieces of a list; 文化和旅游部 is one, 民政和公安 are two."""
        *rest, last = names.split("、")
        first, joint, second = last.partition("和")
        ended = self.words.trusted.fullmatch(last[-1:]) and not self.words.trusted.fullmatch(first[-1:])
        return [*rest, *([first, second] if joint and not ended else [last])]

    def _name(self, start: int, end: int) -> tuple[str, int]:
        your = self.words.your.match(self.text, start, end)
        if your:
            group = self.words.sets.match(self.text, your.end(), end)
            name = self._place(your[0]) + (group[0] if group else "")
            return name, group.end() if group else your.end()
        office = self.words.office.match(self.text, start, end)
        if office:
            return office[0], office.end()
        known = self.words.sets.match(self.text, start, end) or self.words.place.match(self.text, start, end)
        if known and self._ends(known.end()):
            return known[0], known.end()
        name = self._trusted(start, end)
        if not name and known:
            return known[0], known.end()
        return name, start + len(name)

    def _trusted(self, start: int, end: int) -> str:
        """A name by its end; of several ends the first that a separator, a duty or an act follows."""
        allowed = _NAME.match(self.text, start, end)
        verb = self.words.not_start.match(self.text, start) and not self.words.may_start.match(
            self.text, start
        )
        if not allowed or verb:
            return ""
        ends = self.words.trusted.finditer(self.text, start, allowed.end())
        whole = (found.end() for found in ends if found.start() > start or len(found[0]) > 2)
        fit = [stop for stop in whole if self.fits(self.text[start:stop])]
        near = (stop for stop in fit if stop - fit[0] <= _LONGER)
        ended = next((stop for stop in near if self.ended(stop)), None)
        return self.text[start : ended or self._below(start, fit)]

    def _below(self, start: int, stops: list[int]) -> int:
        """Where nothing tells: 国务院 and 区政府 stand for a body of theirs that is named next, else the first end."""
        if stops and _PARENT.search(self.text, start, stops[0]):
            below = [stop for stop in stops if _BELOW.match(self.text, stops[0], stop)]
            return next((stop for stop in below if self._ends(stop)), (*below, stops[0])[0])
        return stops[0] if stops else start

    def fits(self, name: str) -> bool:
        """Can it be a name: no verb and no particle within, no word that only ends like one?"""
        ended = not self.words.not_name.search(name) or _LOCAL_COMMISSION.fullmatch(name)
        return bool(ended) and not _NOT_WITHIN.search(name)

    def ended(self, at: int) -> bool:
        """Do names end here, or does an act follow? 部际联席会议 in 部际联席会议制度 does not."""
        return self._ends(at) or bool(self.words.act.match(self.text, at))

    def _ends(self, at: int) -> bool:
        """Does a name end here: before a separator, a duty or a companion? 区政府 in 区政府督查办 does not."""
        return any(
            pattern.match(self.text, at) for pattern in (_BOUNDARY, self.words.duty, self.words.companion)
        )

    def _place(self, word: str) -> str:
        """The name behind 你省 in a letter to 四川省人民政府."""
        place = re.match(r"[一-龥]{2,9}?[省市区县]", self.addressee.strip())
        return place[0] if place and place[0].endswith(word[-1]) else word


def duties_of(
    text: str,
    words: Organisations,
    outline: Outline,
    addressee: str,
    body: int,
    bound: Sequence[tuple[int, int]],
) -> Iterator[Duty]:
    """All duties in sentences from `body` on; spans of `bound` were read already. `addressee`: whom the paper speaks to."""
    reader = _Reader(text, words, outline, addressee)
    inside = bytearray(len(text) + 1)
    for start, end in bound:
        inside[start:end] = b"\x01" * (end - start)
    last: Duty | None = None
    for clause in _CLAUSE.finditer(text, body):
        start, end = clause.span()
        if inside[start]:
            continue
        numbered = _NUMBERED.match(text, start, end)
        start = numbered.end() if numbered else start
        if last and not _same_sentence(text, last.end, start):
            yield last
            last = None
        more = _carried(reader, start, end) if last else ()
        if last and more:
            units = tuple(dict.fromkeys((*last.units, *more)))
            last = replace(last, end=end, units=units, why=last.why + "，并会同其他单位")
            continue
        duty = _duty(reader, start, end)
        if duty and last:
            yield last
        last = duty or last
    if last:
        yield last


def _same_sentence(text: str, end: int, start: int) -> bool:
    return start - end <= _REACH and not _SENTENCE_END.search(text, end, start)


def _carried(reader: _Reader, start: int, end: int) -> tuple[str, ...]:
    """同时会同…: the subject of the clause before acts together with further units."""
    carry = _CARRY.match(reader.text, start, end)
    together = _TOGETHER.search(reader.text, start, end)
    at = carry.end() + 2 if carry else together.end() if together else end
    return reader.names(at, end)[0]


def _duty(reader: _Reader, start: int, end: int) -> Duty | None:
    """The duty that a clause gives, or None."""
    when = _WHEN.match(reader.text, start, end)
    if when and when.end() < end:
        later = _duty(reader, when.end(), end)
        return replace(later, start=start) if later else None
    directed = _directed(reader, start, end) if reader.words.directs.match(reader.text, start) else ()
    if directed:
        return Duty(start, end, directed, (), "被督促、指导的单位承担这项工作")
    prefix = reader.words.prefix.match(reader.text, start, end)
    lead_in = prefix[0] if prefix else ""
    asked = lead_in.startswith(("请", "建议"))
    at = start + len(lead_in) if asked or lead_in in ("同时", "其中", "并") else start
    units, stop = reader.names(at, end)
    if units:
        return _taken(reader, start, units, stop, end, asked)
    generic = _GENERIC.match(reader.text, start, end)
    if generic and reader.fits(generic[0]):
        return Duty(start, end, (generic[0],), (), f"“{generic[0]}”后接“要”或“应”，承担这项工作")
    return _as_lead(reader, start, end) or _by(reader, start, end) or _after_attribute(reader, start, end)


def _directed(reader: _Reader, start: int, end: int) -> tuple[str, ...]:
    """督促各镇街按月上报: whoever is named behind the word and has something to do."""
    if reader.outline.tense(start) == "past":
        return ()
    for word in reader.words.directs.finditer(reader.text, start, end):
        units, stop = reader.names(word.end(), end)
        if units and end - stop > 1 and reader.text[stop] not in _NOT_DIRECTED:
            return units
    return ()


def _as_lead(reader: _Reader, start: int, end: int) -> Duty | None:
    """以市科技局为牵头单位: what stands between the two words is a list of names."""
    for match in _IS_LEAD.finditer(reader.text, start, end):
        for word in _AS.finditer(reader.text, start, match.start()):
            units, stop = reader.names(word.end(), match.start())
            if units and stop == match.start():
                return Duty(start, end, units, units, "句中写明由其牵头")
    return None


def _by(reader: _Reader, start: int, end: int) -> Duty | None:
    """…由民政部门依法办理; 由市政府审定的项目 only describes."""
    for match in _BY.finditer(reader.text, start, end):
        units, stop = reader.names(match.end(), end)
        described = _ATTRIBUTE.match(reader.text, stop, end)
        if described and not (units and _TAKES.match(reader.text, stop)):
            chosen, after = reader.names(described.end() - 1, end)
            chosen = chosen if reader.ended(after) else ()
            must = match.start() == start or _MUST_BY.search(
                reader.text, max(start, match.start() - 3), match.start()
            )
            units, stop = (chosen, after) if chosen or not must else (units, stop)
        if units and end - stop > 1:
            return _taken(reader, start, units, stop, end, asked=True)
    return None


def _after_attribute(reader: _Reader, start: int, end: int) -> Duty | None:
    """承担任务的县级人民政府要…: only before 要, 应 and 须."""
    at = reader.text.rfind("的", start, end) + 1
    units, stop = reader.names(at, end) if at else ((), start)
    if units and _MODAL.match(reader.text, stop):
        return Duty(start, end, units, (), f"“{units[-1]}”后接“要”或“应”，承担这项工作")
    return None


def _acts(reader: _Reader, start: int, at: int) -> bool:
    """An act right after the names, or after what it is based on; not in a section or a sentence on the past."""
    if reader.outline.tense(start) == "past" or _TOLD.search(
        reader.text, _sentence_start(reader, start), start
    ):
        return False
    basis = _BASIS.match(reader.text, at)
    words = reader.words
    based = basis and (
        words.act.match(reader.text, basis.end()) or words.duty.match(reader.text, basis.end())
    )
    return bool(words.act.match(reader.text, at) or based)


def _sentence_start(reader: _Reader, at: int) -> int:
    first = max(0, at - _REACH)
    return max(reader.text.rfind("。", first, at), reader.text.rfind("\n", first, at), first - 1) + 1


def _later(text: str, stop: int, end: int) -> bool:
    """Does what the names have to do come later: in the next clause, after 特别是…, after where the money comes from?"""
    rest = text[stop:end]
    if not rest or _ON_FINDING.match(rest):
        return bool(_MODAL.match(text, end))
    if _ESPECIALLY.match(text, stop, end + 2) or _FROM.match(rest):
        return True
    return text[stop - 1] in "、和与及" and bool(_REST_OF_LIST.match(rest))


def _taken(
    reader: _Reader, start: int, units: tuple[str, ...], stop: int, end: int, asked: bool
) -> Duty | None:
    """What the words after the names say of them."""
    text, words = reader.text, reader.words
    rest = text[stop:end]
    if _LEADS.match(rest) or _IS_LEAD.match(rest):
        return Duty(start, end, units, units, "句中写明由其牵头")
    after = rest[1:] if rest.startswith(_ALSO) else rest
    together = _WITH.match(after)
    more = reader.names(end - len(after) + together.end(), end)[0] if together else ()
    if more:
        return Duty(start, end, tuple(dict.fromkeys((*units, *more))), (), f"“{units[0]}”与其他单位一起承担")
    companion = words.companion.match(re.sub(r"^(?:目前)?(?:将|要|应|正在|正|抓紧)?", "", after))
    if companion:
        more, _ = reader.names(text.index(companion[0], stop) + len(companion[0]), end)
        return Duty(
            start, end, tuple(dict.fromkeys((*units, *more))), (), f"“{units[0]}”{companion[0]}其他单位承担"
        )
    if (asked and _POST.search(rest)) or rest.startswith("负责解释"):
        return None
    acts = _acts(reader, start, end - len(after)) and not _DONE.match(after)
    later = _later(text, stop, end)
    if (
        asked
        or words.duty.match(after)
        or _ANSWERS.match(after)
        or _DURING.match(text, stop)
        or acts
        or later
    ):
        said = after[:2] or text[stop + 1 : stop + 2]
        both = tuple(dict.fromkeys((*units, *_directed(reader, stop, end))))
        return Duty(start, end, both, (), f"单位后接“{said}”，承担这项工作")
    return None
