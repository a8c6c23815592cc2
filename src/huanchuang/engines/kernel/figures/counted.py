"""Whom a bare number counts: 6434万农村人口 and 人口减少1亿多 are people though no 人 stands next to the number."""

from __future__ import annotations

import re
from dataclasses import replace

from huanchuang.engines.kernel.figures.amounts import Amount
from huanchuang.engines.kernel.figures.words import either
from huanchuang.engines.kernel.units import NO_UNIT, find_unit

_NOUNS = {
    "人": "人口 群众 居民 农民 农民工 市民 公民 村民 牧民 渔民 移民 学生 毕业生 考生 孩子 儿童 妇女 青年 青少年 老人 老年人 残疾人 "
    "职工 工人 劳动力 劳动者 人员 军人 官兵 教师 游客 旅客 患者 消费者 党员 干部 人才",
    "人次": "人次",
    "户": "工商户 农户 贫困户 困难户 低保户 家庭",
}
_LOOK_BACK = 24
_QUALIFIED = r"(?:以上|以下|左右|上下)?的?[^\W\d_在用于为被将由]{0,8}?"
_AFTER = {unit: re.compile(_QUALIFIED + f"(?:{either(nouns.split())})") for unit, nouns in _NOUNS.items()}
_MOVES = "由 从 净 再 又 已 将 共 约 近 增加 减少 新增 下降 达到 达 增加到 减少到 上升到 下降到 提高到 超过 突破 不超过 不足 为"
_FROM = r"(?:[由从][0-9.]{1,8}[万亿][多余]?)?"
_BEFORE = re.compile(
    rf"(?:{either([*_NOUNS['人'].split(), '人数'])}|(?P<visits>人次))(?:总数|总量|规模)?{_FROM}(?:{either(_MOVES.split())}){{0,3}}\Z"
)
"""The noun before the number: 贫困人口减少1亿多, 参保人数由2亿增加到2.2亿."""


def counted(text: str, amount: Amount) -> Amount:
    """The amount with the unit its noun gives; unchanged where it has a unit or no noun is near."""
    if amount.unit.base is not NO_UNIT:
        return amount
    name = next((unit for unit, noun in _AFTER.items() if noun.match(text, amount.end)), None)
    if name is None:
        led = _BEFORE.search(text[max(0, amount.start - _LOOK_BACK) : amount.start])
        name = led and ("人次" if led["visits"] else "人")
    unit = find_unit(amount.unit.scale + name) if name else None
    return replace(amount, unit=unit) if unit else amount
