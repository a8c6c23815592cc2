"""Why an item was proposed so, in both languages: one sentence each, for the officer who confirms it."""

from __future__ import annotations

_WHY = {
    "read": ("逐字读懂：指标、比较、数和单位都对上了", 'Read word by word: fact, comparison, number and unit'),
    "near": ("读懂了，但有一处是按通常的意思理解的，请对照原文核对", 'Read, one word of it in its usual sense; compare it with the paper'),
    "barred": ("列在“不予支持”的情形里，取其反面作为条件", "Stands among the cases that are barred; its contrary is the condition"),
    "document": ("算不出来，要看证明材料", "Cannot be computed; a paper proves it"),
    "together": ("句中有“{word}”，拆开或改写会改变意思，整句由人判断", 'The sentence says "{word}"; parting it would change its meaning, so a person judges it'),
    "open": ("指标字典里没有对应的指标，或有读不懂的字，原句由人判断", "No fact of the dictionary says this, or a word was not understood; a person judges the sentence as it stands"),
    "either": ("列在“条件之一”下面，几项合成一条", "Stands under “one of the following”; the items make one requirement"),
    "band": ("比例随规模分档，几行合成一条", "The share goes by size; the lines make one requirement"),
    "cases": ("几行各管一种情形，没有全部读懂，合成一条由人判断", "Each line is for its own case and not all were understood; together they are for a person"),
    "not-asked": ("不是申报条件（说的是优先、可以、管理或报送）", "Sets no condition: it speaks of preference, permission or handling"),
    "amount": ("标准、比例、上限都读懂了", "Standard, share and cap were all read"),
    "amount-near": ("金额句式对上了，取数口径请核对", "The form of the amount was read; check which figure it is taken from"),
    "amount-open": ("金额取决于平台没有的数或由人核定，算式留空，结果按“未知”", "The amount rests on a figure that the platform lacks or on a person; without a formula it is unknown"),
    "tiers": ("按数额分档，各档的起点和金额都读懂了", "In steps; where each begins and what it gives were read"),
    "head": ("取自文件首部或落款", "Taken from the head or foot of the paper"),
    "stated": ("文中写明", "The paper says so"),
    "term": ("按施行日期和有效期推算", "Computed from the first day and the term"),
    "left": ("没有读成条件、金额或时间，请看是否需要补充", "Was not read as a condition, an amount or a time; see whether something is to be added"),
    "one-time": ("只写了一次的时间，申报窗口只记每年的", "A time of one year only; windows are those of every year"),
}  # fmt: skip


def why(code: str, **values: str) -> dict[str, str]:
    """The two sentences as fields of an item."""
    zh, en = _WHY[code]
    return {"why": zh.format(**values), "why_en": en.format(**values)}
