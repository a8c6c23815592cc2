"""The numbers that Word computes for numbered paragraphs: （一）, 1., 第三条, ①.

A paragraph names a list (numId) and a level, itself or through its style. A list refers to an abstract list, whose levels
say how to count and how to write. Counters belong to the abstract list, so that two lists of one kind run on, except
where a list starts anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huanchuang.engines.reader.formats.docx_xml import W, attribute, whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DIGITS = "〇一二三四五六七八九"
_LEVELS = 9
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_PLACE = re.compile(r"%([1-9])")
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of one document, in the order of the text."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        self._counters: dict[str, list[int | None]] = {}
        self._styles = _style_numbers(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            self._levels[attribute(abstract, "abstractNumId")] = {
                whole(attribute(level, "ilvl")): _level(level) for level in abstract.iter(f"{W}lvl")
            }
        for entry in numbering.iter(f"{W}num"):
            number = attribute(entry, "numId")
            self._lists[number] = attribute(entry.find(f"{W}abstractNumId"))
            self._restarts[number] = {
                whole(attribute(change, "ilvl")): whole(attribute(change.find(f"{W}startOverride")), 1)
                for change in entry.iter(f"{W}lvlOverride")
                if change.find(f"{W}startOverride") is not None
            }

    def label(self, paragraph: Element) -> str:
        """The number that Word prints before a paragraph, empty where there is none."""
        number, depth = self._list_of(paragraph)
        abstract = self._lists.get(number, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        if number not in self._started:
            self._started.add(number)
            for at, start in self._restarts.get(number, {}).items():
                if at < _LEVELS:
                    counters[at] = start - 1
        before = counters[depth]
        counters[depth] = level.start if before is None else before + 1
        counters[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _written(level, levels, counters)

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        styled = self._styles.get(attribute(paragraph.find(f"{W}pPr/{W}pStyle")), ("", 0))
        if own is None:
            return styled
        number = attribute(own.find(f"{W}numId")) or styled[0]
        depth = attribute(own.find(f"{W}ilvl"))
        return number, min(_LEVELS - 1, max(0, whole(depth) if depth else styled[1]))


def _level(level: Element) -> _Level:
    return _Level(
        whole(attribute(level.find(f"{W}start")), 1),
        attribute(level.find(f"{W}numFmt")),
        attribute(level.find(f"{W}lvlText")),
    )


def _style_numbers(styles: Element | None) -> dict[str, tuple[str, int]]:
    """List and level of each paragraph style, inherited along basedOn."""
    if styles is None:
        return {}
    own: dict[str, tuple[str, int]] = {}
    parent: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = attribute(style, "styleId")
        numbers = style.find(f"{W}pPr/{W}numPr")
        parent[name] = attribute(style.find(f"{W}basedOn"))
        if numbers is not None:
            own[name] = (attribute(numbers.find(f"{W}numId")), whole(attribute(numbers.find(f"{W}ilvl"))))
    return {name: _inherited(name, own, parent) for name in parent}


def _inherited(name: str, own: dict[str, tuple[str, int]], parent: dict[str, str]) -> tuple[str, int]:
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = parent.get(name, "")
    return "", 0


def _written(level: _Level, levels: dict[int, _Level], counters: list[int | None]) -> str:
    if level.form == "bullet":
        return level.text if level.text.startswith(("—", "－", "-")) else _BULLET
    if level.form == "none":
        return ""

    def put(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        value = counters[at] if at < _LEVELS else None
        shown = levels.get(at, level)
        return _FORMS.get(shown.form, str)(shown.start if value is None else value)

    return _PLACE.sub(put, level.text)


def chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零一 … up to 999; beyond that digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        out += "零"
    return out + (_DIGITS[ones] if ones else "")


def _circled(number: int) -> str:
    return _CIRCLES[number - 1] if 0 < number <= len(_CIRCLES) else f"({number})"


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 260 else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        while 0 < value <= number < 4000:
            out, number = out + sign, number - value
    return out or str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalFullWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": chinese,
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": chinese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
