"""Numbers as people write them in Chinese papers.

    1,234.5   ３０   一千二百三十四   二〇二六   两百五十   1.2万   3千   百分之三十   30%   三分之一   一半

`read_number` understands all of these and also the vague ones (3千多, 二十余, 十几, 近百), for which it says so.
`parse_number` is for places where only an exact finite number will do: it refuses the vague and the endless.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from huanchuang.engines.kernel.problem import ProblemError, refuse

DIGITS = {
    "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
CHINESE = "".join((*DIGITS, *STEPS, *MYRIADS))

WIDE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"　": " ", "﹪": "%", "﹣": "-", "−": "-"}
)
"""Full-width forms to ASCII, one character for one, so that offsets stay."""

MAX_LENGTH = 60
_ARABIC = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_SCALED = re.compile(rf"({_ARABIC.pattern})([十百千万亿]{{0,4}})", re.ASCII)
_GROUPED = re.compile(rf"([{''.join(DIGITS)}{''.join(STEPS)}]*)([万萬亿億]?)")
_SMALL = re.compile(rf"([{''.join(DIGITS)}]?)([{''.join(STEPS)}])")
_SHARE = re.compile(r"(.+)分之(.+)")
_DOUBLED = re.compile(r"翻了?(.?)番")
_NEARLY = {"近": "~", "约": "~", "超": ">", "逾": ">"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from text: exact `value`; `bound` "=" exact, ">" somewhat more, "~" about; `growth`: a rate of increase."""

    value: Fraction
    bound: str = "="
    growth: bool = False


def fold(text: str) -> str:
    """The text with full-width letters, digits and signs as ASCII, same length."""
    return text.translate(WIDE)


def read_number(text: str) -> Number:
    """The number in `text`, with its vagueness; ProblemError where there is none.

    翻一番 is growth by 1 (100 %), 百分之三十 and 30% are 3/10, 十几 is 10 with bound ">".
    """
    plain = "".join(fold(text).split())
    if not plain or len(plain) > MAX_LENGTH:
        raise _unreadable(text)
    doubled = _DOUBLED.fullmatch(plain)
    if doubled:
        return Number(Fraction(2 ** int(_exact(doubled[1] or "一", text)) - 1), growth=True)
    bound = _NEARLY.get(plain[0], "=")
    if bound != "=":
        plain = plain[1:]
    stripped = re.sub(r"[余多来几](?=[万亿千百]{0,2}$)", "", plain, count=1)
    if stripped != plain:
        bound = ">"
    if plain.startswith("几") or not stripped:
        raise _vague(text)
    return Number(_exact(stripped, text), bound)


def parse_number(text: str) -> Decimal:
    """The exact number in `text`; ProblemError where it is vague, endless (三分之一) or no number."""
    number = read_number(text)
    if number.bound != "=" or number.growth:
        raise _vague(text)
    value = as_decimal(number.value)
    if value is None:
        raise refuse(
            "number.endless",
            (f"数字“{text}”", "不能写成有限小数", "请改写为百分数或小数并注明保留几位"),
            (
                f'number "{text}"',
                "has no finite decimal form",
                "Write a percentage or a decimal and say how many places are kept",
            ),
        )
    return value


def as_decimal(value: Fraction) -> Decimal | None:
    """The exact finite decimal of a fraction, or None where it never ends."""
    denominator, twos, fives = value.denominator, 0, 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    if denominator != 1:
        return None
    places = max(twos, fives)
    return scaled(value.numerator * 2 ** (places - twos) * 5 ** (places - fives), -places)


def scaled(digits: int, exponent: int) -> Decimal:
    """digits × 10^exponent without any rounding, trailing zeros after the point removed."""
    while exponent < 0 and digits % 10 == 0:
        digits, exponent = digits // 10, exponent + 1
    if exponent > 0:
        digits, exponent = digits * 10**exponent, 0
    return Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), exponent))


def _exact(plain: str, text: str) -> Fraction:
    if plain.endswith(("%", "‰")):
        return _exact(plain[:-1], text) / (100 if plain[-1] == "%" else 1000)
    if plain in ("一半", "半"):
        return Fraction(1, 2)
    share = _SHARE.fullmatch(plain)
    if share:
        below = {"百": 100, "千": 1000, "万": 10000}.get(share[1]) or _exact(share[1], text)
        above = 100 if share[2] == "百" else _exact(share[2], text)
        if not below:
            raise _unreadable(text)
        return Fraction(above) / Fraction(below)
    if plain.endswith("成") and len(plain) == 2:
        return _chinese(plain[:-1], text) / 10
    if plain[:1] and plain[0] in "+-0123456789":
        return _arabic(plain, text)
    return _chinese(plain, text)


def _arabic(plain: str, text: str) -> Fraction:
    match = _SCALED.fullmatch(plain)
    if not match:
        raise _unreadable(text)
    value = Fraction(match[1].replace(",", ""))
    for sign in match[2]:
        value *= STEPS.get(sign) or MYRIADS[sign]
    return value


def _chinese(plain: str, text: str) -> Fraction:
    whole, point, places = plain.partition("点")
    if point:
        if not places or not all(sign in DIGITS for sign in places):
            raise _unreadable(text)
        tail = Fraction(int("".join(str(DIGITS[sign]) for sign in places)), 10 ** len(places))
        return _chinese(whole, text) + tail
    if not plain or not all(sign in CHINESE for sign in plain):
        raise _unreadable(text)
    if len(plain) > 1 and all(sign in DIGITS for sign in plain):
        return Fraction(int("".join(str(DIGITS[sign]) for sign in plain)))
    return Fraction(_grouped(plain, text))


def _grouped(plain: str, text: str) -> int:
    """Groups of four places: 一亿二千万三百 → 100000000 + 2000·10000 + 300; 三千万亿 multiplies through."""
    total = position = 0
    for group in _GROUPED.finditer(plain):
        if not group[0]:
            continue
        position = group.end()
        if group[1] or not group[2]:
            total += _below_myriad(group[1], text) * MYRIADS.get(group[2], 1)
        elif total:
            total *= MYRIADS[group[2]]
        else:
            raise _unreadable(text)
    if not position or position != len(plain):
        raise _unreadable(text)
    return total


def _below_myriad(plain: str, text: str) -> int:
    total, position, last = 0, 0, 10_000
    for match in _SMALL.finditer(plain):
        between = plain[position : match.start()].strip("零〇")
        step = STEPS[match[2]]
        if between or step >= last or (not match[1] and (step > 10 or total % 100)):
            raise _unreadable(text)
        total, position, last = total + DIGITS.get(match[1], 1) * step, match.end(), step
    rest = plain[position:]
    if not rest:
        return total
    digit = rest[-1]
    if digit not in DIGITS or rest[:-1].strip("零〇"):
        raise _unreadable(text)
    # 两百五 and 一千二 drop the last step word: 250, 1200.
    short = len(rest) == 1 and position >= 2 and last >= 100 and digit not in "零〇"
    return total + DIGITS[digit] * (last // 10 if short else 1)


def _unreadable(text: str) -> ProblemError:
    shown = text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH] + "…"
    return refuse(
        "number.unreadable",
        (
            f"数字“{shown}”",
            "不是能识别的数",
            "请写阿拉伯数字（如 1234.5）或规范的中文数字（如 一千二百三十四）",
        ),
        (
            f'number "{shown}"',
            "is not a number",
            "Write Arabic digits (1234.5) or a regular Chinese numeral (一千二百三十四)",
        ),
    )


def _vague(text: str) -> ProblemError:
    return refuse(
        "number.vague",
        (f"数字“{text}”", "是约数，不是确切的数", "请写出确切的数值"),
        (f'number "{text}"', "is approximate", "Write the exact value"),
    )
