"""Figures of the paper, each read as a target, as something achieved or as a condition.

The kernel's scanner finds figures; here decoys and lengths of time that are deadlines are dropped. `kinds` decides what a
figure is, `indicators` what it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from huanchuang.engines.kernel.figures import Figure, scan_figures
from huanchuang.engines.reader.context import Context, context_of
from huanchuang.engines.reader.deadlines import TimePhrase, Year
from huanchuang.engines.reader.flow import RAISED_POINT, Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.head import Head
from huanchuang.engines.reader.indicators import indicator_of
from huanchuang.engines.reader.kinds import kind_of, reading_of
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.respectively import dated_respectively
from huanchuang.engines.reader.table_items import Measured, measured_in
from huanchuang.engines.reader.tables import Tables
from huanchuang.engines.reader.values import Quantity

_TWINS = 40
_SPANS = ("年", "个月", "天", "周", "日", "小时", "星期")
_RAISED = re.compile(r"(?:提高|增加|延长|缩短|上升|下降)(?:到|至)")
_SOME = re.compile(r"^\d+[多余]")
_LASTING = re.compile(
    r"(?:连续|延长|延长到|缩短|压缩|压减|减少|增加|提高到|提高|达到|达|满|历时|为期|期限|任期|年限|有效期|期|不少于|累计|至|到|为)(?:了|为|到|至)?$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where it stands in the flow."""

    start: int
    end: int
    item: Quantity


def quantities_of(
    flow: Flow,
    grammar: Grammar,
    outline: Outline,
    head: Head,
    tables: Tables,
    times: list[TimePhrase],
    year: Year,
) -> list[Found]:
    """All quantities in the order of the text."""
    reading = reading_of(flow, head, grammar)
    context = context_of(flow, grammar, outline, head, tables, times, year, reading)
    decoys = _decoys(flow, grammar, head)
    listed = [_listed(context, one) for one in measured_in(flow, grammar, tables, year)]
    cells = _mask(len(flow.text), [(one.start, one.end) for one in listed])
    found: list[Found] = []
    for figure in scan_figures(RAISED_POINT.sub(".", flow.text), grammar.lexicon):
        number = figure.number_start, figure.number_end
        if any(decoys[slice(*number)]) or any(cells[slice(*number)]):
            continue
        if _is_day(flow.text, figure) or context.in_time(*number) or _is_span(flow.text, figure):
            continue
        previous = (found[-1].end, found[-1].item.indicator) if found else None
        found.append(_found(context, figure, previous))
    return _same_targets(_by_year(flow.text, sorted([*found, *listed], key=lambda one: one.start)))


def _by_year(text: str, found: list[Found]) -> list[Found]:
    """2026年、2027年分别达到20家、30家: each figure has its own year."""
    items = dated_respectively(text, [one.item for one in found], [(one.start, one.end) for one in found])
    return [replace(one, item=item) for one, item in zip(found, items, strict=True)]


def _decoys(flow: Flow, grammar: Grammar, head: Head) -> bytearray:
    spans = [match.span() for decoy in grammar.decoys for match in decoy.pattern.finditer(flow.text)]
    spans += list(head.masked)
    for start, end in flow.paragraphs():
        if grammar.annex.match(flow.text, start, end) or grammar.contacts.match(flow.text, start + 1, end):
            spans.append((start, end))
    return _mask(len(flow.text), spans)


def _mask(length: int, spans: list[tuple[int, int]]) -> bytearray:
    mask = bytearray(length + 1)
    for start, end in spans:
        mask[start:end] = b"\x01" * (end - start)
    return mask


def _is_day(text: str, figure: Figure) -> bool:
    """5月3日内蒙古: a day, not three days."""
    return figure.unit == "日" and text[figure.number_start - 1 : figure.number_start] == "月"


def _is_span(text: str, figure: Figure) -> bool:
    """分3年实施, 10年目标, not 从9.5年提高到: a length of time that says how long something takes and counts nothing."""
    if "." in figure.text and _RAISED.match(text, figure.end):
        return False
    told = figure.comparator != "=" and not (figure.comparator == ">" and _SOME.search(figure.text))
    if figure.dimension != "time" or told or figure.unit not in _SPANS:
        return False
    return not _LASTING.search(text, max(0, figure.number_start - 8), figure.number_start)


def _found(context: Context, figure: Figure, previous: tuple[int, str] | None) -> Found:
    flow = context.flow
    start, end = figure.start, figure.end
    first, last = flow.place(start, end)
    kind, why = kind_of(context, figure)
    time, carried = _time(context, figure)
    indicator = indicator_of(context, figure, previous)
    item = Quantity(
        text=flow.printed(start, end), start=first, end=last, indicator=indicator,
        value=figure.value, value_max=figure.value_max, unit=figure.unit,
        value_base=figure.value_base, unit_base=figure.unit_base, comparator=figure.comparator,
        kind=kind, target_kind=_target_kind(figure, context.grammar) if kind == "target" else None,
        period=time.item.text if time else None, resolved=time.item.resolved if time else None,
        task_id=context.outline.task(start), why=why + ("；期限承接上文" if carried else ""),
        inferred=figure.implied or carried or _noun_gives_unit(flow.text, figure), repaired=flow.repaired(start, end),
    )  # fmt: skip
    return Found(start, end, item)


def _listed(context: Context, one: Measured) -> Found:
    """A value in a list of indicators."""
    flow, figure = context.flow, one.figure
    first, last = flow.place(figure.start, figure.end)
    item = Quantity(
        text=flow.printed(figure.start, figure.end), start=first, end=last, indicator=one.indicator,
        value=figure.value, value_max=figure.value_max, unit=figure.unit,
        value_base=figure.value_base, unit_base=figure.unit_base, comparator=figure.comparator,
        kind=one.kind, target_kind=_target_kind(figure, context.grammar) if one.kind == "target" else None,
        period=one.column if one.year else None, resolved=f"{one.year}-12-31" if one.year else None,
        task_id=context.outline.task(figure.start), why=f"指标表中“{one.column}”一栏，计量单位取自表头或单位栏",
        inferred=True, repaired=flow.repaired(figure.start, figure.end),
    )  # fmt: skip
    return Found(figure.start, figure.end, item)


def _noun_gives_unit(text: str, figure: Figure) -> bool:
    """6434万农村人口 is read as 万人: the unit does not stand next to the number."""
    return (
        figure.unit_base in ("人", "户")
        and figure.unit_base not in text[figure.number_start : figure.number_end]
    )


def _time(context: Context, figure: Figure) -> tuple[TimePhrase | None, bool]:
    """The time phrase that binds the figure, and whether it was carried over from an earlier sentence of the paragraph."""
    row = context.tables.row_at(figure.start)
    until = row[0].cell(row[1], "deadline") if row else None
    if until:
        held = [
            time for time in context.before(until.end) if time.start >= until.start and time.item.resolved
        ]
        if held:
            return held[0], False
    start, end = context.sentence(figure.start)
    paragraph = context.flow.text.rfind("\n", 0, figure.start) + 1
    for time in context.before(end):
        if time.start < paragraph:
            break
        if time.start <= figure.start and (time.start >= start or time.item.resolved):
            return time, time.start < start
    return None, False


def _target_kind(figure: Figure, grammar: Grammar) -> str:
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
        key = (item.kind, item.value_base, item.value_max, item.unit_base, item.comparator)
        twin = next((i for i in first.get(key, ())[:_TWINS] if _same(out[i].item, item)), None)
        if item.kind == "target" and twin is not None:
            entry = replace(entry, item=replace(item, duplicate_of=twin))
        else:
            first.setdefault(key, []).append(index)
        out.append(entry)
    return out


def _same(one: Quantity, other: Quantity) -> bool:
    """The same noun, and no two different days; 每年8家 is not 2027年底8家."""
    if one.resolved and other.resolved and one.resolved != other.resolved:
        return False
    recurs = ("每" in (one.period or "")) != ("每" in (other.period or ""))
    return not (recurs and (one.resolved or other.resolved)) and _same_noun(one.indicator, other.indicator)


def _same_noun(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 3:
        return False
    return one in other or other in one or one[-4:] == other[-4:]
