"""Cuts the text of an expression into words: numbers with their units, dates, names, periods, operators."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from huanchuang.engines.expression import words
from huanchuang.engines.expression.problems import Place, Source
from huanchuang.engines.expression.types import read_unit
from huanchuang.engines.expression.vocabulary import folded_name
from huanchuang.engines.kernel.numerals import fold
from huanchuang.engines.kernel.units import UNITS

EPOCH = date(1970, 1, 1).toordinal()
_YEARS = range(1900, 2200)
_SEPARATORS = str.maketrans({"、": ",", "\t": " "})
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}
_EXTRA_UNITS = ("个月", "月", "岁", "名", "位", "周岁", "日")


def _either(names: Collection[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


_CHINESE_SCALE = _either([name for name in words.SCALES if not name.isascii()])
_ENGLISH_SCALE = _either([name for name in words.SCALES if name.isascii()])
_UNIT = _either({*UNITS, *_EXTRA_UNITS, "％"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)", re.ASCII)
_CHINESE_TAIL = re.compile(rf"({_CHINESE_SCALE})?((?:{_UNIT})?)")
_PER = re.compile(rf"/(?:{_CHINESE_SCALE})?(?:{_UNIT})")
_ENGLISH_TAIL = re.compile(
    rf"(?:[ ]?({_ENGLISH_SCALE})\b)?(?:[ ]?({_either(words.ENGLISH_UNITS)})\b)?", re.ASCII | re.I
)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII)
_LAST = re.compile(
    rf"近(\d+|[{''.join(words.NUMERALS)}])({_either([name for name in words.PERIODS if not name.isascii()])})"
    rf"|last (\d+) ({_either([name for name in words.PERIODS if name.isascii()])})\b",
    re.ASCII | re.I,
)
_MOMENT = re.compile(_either(words.MOMENTS), re.I)
_WORD = re.compile(r"[^\W\d]\w*(?:(?<=[A-Za-z0-9])-(?=[A-Za-z])\w+)*")
_CHINESE_INFIX = re.compile(_either([name for name in words.INFIX if name[0] > "⿿"]))
_ENGLISH_INFIX = re.compile(r"(?:and|or|not\s+in|in|is\s+known|is\s+unknown)(?![\w-])", re.ASCII | re.I)
_SIGN = re.compile(_either([*words.MISTAKES, *words.SIGNS, *(name for name in words.INFIX if not name[0].isalpha())]))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: number, date, text, last, moment, name, sign, end; `word` canonical; `value` what was read."""

    kind: str
    word: str
    place: Place
    value: Fraction | int = 0
    scaled: bool = False


class Lexer:
    """Reads one text. Names of the vocabulary go first, so that 非居民企业 may be one."""

    def __init__(self, source: Source, names: Collection[str]) -> None:
        self.source = source
        self.text = fold(source.text).translate(_SEPARATORS)
        self.names = names
        self.longest = max(map(len, names), default=0)

    def tokens(self) -> Iterator[Token]:
        """The words in order, closed by an `end`."""
        position = 0
        while (position := self._skip(position)) < len(self.text):
            token = self._read(position)
            position = token.place[1]
            yield token
        yield Token("end", "", (len(self.text), len(self.text)))

    def _skip(self, position: int) -> int:
        while position < len(self.text):
            if self.text[position].isspace():
                position += 1
            elif self.text[position] == "#":
                end = self.text.find("\n", position)
                position = len(self.text) if end < 0 else end
            else:
                break
        return position

    def _read(self, position: int) -> Token:
        sign = self.source.text[position]
        if sign in _QUOTES:
            return self._quote(position, _QUOTES[sign])
        if "0" <= self.text[position] <= "9":
            return self._date(position) or self._number(position)
        if self.text[position].isalpha() or self.text[position] == "_":
            return self._period(position) or self._word(position)
        match = _SIGN.match(self.text, position)
        if match is None:
            raise self.source.refuse("strange-sign", (position, position + 1))
        place = match.span()
        if match[0] in words.MISTAKES:
            raise self.source.refuse("foreign-sign", place, right=words.MISTAKES[match[0]])
        return Token("sign", words.INFIX.get(match[0], match[0]), place)

    def _quote(self, position: int, closing: str) -> Token:
        end = self.source.text.find(closing, position + 1)
        if end < 0:
            raise self.source.refuse("open-quote", (position, len(self.text)))
        return Token("text", self.source.text[position + 1 : end].strip(), (position, end + 1))

    def _date(self, position: int) -> Token | None:
        match = _DATE.match(self.text, position)
        if match is None:
            return None
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            found = date(year, month, day)
        except ValueError:
            raise self.source.refuse("no-such-day", match.span()) from None
        if year not in _YEARS:
            raise self.source.refuse("far-day", match.span())
        return Token("date", match[0], match.span(), found.toordinal() - EPOCH)

    def _number(self, position: int) -> Token:
        grouped = _GROUPED.match(self.text, position)
        if grouped:
            plain = grouped[0].replace(",", "")
            raise self.source.refuse("grouped-digits", grouped.span(), plain=plain)
        match = _NUMBER.match(self.text, position)
        if match is None or len(match[0]) > 30:
            raise self.source.refuse("long-number", match.span() if match else (position, position + 1))
        end = match.end()
        tail = _CHINESE_TAIL.match(self.text, end)
        scale, unit, after = (tail[1] or "", tail[2], tail.end()) if tail else ("", "", end)
        per = _PER.match(self.text, after) if unit else None
        if per and self._ends(per.end()):
            unit, after = unit + per[0], per.end()
        if after == end:
            english = _ENGLISH_TAIL.match(self.text, end)
            if english:
                scale, after = (english[1] or "").lower(), english.end()
                unit = words.ENGLISH_UNITS[english[2].lower()] if english[2] else ""
        place = (position, after)
        self._check_tail(place, unit)
        return Token("number", unit, place, Fraction(match[0]) * words.SCALES.get(scale, 1), bool(scale))

    def _check_tail(self, place: Place, unit: str) -> None:
        """A number must end where its unit ends: 5000块 has no unit of the table, 10人以上 goes on behind it."""
        if unit and read_unit(unit) is None:
            raise self.source.refuse("unknown-unit", place, unit=unit)
        after = place[1]
        if self._ends(after):
            return
        rest = _WORD.match(self.text, after)
        if rest is None:
            return
        run = self._until_infix(after, rest.end())
        word = self.text[after:run]
        if word[:2] in ("以上", "以下", "以内"):
            right = ">=" if word[1] == "上" else "<="
            raise self.source.refuse("above-below", (place[0], run), right=right)
        if folded_name(word) in self.names:
            raise self.source.refuse("missing-times", (place[0], run), word=word)
        raise self.source.refuse("unknown-unit", (place[0], run), unit=(unit + word))

    def _period(self, position: int) -> Token | None:
        match = _LAST.match(self.text, position)
        if match and self._ends(match.end()):
            count = match[1] or match[3]
            size = words.NUMERALS.get(count) or int(count)
            kind = words.PERIODS[(match[2] or match[4]).lower()]
            if not 1 <= size <= words.MOST_PERIODS:
                raise self.source.refuse("many-periods", match.span(), most=words.MOST_PERIODS)
            return Token("last", kind, match.span(), size)
        moment = _MOMENT.match(self.text, position)
        if moment and self._ends(moment.end()) and moment[0] not in self.names:
            kind, back = words.MOMENTS[moment[0].lower()]
            return Token("moment", kind, moment.span(), back)
        return None

    def _word(self, position: int) -> Token:
        known = self._known_name(position)
        if known:
            return Token("name", self.source.text[position:known], (position, known))
        infix = _CHINESE_INFIX.match(self.text, position) or _ENGLISH_INFIX.match(self.text, position)
        if infix:
            return Token("sign", words.INFIX[" ".join(infix[0].lower().split())], infix.span())
        match = _WORD.match(self.text, position)
        end = self._until_infix(position, match.end() if match else position + 1)
        word = self.text[position:end]
        if word.lower() in words.PREFIX:
            return Token("sign", words.PREFIX[word.lower()], (position, end))
        return Token("name", self.source.text[position:end], (position, end))

    def _known_name(self, position: int) -> int:
        """Where the longest name of the vocabulary ends that stands here whole; 0 for none."""
        for end in range(min(len(self.text), position + self.longest), position, -1):
            if self._ends(end) and folded_name(self.text[position:end]) in self.names:
                return end
        return 0

    def _ends(self, position: int) -> bool:
        """Whether a word can end here: no letter, digit or hyphen of a name follows, or a Chinese operator does."""
        following = self.text[position : position + 1]
        if following == "-":
            around = self.text[position - 1], self.text[position + 1 : position + 2]
            return not all(sign.isascii() and sign.isalpha() for sign in around)
        if not (following.isalnum() or following == "_"):
            return True
        return _CHINESE_INFIX.match(self.text, position) is not None

    def _until_infix(self, start: int, end: int) -> int:
        found = _CHINESE_INFIX.search(self.text, start, end)
        return found.start() if found and found.start() > start else end
