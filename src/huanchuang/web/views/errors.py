"""Pages for what went wrong: what happened, what to do, and a number to refer to."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop

from huanchuang.accounts.views.gate import public
from huanchuang.web.middleware import request_id


@dataclass(frozen=True)
class Mishap:
    """What an error page says. The texts are message ids."""

    status: int
    title: str
    what: str
    remedy: str


BAD_REQUEST = Mishap(
    400,
    gettext_noop("这个请求无法处理"),
    gettext_noop("网址或提交的内容格式不对，没有保存任何内容。"),
    gettext_noop("请返回上一页重新操作；如果网址是手工输入的，请检查是否完整。"),
)
FORBIDDEN = Mishap(
    403,
    gettext_noop("您没有查看这一页的权限"),
    gettext_noop("这一页只对部分角色或有关单位开放。"),
    gettext_noop("如果工作需要，请联系系统管理员调整您的角色或授权。"),
)
MISSING = Mishap(
    404,
    gettext_noop("没有这一页"),
    gettext_noop("网址可能不完整，或者内容已经移走、办结归档。"),
    gettext_noop("请用上方的搜索查找，或者回到首页。"),
)
FAILED = Mishap(
    500,
    gettext_noop("系统出错了"),
    gettext_noop("这是我们的问题，不是您的操作造成的。刚才提交的内容可能没有保存。"),
    gettext_noop("请稍后重试；仍不行，请把下面的编号告诉系统管理员。"),
)
STALE_FORM = Mishap(
    403,
    gettext_noop("页面已过期，内容没有提交"),
    gettext_noop("为防止他人冒用您的身份，表单只在一段时间内有效；登录、退出或长时间未操作后需要重新打开。"),
    gettext_noop("请返回上一页并刷新，再提交一次；请确认浏览器允许本站使用 Cookie。"),
)


def _page(request: HttpRequest, mishap: Mishap) -> HttpResponse:
    context = {"mishap": _said(mishap), "reference": request_id(request)}
    return render(request, "web/error.html", context, status=mishap.status)


def _said(mishap: Mishap) -> dict[str, str | int]:
    return {
        "status": mishap.status,
        "title": gettext(mishap.title),
        "what": gettext(mishap.what),
        "remedy": gettext(mishap.remedy),
    }


@public("an answer to whoever asked wrongly")
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form cannot be understood."""
    return _bare(request, BAD_REQUEST)


@public("an answer to whoever asked")
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: no right to this page."""
    return _page(request, FORBIDDEN)


@public("an answer to whoever asked")
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    return _page(request, MISSING)


@public("an answer to whoever asked")
def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault. Needs neither database nor session."""
    return _bare(request, FAILED)


@public("an answer to whoever sent a stale form")
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old."""
    return _page(request, STALE_FORM)


def _bare(request: HttpRequest, mishap: Mishap) -> HttpResponse:
    text = render_to_string(
        "web/error_bare.html", {"mishap": _said(mishap), "reference": request_id(request)}
    )
    if mishap.status == HttpResponseServerError.status_code:
        return HttpResponseServerError(text)
    return HttpResponse(text, status=mishap.status)
