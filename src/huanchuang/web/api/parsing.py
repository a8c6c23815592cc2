"""Reads the body of a call: JSON in UTF-8, as the standard has it and nothing beyond.

Python's reader takes NaN, numbers beyond every bound, halves of characters and a name given twice; here each is refused.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any, NoReturn, cast

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from huanchuang.web.api.problems import Refused, said

DEEPEST = 20
SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
"""Escapes of NUL and of halves of characters: only then every text is looked at."""


class StrictParser(Parser):
    """Refused (400, 413, 415) for what is no JSON."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The content of a request."""
        if request.content_type != "application/json":
            raise Refused(415)
        body = request.body
        try:
            found = json.loads(
                body.decode("utf-8"), parse_constant=_no_number, parse_float=_finite, object_pairs_hook=_once
            )
            _check(found, bool(SUSPICIOUS.search(body)))
        except (ValueError, RecursionError) as error:
            raise Refused(400, _problem(error)) from error
        return cast(DictStrAny, found)


class _Wrong(ValueError):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


def _problem(error: Exception) -> Any:
    if isinstance(error, _Wrong):
        zh, en, where = error.zh, error.en, ("内容", "content")
    elif isinstance(error, json.JSONDecodeError):
        zh, en = "不是合法的 JSON", "this is no JSON"
        where = (f"第{error.lineno}行第{error.colno}个字符", f"line {error.lineno}, character {error.colno}")
    elif isinstance(error, RecursionError):
        zh, en, where = f"嵌套超过{DEEPEST}层", f"nested deeper than {DEEPEST}", ("内容", "content")
    else:
        zh, en, where = "不是 UTF-8 编码的 JSON", "this is no JSON in UTF-8", ("内容", "content")
    return said(
        "api.json",
        (where[0], zh, "请以标准 JSON（UTF-8）发送"),
        (where[1], en, "Send plain JSON in UTF-8"),
    )


def _no_number(text: str) -> NoReturn:
    raise _Wrong(f"{text} 不是数", f"{text} is no number")


def _finite(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise _Wrong(f"{text[:20]} 超出可表示的范围", f"{text[:20]} is beyond every bound")
    return found


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Wrong(f"“{twice[:40]}”出现了两次", f'"{twice[:40]}" stands twice')
    return found


def _check(found: Any, texts: bool, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(found, dict):
        for name, value in found.items():
            _check(name, texts)
            _check(value, texts, depth + 1)
    elif isinstance(found, list):
        for value in found:
            _check(value, texts, depth + 1)
    elif (
        texts
        and isinstance(found, str)
        and any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in found)
    ):
        raise _Wrong("文字中有空字符或不完整的字符", "a text holds a NUL or half a character")
