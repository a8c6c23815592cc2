"""What a figure counts: the noun beside it, without verbs and words of time."""

from __future__ import annotations

import re

from huanchuang.engines.kernel.figures import Figure
from huanchuang.engines.reader.context import Context

_NOUN_AFTER = re.compile(r"(?:以上|以内|以下|左右)?的?([一-龥“”A-Za-z()]{1,24})")
_NOUN_BEFORE = re.compile(r"([^,。;:!?|\n、\d]{1,40})$")
_RATE = re.compile(r"(?:增长|增加|下降|降低|提高|减少|上涨|递增)(?:率|幅度|速度)|[增涨降]幅|增速")
_REST_OF_A_TIME = re.compile(
    r"^(?!前[沿列景置]|内[部涵容贸河设]|年[均产度轻]|月[均度])"
    r"(?:[年月](?:[底末初]?(?:之?前|以前|内)?)?|年内|底前|前|内)(?=[一-龥]{3})"
)
"""What is left of 2026年6月底前 when the number before it ends the words."""
_LEADING_VERBS = re.compile(
    r"^(?:力争|预计|计划|全年|拟|争取|确保|新增|累计|已|实现|建成|建设|培育|引进|打造|达到|完成|使|将|推动|带动|促成|其中|和|及|等|的|分别|每年|年内|起)+"
)
_TRAILING_WORDS = re.compile(
    r"(?:净增|每人每?|给予|予以|按照|按|最高|突破|超过|达到|达|不低于|增长|提高到|约为|约|近|超|共计|共|为|至少|新增|完成|实现|稳定在|保持在|控制在|每平方米|每公里|每亩|均|分别|总体|到|了"
    r"|数量|以上|力争|各|从|由|实际|占|按可比价格?(?:计算)?|[一二两三四五六七八九十]{1,2}年(?:来|内|间)?|每年|年|月|同比|环比|比上年|较上年|上升|下降|提高|增加|减少|降低|压减)+$"
)
_YEARLY = re.compile(r"(?:年|月|日|人|户|亩|地)均$|年平均$")
_JOINING = "和及与或并,、"
_LOOK_BACK = 60


def indicator_of(context: Context, figure: Figure, previous: tuple[int, str] | None) -> str:
    """The noun that is counted: the words after a count, else those before the comparator, else what the figure before
    counted in the same sentence (`previous`: where that one ends, and its noun)."""
    text = context.flow.text
    after = _NOUN_AFTER.match(text, figure.end)
    lead = _lead(context, figure, previous[0] if previous else 0)
    rate = _RATE.search(text, figure.start, figure.number_start)
    if rate:
        return f"{lead}{rate[0]}"
    noun = (
        after and len(after[1]) > 1 and after[1][0] not in _JOINING and not _is_time(context, after.start(1))
    )
    if after and noun and (figure.dimension == "count" or len(lead) < 2):
        return after[1]
    if len(lead) > 1:
        return lead
    if previous and previous[0] >= context.sentence(figure.start)[0]:
        return previous[1]
    return lead or figure.text


def _lead(context: Context, figure: Figure, floor: int) -> str:
    """The words before the figure in its clause, from `floor` on, without times and without verbs at their ends."""
    text, first = context.flow.text, max(0, figure.start - _LOOK_BACK, floor)
    parts, end = [], figure.start
    for time in context.before(figure.start):
        if time.end <= first:
            break
        if time.end <= end:
            parts.append(text[time.end : end])
            end = time.start
    parts.append(text[first:end])
    before = _NOUN_BEFORE.search("".join(reversed(parts)))
    words = before[1] if before else ""
    yearly = _YEARLY.search(words)
    lead = _TRAILING_WORDS.sub("", words) if not yearly else words
    if yearly:
        kept = _TRAILING_WORDS.sub("", words[: yearly.start()])
        rate = _RATE.search(text, figure.start, figure.number_start)
        lead = kept + yearly[0] if rate else kept
    return _LEADING_VERBS.sub("", _REST_OF_A_TIME.sub("", lead))


def _is_time(context: Context, start: int) -> bool:
    """Does a time begin right after the figure: 引进项目10个今年投产?"""
    return any(time.start == start for time in context.before(start)[:1])
