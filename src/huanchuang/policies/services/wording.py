"""What a person confirms of a proposal, checked: only what the draft can hold is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from huanchuang.engines.expression import read
from huanchuang.engines.expression.reading import Wanted
from huanchuang.engines.kernel import Money, ProblemError, refuse
from huanchuang.packs.policies import criteria
from huanchuang.packs.policies.proposal import Item

LONGEST = 600
WAYS = ("coded", "document", "human")
RULES = ("highest", "exclusive", "total")
_DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_LEAP_YEAR = 2000


def clean_value(item: Item, given: Mapping[str, str]) -> dict[str, str]:
    """The value of an item as confirmed. ProblemError that names the field and what to write."""
    value = {key: " ".join(str(text).split())[:2000] for key, text in given.items()}
    if item.kind in ("requirement", "left"):
        return _requirement(item, value)
    if item.kind == "amount":
        return _amount(item, value)
    if item.kind == "window":
        return {key: _day_of_year(value.get(key, "")) for key in ("opens", "closes")}
    if item.kind == "group":
        return _group(item, value)
    return {name: _framed(name, value.get(name, "")) for name in item.value}


def _requirement(item: Item, value: Mapping[str, str]) -> dict[str, str]:
    way = value.get("by", "human")
    if way not in WAYS:
        raise _bad(
            "处理方式",
            way,
            "选自动计算、凭材料或由人判断",
            "Way",
            "Choose computed, by papers or by a person",
        )
    found = {"by": way, "text": _text(value.get("text") or " ".join(item.text.split()))}
    if way == "coded":
        found["when"] = value.get("when", "")
        _read(found["when"], "condition")
    if way == "document":
        found["papers"] = "、".join(one[:100] for one in re.split(r"[、;；]", value.get("papers", "")) if one)
    return found


def _amount(item: Item, value: Mapping[str, str]) -> dict[str, str]:
    formula = value.get("is", "")
    if formula:
        _read(formula, "money")
    text = _text(value.get("text") or " ".join(item.text.split()))
    return {"is": formula, "cap": item.value.get("cap", ""), "text": text}


def _group(item: Item, value: Mapping[str, str]) -> dict[str, str]:
    rule = value.get("rule", item.value["rule"])
    if rule not in RULES:
        raise _bad("合并规则", rule, "选就高、互斥或合计限额", "Rule", "Choose highest, exclusive or total")
    limit = _money("限额", "Limit", value.get("limit", "")) if rule == "total" else ""
    return {"rule": rule, "limit": limit}


def _framed(name: str, text: str) -> str:
    if name in ("valid_from", "valid_to"):
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            raise _bad("日期", text, "写成 2026-03-01 的样子", "Day", "Write it like 2026-03-01") from None
    if name == "budget":
        return _money("预算", "Budget", text)
    if name == "once":
        return "yes"
    if not text:
        raise _bad("内容", text, "请填写，或点“不用”", "Text", "Fill it in, or drop the item")
    return text[:300]


def _day_of_year(text: str) -> str:
    try:
        if _DAY_OF_YEAR.fullmatch(text):
            dt.date.fromisoformat(f"{_LEAP_YEAR}-{text}")
            return text
    except ValueError:
        pass  # the calendar has no such day
    raise _bad("申报窗口", text, "写成 月-日，例如 03-01", "Window", "Write month and day, such as 03-01")


def _money(name: str, english: str, text: str) -> str:
    try:
        Money.parse(text)
        _read(text, "money")
    except ProblemError:
        raise _bad(
            name, text, "写成金额，例如 500万元", english, "Write an amount, such as 500万元"
        ) from None
    return text


def _text(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _read(text: str, wanted: Wanted) -> None:
    """ProblemError of the language where it does not take the text."""
    read(text, criteria().vocabulary, wanted)


def _bad(name: str, text: str, remedy: str, english: str, remedy_en: str) -> ProblemError:
    return refuse(
        "policies.paper.value",
        (name, f"“{text[:60]}”不能用", remedy),
        (english, f'"{text[:60]}" cannot be used', remedy_en),
    )
