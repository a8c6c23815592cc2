"""What is written in several ways, folded into one: width, script, numerals, punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_DROPPED = re.compile(r"[\s()\[\]{}<>〈〉《》【】〔〕“”‘’\"'·・•.,，。、；;:：_—–-]+")
_NUMERALS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "〇": 0,
    "零": 0,
}
_ROMAN = str.maketrans("ⅠⅡⅢⅣⅤⅥⅦⅧⅨ", "123456789")
_COUNTED = re.compile(
    r"(?<=第)(?:[〇零一二三四五六七八九十百]+)|(?:[零一二三四五六七八九十]+)(?=[号期分标段组厂校院区])"
)


class Signs:
    """Folds signs by the table of a definition: each traditional or variant sign and the one it is met under."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = str.maketrans(dict(table))

    def script(self, text: str) -> str:
        """Half width, capitals, simplified script; nothing dropped."""
        return unicodedata.normalize("NFKC", text.translate(_ROMAN)).translate(self._table).upper()

    def bare(self, text: str) -> str:
        """As `script`, without blanks, brackets and punctuation."""
        return _DROPPED.sub("", self.script(text))

    def counted(self, text: str) -> str:
        """As `bare`, with ordinal numerals in figures: 第三小学 and 第3小学 meet, 三一重工 stays."""
        return _COUNTED.sub(lambda found: str(_value(found[0])), self.bare(text))


def _value(numeral: str) -> int:
    """一 → 1, 十二 → 12, 二十 → 20, 一〇三 → 103."""
    if "百" in numeral:
        hundreds, _, rest = numeral.partition("百")
        return 100 * (_NUMERALS.get(hundreds, 1) or 1) + (
            _value(rest.lstrip("零〇")) if rest.strip("零〇") else 0
        )
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)
    value = 0
    for sign in numeral:
        value = value * 10 + _NUMERALS[sign]
    return value
