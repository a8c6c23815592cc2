"""Figures of the paper, each read as a target, as something achieved or as a condition.

The kernel's scanner finds figures; here decoys are dropped and the words around, the section and the kind of paper decide
what a figure is. The nearest evidence wins: clause, then sentence, then heading, then kind of paper.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from huanchuang.engines.kernel.figures import Figure, scan_figures
from huanchuang.engines.reader.deadlines import TimePhrase, Year
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.head import Head
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.values import Quantity

_SENTENCE_END = re.compile(r"[。;!?\n]")
_CLAUSE_BREAK = re.compile(r"[,。;:!?\n]")
_NOUN_AFTER = re.compile(r"(?:以上|以内|以下|左右)?的?([一-龥“”A-Za-z()]{1,24})")
_NOUN_BEFORE = re.compile(r"([^,。;:!?\n、\d]{1,40})$")
_BASELINE = re.compile(r"[从由][^,。;]{0,12}$")
_RAISED = re.compile(
    r"[^,。;\d]{0,6}(?:提高|增加|扩大|上升|增长|提升|下降|降低|减少|缩短|调整)(?:到|至)|[^,。;\d]{0,4}[升降增减调][到至]"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_TERM = re.compile(r"(?:有效期|期限|任期|为期|试行期|周期)[^,。;]{0,4}$")
_BEARER = re.compile(
    r"的?[一-龥]{0,4}(?:企业|项目|机组|锅炉|装置|设备|生产线|矿井|煤矿|船舶|车辆|用户|单位|城市|住宅)"
)
_COUNTABLE = ("count", "number", "share", "points", "multiple", "time")
_NEAR = 3
# a text without any stop must not cost more than its length: so far a sentence and a clause are looked through
_LONGEST_SENTENCE = 600
_LONGEST_CLAUSE = 200
_TWINS = 40
_SENDS = re.compile(r"印发|转发|公布|发布")
_FORWARD = re.compile(r"》?的(?:通知|决定|公告|函)$")
_REST_OF_A_TIME = re.compile(
    r"^(?!前[沿列景置]|内[部涵容贸河设]|年[均产度轻]|月[均度])"
    r"(?:[年月](?:[底末初]?(?:之?前|以前|内)?)|年内|底前|前|内)(?=[一-龥]{3})"
)
"""What is left of 2026年6月底前 when the number before it ends the words."""
_LEADING_VERBS = re.compile(
    r"^(?:力争|争取|确保|新增|累计|已|实现|建成|建设|培育|引进|打造|达到|完成|使|将|推动|带动|促成|其中|和|及|等|的)+"
)
_TRAILING_WORDS = re.compile(
    r"(?:突破|超过|达到|达|不低于|增长|提高到|约为|约|近|超|共计|共|为|至少|新增|完成|实现|稳定在|控制在|均|分别|总体|到|了|数量|以上|力争|各)+$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where it stands in the flow."""

    start: int
    end: int
    item: Quantity


@dataclass(frozen=True, slots=True)
class _Reader:
    flow: Flow
    grammar: Grammar
    outline: Outline
    head: Head
    times: list[TimePhrase]
    starts: list[int]
    breaks: list[int]
    year: Year
    reading: str


def quantities_of(
    flow: Flow, grammar: Grammar, outline: Outline, head: Head, times: list[TimePhrase], year: Year
) -> list[Found]:
    """All quantities in the order of the text."""
    breaks = [m.start() for m in _SENTENCE_END.finditer(flow.text)]
    reader = _Reader(
        flow,
        grammar,
        outline,
        head,
        times,
        [time.start for time in times],
        breaks,
        year,
        reading_of(flow, head, grammar),
    )
    decoys = _decoys(flow, grammar, head)
    figures = [
        f
        for f in scan_figures(flow.text)
        if not any(decoys[f.number_start : f.number_end]) and not _is_day(flow.text, f)
    ]
    return _same_targets([_found(reader, figure) for figure in figures])


def _decoys(flow: Flow, grammar: Grammar, head: Head) -> bytearray:
    mask = bytearray(len(flow.text) + 1)
    spans = [match.span() for decoy in grammar.decoys for match in decoy.pattern.finditer(flow.text)]
    spans += list(head.masked)
    for start, end in flow.paragraphs():
        if grammar.annex.match(flow.text, start, end) or grammar.contacts.match(flow.text, start + 1, end):
            spans.append((start, end))
    for start, end in spans:
        mask[start:end] = b"\x01" * (end - start)
    return mask


def _is_day(text: str, figure: Figure) -> bool:
    """5月3日内蒙古: a day, not three days."""
    return figure.unit == "日" and text[figure.number_start - 1 : figure.number_start] == "月"


def _found(reader: _Reader, figure: Figure) -> Found:
    flow = reader.flow
    start, end = figure.start, figure.end
    first, last = flow.place(start, end)
    kind, why = _kind(reader, figure)
    time, carried = _time(reader, figure)
    indicator = _indicator(flow.text, figure)
    item = Quantity(
        text=flow.printed(start, end), start=first, end=last, indicator=indicator,
        value=figure.value, value_max=figure.value_max, unit=figure.unit,
        value_base=figure.value_base, unit_base=figure.unit_base, comparator=figure.comparator,
        kind=kind, target_kind=_target_kind(figure, indicator, reader.grammar) if kind == "target" else None,
        period=time.item.text if time else None, resolved=time.item.resolved if time else None,
        task_id=reader.outline.task(start), why=why + ("；期限承接上文" if carried else ""),
        inferred=figure.implied or carried or _noun_gives_unit(flow.text, figure), repaired=flow.repaired(start, end),
    )  # fmt: skip
    return Found(start, end, item)


def _noun_gives_unit(text: str, figure: Figure) -> bool:
    """6434万农村人口 is read as 万人: the unit does not stand next to the number."""
    return (
        figure.unit_base in ("人", "户")
        and figure.unit_base not in text[figure.number_start : figure.number_end]
    )


def _sentence(reader: _Reader, position: int) -> tuple[int, int]:
    index = bisect_right(reader.breaks, position)
    start = reader.breaks[index - 1] + 1 if index else 0
    end = reader.breaks[index] if index < len(reader.breaks) else len(reader.flow.text)
    return max(start, position - _LONGEST_SENTENCE), min(end, position + _LONGEST_SENTENCE)


def _kind(reader: _Reader, figure: Figure) -> tuple[str, str]:
    """target, achieved or condition, and the evidence: clause first, then sentence, heading and kind of paper."""
    text, words = reader.flow.text, reader.grammar.words
    start, end = _sentence(reader, figure.number_start)
    clause_start = _clause_start(text, start, figure.start)
    tense = reader.outline.tense(figure.start) or reader.reading
    condition = words["condition"].search(text, clause_start, min(end, figure.end + 12))
    if condition and tense != "past":
        return "condition", f"“{condition[0]}”说的是支持、扣除或处罚的条件"
    if (
        tense != "past"
        and figure.dimension in ("money", "share")
        and _rewards(reader, text[clause_start : figure.start])
    ):
        return "condition", "紧跟在奖励、补助后面的金额或比例"
    bound = figure.comparator in ("<=", ">=", "<", ">") or _TERM.search(text[clause_start : figure.start])
    if figure.dimension == "time" and bound and tense != "past":
        return "condition", "时间长短是办理或适用的条件"
    if tense != "past" and _is_threshold(text, figure):
        return "condition", "说的是对象须达到或不超过的规模"
    if _BASELINE.search(text[clause_start : figure.start]) and _RAISED.match(text, figure.end):
        return "achieved", "“从…到…”中的前一个数是原有水平"
    ahead = _ahead(reader, start, figure)
    sure = words["surely_achieved"].search(text, max(clause_start, ahead[2] if ahead else 0), figure.end)
    if sure and tense != "condition":
        return "achieved", f"“{sure[0]}”说的是已有情况"
    if ahead and (tense != "past" or ahead[1]):
        return "target", f"“{ahead[0]}”说的是要做到的事，按目标读"
    told = words["achieved"].search(text, start, figure.end)
    if told and tense not in ("future", "condition"):
        return "achieved", f"“{told[0]}”说的是已有情况"
    past = _past_year(reader, start, figure)
    if past and tense != "condition":
        return "achieved", f"“{past}”是成文以前的年份"
    return _by_heading(reader, figure, tense, clause_start)


def _is_threshold(text: str, figure: Figure) -> bool:
    """30万千瓦以下煤电机组, 2000万元以上的企业: a size that tells which ones are meant."""
    bounded = figure.comparator in ("<=", ">=", "<", ">") and figure.end > figure.number_end
    return bounded and figure.dimension not in _COUNTABLE and bool(_BEARER.match(text, figure.end))


def _rewards(reader: _Reader, before: str) -> bool:
    """奖励10万元, 补助最高50万元; but not 补助标准提高到320元."""
    words = list(reader.grammar.words["reward"].finditer(before))
    rest = before[words[-1].end() :] if words else ""
    return bool(words) and len(rest) <= _NEAR and "标准" not in rest


def _by_heading(reader: _Reader, figure: Figure, tense: str | None, clause_start: int) -> tuple[str, str]:
    if reader.outline.tense(figure.start):
        return _KINDS[tense or "future"], "按所在标题判断"
    hope = reader.grammar.words["target"].search(reader.flow.text, clause_start, figure.start)
    if hope and reader.reading == "past?":
        return "target", f"“{hope[0]}”说的是要做到的事，按目标读"
    return _KINDS[
        reader.reading
    ], f"“{reader.head.document.kind or '本文'}”里没有其他说明的数字按{_READINGS[reader.reading]}读"


def _past_year(reader: _Reader, start: int, figure: Figure) -> str | None:
    """A year before the paper's own that the sentence names before the figure."""
    if not reader.year.firm or reader.year.value is None:
        return None
    for match in _YEAR.finditer(reader.flow.text, start, figure.start):
        if int(match[1]) < reader.year.value:
            return match[0]
    return None


def reading_of(flow: Flow, head: Head, grammar: Grammar) -> str:
    """What figures of this kind of paper are: future, past or condition. 关于印发《…办法》的通知 is read as the 办法."""
    title = flow.text[slice(*head.title)].replace("\n", "")
    inner = _FORWARD.sub("", title) if _SENDS.search(title) or title.endswith("通知") else title
    for text in (inner, title):
        plain = re.sub(r"\([^()]{1,12}\)$", "", text.rstrip("》”"))
        for word, reading in sorted(grammar.kinds, key=lambda kind: -len(kind[0])):
            if plain.endswith(word):
                return {"target": "future", "achieved": "past?", "condition": "condition"}[reading]
    return "future"


def _clause_start(text: str, low: int, position: int) -> int:
    low = max(low, position - _LONGEST_CLAUSE)
    for at in range(position - 1, low - 1, -1):
        if _CLAUSE_BREAK.match(text[at]):
            return at + 1
    return low


def _ahead(reader: _Reader, start: int, figure: Figure) -> tuple[str, bool, int] | None:
    """A word of hope or a deadline not before the paper's year, in the sentence before the figure; whether it settles the matter; its end."""
    text, words = reader.flow.text, reader.grammar.words
    hedge = words["strong"].search(text, start, figure.end) or words["hedge"].search(text, start, figure.end)
    if hedge:
        return hedge[0], False, hedge.end()
    for time in _before(reader, figure.start):
        if time.start < start:
            break
        resolved = time.item.resolved
        if resolved and not reader.year.lies_behind(resolved):
            return time.item.text, reader.year.firm and int(resolved[:4]) > (reader.year.value or 0), time.end
    return None


def _before(reader: _Reader, position: int) -> list[TimePhrase]:
    """The last few time phrases before a position, nearest first."""
    index = bisect_right(reader.starts, position)
    return reader.times[max(0, index - 4) : index][::-1]


_KINDS = {"future": "target", "past": "achieved", "past?": "achieved", "condition": "condition"}
_READINGS = {"future": "目标", "past?": "已有情况", "condition": "条件"}


def _time(reader: _Reader, figure: Figure) -> tuple[TimePhrase | None, bool]:
    """The time phrase that binds the figure, and whether it was carried over from an earlier sentence of the paragraph."""
    start, end = _sentence(reader, figure.start)
    paragraph = reader.flow.text.rfind("\n", 0, figure.start) + 1
    for time in _before(reader, end):
        if time.start < paragraph:
            break
        if time.start <= figure.start:
            return time, time.start < start
    return None, False


def _indicator(text: str, figure: Figure) -> str:
    """The noun that is counted: the words after a count, else those before the comparator."""
    after = _NOUN_AFTER.match(text, figure.end)
    before = _NOUN_BEFORE.search(text, max(0, figure.start - 40), figure.start)
    lead = _TRAILING_WORDS.sub("", before[1]) if before else ""
    lead = _LEADING_VERBS.sub("", _REST_OF_A_TIME.sub("", lead))
    if after and (figure.dimension == "count" or len(lead) < 2):
        return after[1]
    return lead or (after[1] if after else figure.text)


def _target_kind(figure: Figure, indicator: str, grammar: Grammar) -> str:
    if figure.implied and grammar.words["coverage"].search(figure.text):
        return "coverage"
    if figure.comparator == "growth":
        return "growth"
    return "share" if figure.unit_base in ("%", "‰") else "count"


def _same_targets(found: list[Found]) -> list[Found]:
    """The same target said again points to its first statement."""
    first: dict[tuple[object, ...], list[int]] = {}
    out: list[Found] = []
    for index, entry in enumerate(found):
        item = entry.item
        key = (item.kind, item.value_base, item.unit_base, item.comparator)
        twin = next(
            (i for i in first.get(key, ())[:_TWINS] if _same_noun(out[i].item.indicator, item.indicator)),
            None,
        )
        if item.kind == "target" and twin is not None:
            entry = replace(entry, item=replace(item, duplicate_of=twin))
        else:
            first.setdefault(key, []).append(index)
        out.append(entry)
    return out


def _same_noun(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 3:
        return False
    return one in other or other in one or one[-4:] == other[-4:]
