"""The API under /api/v1/: the routers of the slices, by token or session, with the rights of the pages.

Each slice may bring `api.py` with `router = Router(tags=[…])`; it appears under `/api/v1/<slice>/`.

1. `doors`     who is calling: a token or a session.
2. `parsing`   the body of a call, strictly.
3. `problems`  what every error says (RFC 9457); `values` says it of values that do not fit.
4. `frame`     the middleware around all of it.
5. `schema`    the description (OpenAPI) as it is served, and what the page of documentation shows of it.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.web.api.doors import Session, Token
from huanchuang.web.api.parsing import StrictParser
from huanchuang.web.api.problems import Refused, answer, said
from huanchuang.web.api.schema import DESCRIPTION, completed
from huanchuang.web.api.values import wrong_value

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


class Api(NinjaAPI):
    """Ninja's, whose description also tells the errors."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """OpenAPI 3.1 with every error, example and way in."""
        return completed(super().get_openapi_schema(**options))


api = Api(
    title="环创 huanchuang",
    version="1",
    description=DESCRIPTION,
    auth=[Token(), Session()],
    parser=StrictParser(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


@api.get("/openapi.json", include_in_schema=False, url_name="description")
def description(request: HttpRequest) -> dict[str, Any]:
    """The description itself, for programs: whoever may call at all may read it."""
    return api.get_openapi_schema()


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """What a door or the parser refuses."""
    return answer(request, error.status, [error.problem], error.headers)


@api.exception_handler(ProblemError)
def bad_data(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """422 with each problem."""
    return answer(request, 422, error.problems)


@api.exception_handler(ValidationError)
def wrong_call(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422: a field is missing or of another type."""
    return answer(request, 422, [wrong_value(one) for one in error.errors])


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401."""
    return answer(request, 401, headers={"WWW-Authenticate": 'Bearer realm="huanchuang"'})


@api.exception_handler(PermissionDenied)
def no_right(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """403, naming the deed where it is known: it is also the name of the scope."""
    deed = str(error)
    if not deed:
        return answer(request, 403)
    zh = (deed, "账户的角色或令牌的范围不包括这一项", "如工作需要，请联系系统管理员或换用范围更大的令牌")
    en = (deed, "neither the role nor the scopes of the token hold this", "Ask the administrator, or use a token with wider scopes")  # fmt: skip
    return answer(request, 403, [said("api.right", zh, en)])


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404."""
    return answer(request, 404)


@api.exception_handler(EditedMeanwhile)
def edited_meanwhile(request: HttpRequest, error: EditedMeanwhile) -> HttpResponse:
    """409: somebody else was faster."""
    return answer(request, 409)


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """413."""
    return answer(request, 413)


@api.exception_handler(UnreadablePostError)
def broken_off(request: HttpRequest, error: UnreadablePostError) -> HttpResponse:
    """400: the connection ended before the content did."""
    return answer(request, 400)


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja wraps what the parser refuses; everything else it says by a status of its own."""
    cause = error.__cause__
    if isinstance(cause, Refused):
        return refused(request, cause)
    if isinstance(cause, RequestDataTooBig):
        return too_big(request, cause)
    return answer(request, error.status_code)


def _collect() -> None:
    for name in SLICES:
        if find_spec(f"huanchuang.{name}.api"):
            api.add_router(f"/{name}/", import_module(f"huanchuang.{name}.api").router)


_collect()
