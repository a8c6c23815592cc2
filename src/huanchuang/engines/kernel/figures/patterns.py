"""The shapes that the scanner looks for, as compiled expressions; every repetition is bounded, so time stays linear."""

from __future__ import annotations

import re

from huanchuang.engines.kernel.figures.words import BLANK

ARABIC = r"(?>[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|[0-9]{1,15})(?![0-9])(?:\.[0-9]{1,8})?(?!\.?[0-9])"
CHINESE = r"[一二两三四五六七八九十][一二两三四五六七八九十百千万亿零〇]{0,14}"
NUMBER = rf"(?>{ARABIC}|{CHINESE})"
GAP = rf"{BLANK}\n?{BLANK}"
SCALE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克卡伏])|百(?!分))"
MORE = "[余多来]"
START = re.compile(r"[0-9]+|[一二两三四五六七八九十百千万亿零〇]+")
"""Where an amount may begin; the figure pattern is tried only there."""
DASH = r"(?:-{1,2}|—{1,2}|–|―|－|~|～|∼|至|到)"
INCLUDED = r"(?:[(（]含[)）])?"


def _amount(group: str) -> str:
    """Number, 多 or 余, scale, 多 or 余, second scale: 3千多万."""
    return rf"(?P<n{group}>{NUMBER}){BLANK}(?P<m{group}>{MORE}?)(?P<s{group}>{SCALE}?)(?P<k{group}>{MORE}?)(?P<t{group}>[万亿]?)"


_TO_BELOW = r"以上[至到]?(?=[0-9.,一二三四五六七八九十百千万亿]{1,12}[^\W\d_]{1,4}?以[下内])"
"""1倍以上5倍以下 is one range."""


def figure_pattern(unit: str) -> re.Pattern[str]:
    """A range (groups …1 and …2), a stepped number (1万6千多户) or a single amount (…3) with one of the units of `unit`."""
    low = rf"{_amount('1')}{GAP}(?P<u1>{unit})?{INCLUDED}{BLANK}(?:{DASH}|{_TO_BELOW}){BLANK}"
    stepped = rf"(?P<head>[0-9]{{1,6}})(?P<hs>[万亿])(?P<tail>[0-9]{{1,4}})(?P<ts>[千百]?)(?P<tm>{MORE}?)(?P<tt>万?)(?:{GAP}(?P<tu>{unit})|(?<=万))"
    return re.compile(
        rf"(?<![0-9A-Za-z.+/一二三四五六七八九十百千万亿零〇])(?<![0-9A-Za-z][-—–―~～])"
        rf"(?:{low}{_amount('2')}{GAP}(?P<u2>{unit})"
        rf"|{stepped}"
        rf"|{_amount('3')}(?:{GAP}(?P<u3>{unit})|(?:(?<=[万亿])|(?<=[万亿][余多来]))(?!元?级)))"
    )


ROUND = re.compile(
    r"(?:突破|超过|超|达到|达|过|逾|迈上|跨越|跨过)(?P<n>[百千十]?(?P<s>[万亿]))(?P<u>元|美元)(?!级)"
    r"|(?:突破|超过|超|达到|逾)(?P<c>[百千万])(?P<cu>家|项|个(?!体)|人(?![次力才])|件|名|所|亩)(?!级)"
)
"""A round amount without a digit, which counts only after a comparator: 突破千亿元, 超百家."""

PERCENT = re.compile(rf"(?P<of>[百千万])分之(?P<n>百|{NUMBER})(?:{DASH}(?:[百千万]分之)?(?P<x>{NUMBER}))?")
FRACTION = re.compile(
    r"(?P<of>[二三四五六七八九十]{1,2})分之(?P<n>[一二两三四五六七八九])"
    r"|(?P<a>[1-9])(?<![0-9./].)/(?P<b>[2-9]|10)(?![0-9/年月日天小家个])"
)
IMPLIED = re.compile(
    r"全覆盖(?<![健安完齐保]...)(?!面)|翻了?[一二两三]?番|一半|半数|过半|倍增(?!计划|行动|工程|效应|器)"
)
SPECIAL = re.compile(r"分之|全覆盖|番|一半|半数|过半|倍增|[0-9]/[0-9]")

ORDINAL_BEFORE = re.compile(
    rf"第{BLANK}(?:[0-9一二三四五六七八九十百]{{1,5}}[、,，和及与至到\-—~～]{{1,2}}){{0,6}}\Z"
)
RANK_BEFORE = re.compile(r"(?:前|列|居|排名|排|TOP)\Z")
PER_BEFORE = re.compile(r"每(?:增加|减少|新增|满|超过?|达到)?\Z")
"""每50公斤, 每增加1万元: what something is counted by."""
WINDOW_BEFORE = re.compile(r"(?:近|未来|今后|过去|前|每|这|最近|(?<!以)[上下]|头|往后|新)\Z")
CLOCK_BEFORE = re.compile(r"[0-9一二三四五六七八九十]{1,3}[时点:：]\Z")
QUOTED = re.compile(r"“[^”\n]{1,14}”|「[^」\n]{1,14}」|『[^』\n]{1,14}』|\"[^\"\n]{0,200}\"")
LONGEST_QUOTED = 16
TITLE_MARK = re.compile(r"[《》\n]")
WIDE = re.compile(r"[０-９％．＋／～]")
WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")
SHARES_UNIT = re.compile(
    r"(?:分别|各自?)[^0-9,，。；;\n]{0,12}(?P<n>[0-9]{1,9}(?:\.[0-9]{1,4})?)(?:和|、|与|及)\Z"
)
"""A bare number before one with a unit: 分别下降0.5和."""
