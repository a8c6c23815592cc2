"""The API under /api/: the routers of the slices, the session and the rights of the pages, errors as problems.

Each slice may bring `api.py` with `router = Router(tags=[…])`; it appears under `/api/<slice>/`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth

from huanchuang.accounts.views.gate import requires
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.orm.models import EditedMeanwhile

SLICES = (
    "accounts",
    "audit",
    "jobs",
    "files",
    "definitions",
    "notices",
    "registry",
    "facts",
    "money",
    "policies",
    "steering",
)
DOCUMENTATION_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""Ninja's page starts Swagger by a script in the page; nothing of it comes from another host."""


class ProblemOut(Schema):
    """What went wrong: where, what, and what to do; Chinese, with English beside it."""

    where: str
    what: str
    remedy: str
    code: str
    en: dict[str, str] | None = None


class Problems(Schema):
    """The body of every answer from 400 on."""

    problems: list[ProblemOut]


def guarded_documentation(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Only administrators read the documentation of the API, and its page alone may hold a script."""

    @requires("web.api.view")
    def shown(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        response = view(request, *args, **options)
        response.headers["Content-Security-Policy"] = DOCUMENTATION_POLICY
        return response

    return shown


api = NinjaAPI(
    title="环创 huanchuang",
    version="1",
    description="按登录会话和角色授权 / by session and role. 错误体为 {problems: [{where, what, remedy, code, en}]}.",
    auth=SessionAuth(),
    docs_decorator=guarded_documentation,
    urls_namespace="api",
)


def _answer(request: HttpRequest, status: int, problems: list[Problem]) -> HttpResponse:
    return api.create_response(request, {"problems": [_plain(one) for one in problems]}, status=status)


def _plain(problem: Problem) -> dict[str, Any]:
    english = problem.en and {"where": problem.en.where, "what": problem.en.what, "remedy": problem.en.remedy}
    return {
        "where": problem.where,
        "what": problem.what,
        "remedy": problem.remedy,
        "code": problem.code,
        "en": english,
    }


def _problem(code: str, zh: tuple[str, str, str], en: tuple[str, str, str]) -> list[Problem]:
    return [Problem(*zh, code, ProblemText(*en))]


@api.exception_handler(ProblemError)
def bad_data(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """422 with each problem."""
    return _answer(request, 422, list(error.problems))


@api.exception_handler(ValidationError)
def wrong_call(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422: a field is missing or of another type."""
    problems = []
    for one in error.errors:
        where = ".".join(str(part) for part in one["loc"])
        text = ProblemText(where, str(one["msg"]), "Correct this value; /api/docs shows what is expected")
        problems.append(
            Problem(where, f"值不符合要求（{one['msg']}）", "请按接口说明改正", "api.value", text)
        )
    return _answer(request, 422, problems)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401."""
    zh, en = (
        ("会话", "没有登录或登录已过期", "请重新登录"),
        ("session", "not signed in, or no longer", "Sign in again"),
    )
    return _answer(request, 401, _problem("api.session", zh, en))


@api.exception_handler(PermissionDenied)
def no_right(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """403."""
    zh = (request.path, "您的角色没有这项权限", "如工作需要请联系系统管理员")
    return _answer(
        request,
        403,
        _problem("api.right", zh, (request.path, "your role may not do this", "Ask the administrator")),
    )


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404."""
    zh = (request.path, "没有这个对象，或者您看不到它", "请核对编号")
    return _answer(
        request,
        404,
        _problem("api.missing", zh, (request.path, "no such object, or not for you", "Check the number")),
    )


@api.exception_handler(EditedMeanwhile)
def edited_meanwhile(request: HttpRequest, error: EditedMeanwhile) -> HttpResponse:
    """409: somebody else was faster."""
    zh = (request.path, "这条记录刚被别人修改，您的修改没有保存", "请重新读取后再改")
    en = (
        request.path,
        "somebody else changed this record; nothing was saved",
        "Read it again, then change it",
    )
    return _answer(request, 409, _problem("api.edited", zh, en))


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Whatever a view says with a status of its own."""
    text = (request.path, str(error), "Check the request against /api/docs")
    return _answer(
        request,
        error.status_code,
        _problem("api.request", (request.path, str(error), "请对照接口说明检查请求"), text),
    )


def _collect() -> None:
    for name in SLICES:
        if find_spec(f"huanchuang.{name}.api"):
            api.add_router(f"/{name}/", import_module(f"huanchuang.{name}.api").router)


_collect()
