"""Values that do not fit, in Chinese beside the English of the library that found them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huanchuang.engines.kernel import Problem
from huanchuang.web.api.problems import DOCS, LONGEST, said

WORDS: Mapping[str, str] = {
    "missing": "没有给出这一项",
    "extra_forbidden": "没有名为这样的一项",
    "int_parsing": "应为整数",
    "int_parsing_size": "整数太大",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字（加引号）",
    "string_too_short": "至少{min_length}个字符",
    "string_too_long": "至多{max_length}个字符",
    "too_long": "至多{max_length}项",
    "too_short": "至少{min_length}项",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "dict_type": "应为对象",
    "model_attributes_type": "应为对象",
    "model_type": "应为对象",
    "list_type": "应为数组",
    "literal_error": "只能是 {expected}",
    "date_type": "应为日期，如 2026-06-30",
    "date_parsing": "应为日期，如 2026-06-30",
    "date_from_datetime_parsing": "应为日期，如 2026-06-30",
    "date_from_datetime_inexact": "应为日期，如 2026-06-30，不带时间",
    "datetime_parsing": "应为时间，如 2026-06-30T09:00:00+08:00",
    "datetime_from_date_parsing": "应为时间，如 2026-06-30T09:00:00+08:00",
}
NOT_WRITTEN = ("body", "query", "path", "given")
"""Parts of a place that say where in the program, not where in the request."""


def wrong_value(found: Mapping[str, Any]) -> Problem:
    """One mistake of a value: place, what is asked for, and where that is described."""
    parts = [str(part) for part in found["loc"]]
    while parts[:-1] and parts[0] in NOT_WRITTEN:
        parts = parts[1:]
    where = ".".join(parts)[:LONGEST]
    words = WORDS.get(str(found.get("type")), "")
    zh = words.format_map(found.get("ctx") or {}) if words else f"值不符合要求（{found['msg']}）"
    return said(
        "api.value",
        (where, zh, "请按接口说明改正"),
        (where, str(found["msg"]), f"Correct this value; {DOCS} shows what is expected"),
    )
