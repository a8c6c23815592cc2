"""Values of fields in their four forms: as people write them, as they are stored, as they are shown, as plain JSON.

`read_value` takes what a form or a sheet holds and refuses what cannot be kept, in words that say what to do.
`plain_value` and `value_of_plain` are each other's inverse: revisions, exports and the API speak plain values.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, override

from huanchuang.engines.kernel import (
    Money,
    PatentNumber,
    Problem,
    ProblemError,
    ProblemText,
    Uscc,
    parse_number,
)
from huanchuang.orm.language import language
from huanchuang.packs import vocabulary
from huanchuang.packs.vocabulary import CodeTree
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds.field import Field, Shape
from huanchuang.registry.queries.kinds.parameters import parameter_of

LONGEST_LINE, MOST_LINES, LONGEST_TEXT = 200, 60, 10_000
MOST_FEN = 10**16
"""A hundred trillion yuan: more than any budget, less than the column holds."""
YES_NO = {
    "是": True, "有": True, "yes": True, "true": True, "y": True, "1": True, "√": True, "✓": True,
    "否": False, "无": False, "no": False, "false": False, "n": False, "0": False, "×": False, "": False,
}  # fmt: skip


def tree_of(field: Field) -> CodeTree:
    """The code list of a field of codes."""
    return vocabulary.code_tree(field.vocabulary)


def tidy(text: str) -> str:
    """Without what cannot be seen (marks that turn the direction make one name look like another) and spaces at the ends."""
    kept = "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    return kept.strip()


def read_value(field: Field, given: Any) -> Any:
    """The stored value of what was written or given; ProblemError says what is wrong at this field.

    Values that already have their stored type pass the same checks. ENTRY fields are resolved by their caller, who
    knows the register: here they pass unchanged.
    """
    if given is None or (isinstance(given, str) and not tidy(given)):
        return field.empty
    if field.shape is Shape.ENTRY:
        return given
    return _READERS[field.shape](field, given)


def problem_at(
    field: Field, zh: tuple[str, str], en: tuple[str, str], code: str = "registry.value"
) -> ProblemError:
    """A refusal at a field: (what is wrong, what to do) in both languages; its label says where."""
    return ProblemError(Problem(str(field.label), *zh, code=code, en=ProblemText(label_en(field), *en)))


def label_en(field: Field) -> str:
    """The English heading of a field."""
    with override("en"):
        return str(field.label)


def _text(field: Field, given: Any) -> str:
    text = tidy(str(given))
    if field.shape is not Shape.LONG:
        text = " ".join(text.split())
    limit = LONGEST_TEXT if field.shape is Shape.LONG else field.length
    if len(text) > limit:
        raise problem_at(
            field,
            (f"有{len(text)}个字，最多{limit}个", "请缩短后再填"),
            (f"has {len(text)} characters, {limit} are allowed", "Shorten it"),
        )
    return text


def _lines(field: Field, given: Any) -> list[str]:
    parts = (
        given
        if isinstance(given, list | tuple)
        else _each_on_a_line(str(given), "；;" + field.apart).splitlines()
    )
    lines = list(dict.fromkeys(line for part in parts if (line := " ".join(tidy(str(part)).split()))))
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise problem_at(
            field,
            (f"最多{MOST_LINES}行，每行{LONGEST_LINE}个字", "请删减后再填"),
            (f"at most {MOST_LINES} lines of {LONGEST_LINE} characters", "Shorten it"),
        )
    return lines


def _code(field: Field, given: Any) -> str:
    tree, text = tree_of(field), tidy(str(given))
    first = text.split()[0]
    code = text if text in tree else first if first in tree else tree.find(text)
    if code is None:
        some = "、".join(tree.name(one) for one in tree.roots()[:8])
        raise problem_at(
            field,
            (f"词表里没有“{text[:40]}”", f"请填写规范名称或代码，例如：{some}"),
            (f'the vocabulary has no "{text[:40]}"', "Use a name or code of the list"),
        )
    return code


def _codes(field: Field, given: Any) -> list[str]:
    parts: Sequence[Any] = given if isinstance(given, list | tuple) else _split(str(given))
    return list(dict.fromkeys(_code(field, part) for part in parts if tidy(str(part))))


def _split(text: str) -> list[str]:
    return _each_on_a_line(text, "、，,；;/|").splitlines()


def _each_on_a_line(text: str, signs: str) -> str:
    return text.translate(dict.fromkeys(map(ord, signs), "\n"))


def _date(field: Field, given: Any) -> dt.date:
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    text = unicodedata.normalize("NFKC", tidy(str(given)))
    plain = (
        text.replace("年", "-")
        .replace("月", "-")
        .replace("日", "")
        .replace("/", "-")
        .replace(".", "-")
        .rstrip("-")
    )
    try:
        if plain.isascii() and plain.isdigit() and len(plain) == 8:
            return dt.datetime.strptime(plain, "%Y%m%d").date()  # noqa: DTZ007  (a day has no zone)
        year, month, day = (int(part) for part in plain.split("-"))
        return dt.date(year, month, day)
    except ValueError:
        raise problem_at(
            field,
            (f"“{text[:30]}”不是完整的日期", "请填如 2026-06-30 的日期，年、月、日都要有"),
            (f'"{text[:30]}" is no full date', "Write it as 2026-06-30"),
        ) from None


def _money(field: Field, given: Any) -> Money:
    if isinstance(given, Money):
        _refuse_out_of_range(field, given.fen < 0, given.fen > MOST_FEN)
        return given
    try:
        text = unicodedata.normalize("NFKC", tidy(str(given))).replace(",", "")
        # “1200万” in a field of 万元 means what it says, and not ten thousand times as much.
        says_its_unit = text.endswith("元") or "万" in text or "亿" in text
        money = (
            Money.parse(text if text.endswith("元") else f"{text}元")
            if says_its_unit
            else Money.from_unit(parse_number(text), field.unit or "元")
        )
    except (ProblemError, ArithmeticError):
        raise problem_at(
            field,
            (f"“{str(given)[:30]}”不是金额", f"请填数字，单位{field.unit}；不知道就留空"),
            (f'"{str(given)[:30]}" is no amount', f"Give a number in {field.unit}, or leave it empty"),
        ) from None
    _refuse_out_of_range(field, money.fen < 0, money.fen > MOST_FEN)
    return money


def _refuse_out_of_range(field: Field, below: bool, above: bool) -> None:
    if below:
        raise problem_at(field, ("不能小于零", "请核对数值"), ("cannot be below zero", "Check the value"))
    if above:
        raise problem_at(field, ("数值过大", "请核对单位"), ("is too large", "Check the unit"))


def _number(field: Field, given: Any) -> Decimal:
    text = unicodedata.normalize("NFKC", tidy(str(given))).replace(",", "").removesuffix(field.unit or "\0")
    try:
        number = Decimal(parse_number(text))
    except (ProblemError, ArithmeticError):
        raise problem_at(
            field,
            (f"“{str(given)[:30]}”不是数字", "请只填数字；不知道就留空"),
            (f'"{str(given)[:30]}" is no number', "Give a number only, or leave it empty"),
        ) from None
    _refuse_out_of_range(field, number < 0, number > field.most)
    if number != round(number, field.places):
        raise problem_at(
            field,
            (f"最多{field.places}位小数", "请按要求的位数填写"),
            (f"has more than {field.places} decimal places", "Give fewer places"),
        )
    return number


def _whole(field: Field, given: Any) -> int:
    number = _number(field, given)
    if number != int(number):
        raise problem_at(
            field,
            (f"“{given}”不是整数", "请填整数"),
            (f'"{given}" is no whole number', "Give a whole number"),
        )
    return int(number)


def _yes_no(field: Field, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    word = YES_NO.get(tidy(str(given)).casefold())
    if word is None:
        raise problem_at(
            field,
            (f"“{given}”不是是或否", "请填 是 或 否"),
            (f'"{given}" is neither yes nor no', "Fill in yes or no"),
        )
    return word


def _uscc(_field: Field, given: Any) -> Uscc:
    return given if isinstance(given, Uscc) else Uscc.parse(str(given))


def _ip_number(field: Field, given: Any) -> str:
    """A Chinese application number in its canonical form; the number of another right as it is written."""
    text = unicodedata.normalize("NFKC", _text(field, given)).upper()
    digits = text.removeprefix("ZL").removeprefix("CN").replace(".", "").replace(" ", "")
    if len(digits) in (8, 9, 12, 13) and digits[:-1].isdigit():
        return PatentNumber.parse(text).text.removeprefix("ZL")
    return text


def _parameters(field: Field, given: Any) -> list[dict[str, str]]:
    if isinstance(given, list | tuple) and all(isinstance(one, Mapping) for one in given):
        given = [str(one.get("text", "")) for one in given]
    return [parameter_of(line) for line in _lines(field, given)]


_READERS: Mapping[Shape, Callable[[Field, Any], Any]] = {
    Shape.TEXT: _text, Shape.LONG: _text, Shape.LINES: _lines, Shape.CODE: _code, Shape.CODES: _codes,
    Shape.DATE: _date, Shape.MONEY: _money, Shape.WHOLE: _whole, Shape.NUMBER: _number, Shape.YES_NO: _yes_no,
    Shape.USCC: _uscc, Shape.IP_NUMBER: _ip_number, Shape.PARAMETERS: _parameters,
}  # fmt: skip


def show_value(field: Field, value: Any, reader: str = "") -> str:
    """A stored value in words of the reader's language, as lists, pages and exports show it; empty for nothing known."""
    if value is None or value == "" or value == []:
        return ""
    spoken = reader or language()
    if field.shape in {Shape.CODE, Shape.CODES}:
        codes = value if isinstance(value, list) else [value]
        return "、".join(code_name(tree_of(field), code, spoken) for code in codes)
    if field.shape is Shape.LINES:
        return "、".join(value)
    if field.shape is Shape.PARAMETERS:
        return "；".join(one["text"] for one in value)
    if field.shape is Shape.MONEY:
        return f"{value.in_unit(field.unit or '元'):f}"
    if field.shape is Shape.NUMBER:
        return f"{Decimal(value).normalize():f}"
    if field.shape is Shape.YES_NO:
        return gettext("是") if value else gettext("否")
    if isinstance(value, Uscc):
        return value.text
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def code_name(tree: CodeTree, code: str, spoken: str = "") -> str:
    """The name of a code in the reader's language; the code itself when the vocabulary has dropped it."""
    return tree.name(code, spoken or language()) if code in tree else code


def plain_value(field: Field, value: Any) -> Any:
    """A stored value as JSON keeps it: text, number, list or None; money in fen, links as subjects."""
    if isinstance(value, Entry):
        return value.subject
    if isinstance(value, Uscc):
        return value.text
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, dt.date) else value


def value_of_plain(field: Field, plain: Any) -> Any:
    """The stored value of a plain one; the subject of an ENTRY field stays a subject."""
    if plain is None or plain == "":
        return field.empty
    if field.shape is Shape.MONEY:
        return Money(int(plain))
    if field.shape is Shape.NUMBER:
        return Decimal(str(plain))
    if field.shape is Shape.DATE:
        return dt.date.fromisoformat(plain)
    return Uscc.parse(plain) if field.shape is Shape.USCC else plain
