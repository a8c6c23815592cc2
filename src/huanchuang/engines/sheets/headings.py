"""A heading as people write it, taken apart: the name, the unit in it, and the form by which names are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from huanchuang.engines.kernel.money import EXPONENTS
from huanchuang.engines.kernel.numerals import fold
from huanchuang.engines.kernel.units import find_unit

_BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_TAIL_UNIT = re.compile(r"^(.+?)\s*[/:：—_\-\s]\s*([^\s/:：—_\-]{1,8})$")
_FIRST_WORD = re.compile(r"^(?:单位)?[:：]?\s*([^\s,，、;；:：]+)")
_NUMBERING = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[.、．:：)]\s*)")
_NO_WORD = re.compile(r"[\W_]+")
_POLITE = re.compile(r"^(?:请(?:填写|选择|输入|注明)|填写|必填)(?=..)")
_SHEET_UNIT = re.compile(r"(?:金额|计量|数量)?单位\s*[:：]\s*([^\s,，、;；。)）]+)")
LONGEST = 60
"""Characters beyond which a text is no heading."""


def split_heading(text: str) -> tuple[str, str]:
    """The name in a heading and its unit ("" where it has none): 预算金额（万元） gives 预算金额 and 万元."""
    plain = "".join(text.split("\n"))
    folded = fold(plain)
    unit = ""
    for match in _BRACKETS.finditer(folded):
        unit = unit or unit_in(match[1])
    name = _BRACKETS.sub("", folded) if unit else plain
    if not unit:
        tail = _TAIL_UNIT.match(folded)
        if tail and unit_in(tail[2]) == tail[2]:
            name, unit = tail[1], tail[2]
    return " ".join(name.split()).strip(" *:：＊") or plain.strip(), unit


@lru_cache(maxsize=4096)
def unit_in(text: str) -> str:
    """The unit that a bracket names (万元, 单位:万元, 万元，含税), "" where it names none."""
    match = _FIRST_WORD.match(fold(text).strip())
    if not match:
        return ""
    word = match[1]
    if word in EXPONENTS:
        return word
    if word in ("万", "亿"):
        return f"{word}元"
    unit = find_unit(word)
    return unit.name if unit else ""


def units_of_sheet(text: str) -> tuple[str, ...]:
    """The units that a line above the table names for all of it: 单位：万元, 金额单位:元、人."""
    found = []
    for match in _SHEET_UNIT.finditer(fold(text)):
        unit = unit_in(match[1])
        if unit:
            found.append(unit)
    return tuple(found)


@lru_cache(maxsize=4096)
def plain_heading(text: str) -> str:
    """A heading in the form in which two are compared: half width, lower case, no blanks, signs, brackets or numbering."""
    folded = _NUMBERING.sub("", fold(text).strip())
    without = _BRACKETS.sub("", folded)
    plain = _NO_WORD.sub("", without).casefold() or _NO_WORD.sub("", folded).casefold()
    return _POLITE.sub("", plain)
