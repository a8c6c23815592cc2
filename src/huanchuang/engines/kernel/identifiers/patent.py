"""专利号: Chinese patent and patent application numbers (ZC 0006).

Since 2003-10-01: four digits of year, one of kind, seven serial, a point and a check character (201710601862.3).
Before: two digits of year, one of kind, five serial, point and check (95115608.X). The check is the sum of the digits,
weighed 2 3 4 5 6 7 8 9 2 3 4 5, mod 11, with X for 10. A granted patent has ZL before its application number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from huanchuang.engines.kernel.identifiers.folding import folded, refusal
from huanchuang.engines.kernel.problem import ProblemError

WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
KINDS = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}
_NAMES = ("专利号", "patent number")
_NUMBER = re.compile(r"(ZL|CN)?(\d{12}|\d{8})\.?([\dX])?", re.ASCII)
_PUBLICATION = re.compile(r"CN\d{7,9}[ABCUYS]\d?", re.ASCII)
_FIRST_YEAR, _NEW_FORM, _LAST_YEAR = 1985, 2003, 2199


@dataclass(frozen=True, order=True, slots=True)
class PatentNumber:
    """A checked application number: `digits` (8 or 12), `check`, and whether it is written as a granted patent (ZL)."""

    digits: str
    check: str
    granted: bool = False

    def __post_init__(self) -> None:
        _verify(self.text, self.digits, self.check)

    @classmethod
    def parse(cls, text: str) -> PatentNumber:
        """The number in `text` (ZL 201710601862.3, CN201710601862.3, 95115608X); ProblemError says what is wrong."""
        plain = folded(text).removeprefix("专利号").lstrip(":")
        match = _NUMBER.fullmatch(plain)
        if not match:
            raise _malformed(text, plain)
        if match[3] is None:
            raise _without_check(text, check_character(match[2]))
        return cls(match[2], match[3], match[1] == "ZL")

    @property
    def text(self) -> str:
        """The canonical form: ZL201710601862.3, or without ZL for an application."""
        return f"{'ZL' if self.granted else ''}{self.digits}.{self.check}"

    @property
    def year(self) -> int:
        """The year of application."""
        return int(self.digits[:4]) if len(self.digits) == 12 else _old_year(self.digits)

    @property
    def kind(self) -> str:
        """invention, utility_model or design."""
        return KINDS[self.digits[len(self.digits) // 3]]

    def __str__(self) -> str:
        return self.text


def check_character(digits: str) -> str:
    """The check character of 8 or 12 digits."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False)) % 11
    return "X" if rest == 10 else str(rest)


def _old_year(digits: str) -> int:
    short = int(digits[:2])
    return short + (1900 if short >= _FIRST_YEAR % 100 else 2000)


def _verify(text: str, digits: str, check: str) -> None:
    new = len(digits) == 12
    year = int(digits[:4]) if new else _old_year(digits)
    if not (_NEW_FORM if new else _FIRST_YEAR) <= year <= (_LAST_YEAR if new else _NEW_FORM):
        raise _wrong(
            text,
            (f"申请年份 {year} 不可能", f"the year of application {year} is impossible"),
            "开头的年份",
            "the year at its beginning",
        )
    place = len(digits) // 3
    if digits[place] not in KINDS:
        raise _wrong(
            text,
            (
                f"第{place + 1}位种类号“{digits[place]}”不存在",
                f'digit {place + 1}, the kind "{digits[place]}", does not exist',
            ),
            "种类号（1发明、2实用新型、3外观设计、8、9国际申请）",
            "the kind (1 invention, 2 utility model, 3 design, 8 and 9 PCT)",
        )
    expected = check_character(digits)
    if check != expected:
        raise _wrong(
            text,
            (f"校验位是“{check}”，应为“{expected}”", f'check character is "{check}", expected "{expected}"'),
            "每一位数字",
            "every digit",
        )


def _wrong(text: str, what: tuple[str, str], part: str, part_en: str) -> ProblemError:
    return refusal(
        "patent.wrong",
        _NAMES,
        text,
        what,
        (f"请对照证书核对{part}", f"Compare {part_en} with the certificate"),
    )


def _malformed(text: str, plain: str) -> ProblemError:
    if _PUBLICATION.fullmatch(plain):
        what = ("是公开（公告）号，不是申请号", "is a publication number, not an application number")
    else:
        what = ("不是专利号的形式", "has not the form of a patent number")
    remedy = (
        "请填写申请号或专利号，例如 ZL201710601862.3",
        "Give the application or patent number, for instance ZL201710601862.3",
    )
    return refusal("patent.form", _NAMES, text, what, remedy)


def _without_check(text: str, expected: str) -> ProblemError:
    return refusal(
        "patent.check_missing",
        _NAMES,
        text,
        ("缺少小数点后的校验位", "lacks the check character after the point"),
        (
            f"请对照证书补上校验位（按前面的数字应为“{expected}”）",
            f'Add it from the certificate (the digits give "{expected}")',
        ),
    )
