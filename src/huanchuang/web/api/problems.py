"""Errors of the API: RFC 9457 (`application/problem+json`), each with place and remedy, in the language asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request
from ninja import Schema

from huanchuang.engines.kernel import Problem, ProblemText
from huanchuang.web.middleware import API_PAGE, request_id

MEDIA_TYPE = "application/problem+json"
MOST_PROBLEMS, LONGEST = 50, 300
Words = tuple[str, str, str]
DOCS = API_PAGE


class ProblemOut(Schema):
    """One mistake: where, what, and what to do. `code` is the same in every language."""

    where: str
    what: str
    remedy: str
    code: str


class ProblemDetails(Schema):
    """RFC 9457. `type` names the kind of problem, `request_id` finds the request in the log, `problems` lists every mistake."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    problems: list[ProblemOut]


class Refused(Exception):
    """A call that is not answered: status, the problem, and what the headers say of it."""

    def __init__(self, status: int, problem: Problem | None = None, **headers: str) -> None:
        super().__init__(status)
        self.status, self.problem = status, problem or KNOWN[status]
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def said(code: str, zh: Words, en: Words) -> Problem:
    """A problem in both languages."""
    return Problem(*zh, code, ProblemText(*en))


TITLES: Mapping[int, tuple[str, str]] = {
    400: ("请求无法读取", "The request cannot be read"),
    401: ("需要登录或令牌", "Sign-in or token needed"),
    403: ("没有权限", "Not allowed"),
    404: ("没有这个对象", "No such thing"),
    405: ("不支持这种方法", "Method not supported"),
    409: ("有冲突", "Conflict"),
    413: ("内容太大", "Content too large"),
    415: ("格式不支持", "Format not supported"),
    422: ("内容有误", "The content is wrong"),
    429: ("请求太频繁", "Too many requests"),
    500: ("系统出错", "Our failure"),
    503: ("暂时无法服务", "Not available now"),
}
KNOWN: Mapping[int, Problem] = {
    400: said(
        "api.request",
        ("请求", "格式不对，读不出来", "请对照接口说明检查网址和内容"),
        ("request", "it cannot be read", f"Check address and content against {DOCS}"),
    ),
    401: said(
        "api.sign-in",
        ("身份", "没有登录，或令牌不存在、已撤销、已到期", "请重新登录，或换用有效的令牌"),
        ("identity", "not signed in, or the token is unknown, revoked or over", "Sign in again, or use a token that holds"),
    ),
    403: said(
        "api.right",
        ("权限", "账户的角色或令牌的范围不允许这样做", "如工作需要，请联系系统管理员或换用范围更大的令牌"),
        ("right", "neither the role nor the scopes of the token allow this", "Ask the administrator, or use a token with wider scopes"),
    ),
    404: said(
        "api.missing",
        ("地址", "没有这个对象，或者您看不到它", "请核对网址和编号"),
        ("address", "no such thing, or not for you", "Check address and number"),
    ),
    405: said(
        "api.method",
        ("方法", "这个地址不支持所用的方法", "可用的方法见应答的 Allow 一项"),
        ("method", "this address knows no such method", "Use one that the Allow header of this answer names"),
    ),
    409: said(
        "api.edited",
        ("记录", "刚被别人修改，您的修改没有保存", "请重新读取后再改"),
        ("record", "somebody else changed it; nothing was saved", "Read it again, then change it"),
    ),
    413: said(
        "api.size",
        ("内容", "超出一次请求的上限（5 MB）", "请分几次发送"),
        ("content", "more than one request may hold (5 MB)", "Send it in several requests"),
    ),
    415: said(
        "api.format",
        ("Content-Type", "只接受 application/json", "请以 JSON（UTF-8）发送，并写明 Content-Type"),
        ("Content-Type", "only application/json is taken", "Send JSON (UTF-8) and say so in Content-Type"),
    ),
    429: said(
        "api.often",
        ("令牌", "此网络地址连续发来错误的令牌", "请按 Retry-After 的秒数等待，并检查令牌"),
        ("token", "too many wrong tokens came from this address", "Wait the seconds of Retry-After and check the token"),
    ),
    500: said(
        "api.failure",
        ("系统", "出错了，不是请求造成的", "请稍后重试；仍不行，请把 request_id 告诉系统管理员"),
        ("system", "something failed here, through no fault of the request", "Try again; if it stays, tell the administrator the request_id"),
    ),
    503: said(
        "api.busy",
        ("系统", "暂时无法服务", "请稍后重试"),
        ("system", "not available now", "Try again later"),
    ),
}  # fmt: skip


def answer(
    request: HttpRequest,
    status: int,
    problems: Sequence[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer for what went wrong; for the usual problem of a status none has to be named."""
    words = "en" if get_language_from_request(request).startswith("en") else "zh"
    listed = list(problems) or [KNOWN.get(status) or KNOWN[400 if status < 500 else 500]]
    title = TITLES.get(status) or TITLES[400 if status < 500 else 500]
    body = {
        "type": f"urn:huanchuang:problem:{listed[0].code or 'api.data'}",
        "title": title[words == "en"],
        "status": status,
        "detail": listed[0].text(words),
        "instance": request.path,
        "request_id": request_id(request),
        "problems": [_plain(one, words) for one in listed[:MOST_PROBLEMS]],
    }
    text = json.dumps(body, ensure_ascii=False).encode(errors="replace")
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def _plain(problem: Problem, words: str) -> dict[str, Any]:
    text = problem.en if words == "en" and problem.en is not None else problem
    return {
        "where": text.where[:LONGEST],
        "what": text.what[:LONGEST],
        "remedy": text.remedy,
        "code": problem.code,
    }
