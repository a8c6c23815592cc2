"""Is a figure a target, something achieved or a condition? The nearest evidence wins: clause, sentence, heading, paper."""

from __future__ import annotations

import re

from huanchuang.engines.kernel.figures import Figure
from huanchuang.engines.reader.context import Context
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.head import Head

_BASELINE = re.compile(r"[从由][^,。;]{0,12}$")
_RAISED = re.compile(
    r"[^,。;\d]{0,6}(?:提高|增加|扩大|上升|增长|提升|下降|降低|减少|缩短|调整)(?:到|至)|[^,。;\d]{0,4}[升降增减调][到至]"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_TERM = re.compile(r"(?:有效期|期限|任期|为期|试行期|周期)[^,。;]{0,4}$")
_SHORTENED = re.compile(
    r"(?:压缩|缩短|压减|减少|降低|精简|提速|控制)(?:[到至在为]|$)|(?:提高|提升|延长|增加)[到至]"
)
_BEARER = re.compile(
    r"的?[一-龥]{0,4}(?:企业|项目|机组|锅炉|装置|设备|生产线|矿井|煤矿|船舶|车辆|用户|单位|城市|住宅)"
)
_TIER = re.compile(r"[^,。;\n]{0,16}(?:的|者)[^。;\n]{0,60}")
_COUNTABLE = ("count", "number", "share", "points", "multiple", "time")
_AGES = ("岁", "周岁")
_BOUNDS = ("<=", ">=", "<", ">")
_NEAR = 3
_PLANNED = re.compile(r"(?:安排|投入|下达|筹集)[^,。;\d]{0,16}$")
_SENDS = re.compile(r"印发|转发|公布|发布")
_FORWARD = re.compile(r"》?的(?:通知|决定|公告|函)$")
_KINDS = {"future": "target", "past": "achieved", "past?": "achieved", "condition": "condition"}
_COLUMNS = {
    "target": ("target", "表中目标一栏"),
    "target_value": ("target", "表中目标一栏"),
    "done": ("achieved", "表中完成情况一栏"),
    "base_value": ("achieved", "表中现状一栏"),
}
_READINGS = {"future": "目标", "past?": "已有情况", "condition": "条件"}


def kind_of(context: Context, figure: Figure) -> tuple[str, str]:
    """target, achieved or condition, and the evidence: clause first, then sentence, heading and kind of paper."""
    column = context.tables.role_at(figure.number_start)
    if column in _COLUMNS:
        return _COLUMNS[column]
    start, _ = context.sentence(figure.number_start)
    tense = context.outline.tense(figure.start) or context.reading
    clause = context.clause_start(start, figure.start)
    condition = None if tense == "past" else _condition(context, figure, clause)
    if condition:
        return "condition", condition
    text, words = context.flow.text, context.grammar.words
    if _BASELINE.search(text[clause : figure.start]) and _RAISED.match(text, figure.end):
        return "achieved", "“从…到…”中的前一个数是原有水平"
    ahead = _ahead(context, start, figure)
    sure = words["surely_achieved"].search(text, max(clause, ahead[2] if ahead else 0), figure.end)
    if sure and tense != "condition":
        return "achieved", f"“{sure[0]}”说的是已有情况"
    if ahead and (tense != "past" or ahead[1]):
        return "target", f"“{ahead[0]}”说的是要做到的事，按目标读"
    told = words["achieved"].search(text, start, figure.end)
    if told and tense not in ("future", "condition"):
        return "achieved", f"“{told[0]}”说的是已有情况"
    past = _past_year(context, start, figure)
    if past and tense != "condition":
        return "achieved", f"“{past}”是成文以前的年份"
    return _by_heading(context, figure, tense, clause)


def _condition(context: Context, figure: Figure, clause: int) -> str:
    """Why the figure is the threshold, tier, amount or rate of a rule; empty where it is none."""
    text, words = context.flow.text, context.grammar.words
    _, end = context.sentence(figure.number_start)
    before, led = text[clause : figure.start], text[clause : figure.number_start]
    said = words["condition"].search(text, clause, min(end, figure.end + 12))
    bounded = figure.comparator in _BOUNDS
    if said and not _budgeted(context, figure, before):
        return f"“{said[0]}”说的是支持、扣除或处罚的条件"
    raised = _BASELINE.search(before) and _RAISED.match(text, figure.end)
    if figure.dimension in ("money", "share") and not raised and _rewards(context, before):
        return "紧跟在奖励、补助后面的金额或比例"
    if bounded and figure.unit in _AGES:
        return "年龄的界限是适用条件"
    if figure.dimension == "time" and (bounded or _TERM.search(before)) and not _SHORTENED.search(led):
        return "时间长短是办理或适用的条件"
    if bounded and figure.dimension not in _COUNTABLE and _selects(text, figure):
        return "说的是对象须达到或不超过的规模"
    tier = _TIER.match(text, figure.end, end) if bounded or figure.comparator == "growth" else None
    if tier and words["supports"].search(tier[0]):
        return "说的是达到这一数额才给予支持"
    return ""


def _budgeted(context: Context, figure: Figure, before: str) -> bool:
    """财政安排10亿元奖补资金: money that a report or a plan sets aside is no amount of a support rule."""
    tense = context.outline.tense(figure.start) or context.reading
    return figure.dimension == "money" and tense != "condition" and bool(_PLANNED.search(before))


def _selects(text: str, figure: Figure) -> bool:
    """30万千瓦以下煤电机组, 超10亿元的企业: a size that tells which ones are meant."""
    bearer = _BEARER.match(text, figure.end)
    return bool(bearer) and (figure.end > figure.number_end or text.startswith("的", figure.end))


def _rewards(context: Context, before: str) -> bool:
    """奖励10万元, 补助最高50万元; but not 补助标准提高到320元 nor 安排补助资金10亿元."""
    if _PLANNED.search(before) and context.reading != "condition":
        return False
    words = list(context.grammar.words["reward"].finditer(before))
    rest = before[words[-1].end() :] if words else ""
    return bool(words) and len(rest) <= _NEAR and "标准" not in rest


def _by_heading(context: Context, figure: Figure, tense: str | None, clause: int) -> tuple[str, str]:
    if context.outline.tense(figure.start):
        return _KINDS[tense or "future"], "按所在标题判断"
    hope = context.grammar.words["target"].search(context.flow.text, clause, figure.start)
    if hope and context.reading == "past?":
        return "target", f"“{hope[0]}”说的是要做到的事，按目标读"
    paper = context.head.document.kind or "本文"
    return _KINDS[context.reading], f"“{paper}”里没有其他说明的数字按{_READINGS[context.reading]}读"


def _past_year(context: Context, start: int, figure: Figure) -> str | None:
    """A year before the paper's own that the sentence names before the figure."""
    if not context.year.firm or context.year.value is None:
        return None
    for match in _YEAR.finditer(context.flow.text, start, figure.start):
        if int(match[1]) < context.year.value:
            return match[0]
    return None


def _ahead(context: Context, start: int, figure: Figure) -> tuple[str, bool, int] | None:
    """A word of hope or a deadline not before the paper's year, in the sentence before the figure; whether it settles the matter; its end."""
    text, words, year = context.flow.text, context.grammar.words, context.year
    hedge = words["strong"].search(text, start, figure.end) or words["hedge"].search(text, start, figure.end)
    if hedge:
        return hedge[0], False, hedge.end()
    for time in context.before(figure.start):
        if time.start < start:
            break
        resolved = time.item.resolved if time.listed else None
        if resolved and not year.lies_behind(resolved):
            return time.item.text, year.firm and int(resolved[:4]) > (year.value or 0), time.end
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
