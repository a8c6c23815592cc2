"""The gate before every page: `@requires(deed)` or `@public(reason)`; a test asks that each view carries one.

@requires("steering.plan.upload")
def upload(request: HttpRequest) -> HttpResponse: ...
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import EVERYONE, allows, roles_for

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
OWN_AFFAIRS = "accounts.self.manage"
form_page = require_http_methods(["GET", "HEAD", "POST"])
"""A page that shows a form and takes it, as Django's `require_safe` only shows and `require_POST` only takes."""


def requires(deed: str) -> Callable[[V], V]:
    """Let in who may do `deed`. Others: the sign-in page (nobody signed in), or a page saying which role may.

    Rights on single objects (grants) are asked again inside the view with `allows(user, deed, subject)`;
    a view whose rights come from grants only is marked `@requires(...)` with a deed for everyone.
    """

    def gate(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
            refusal = _refusal(request, deed)
            return view(request, *args, **options) if refusal is None else refusal

        guarded.deed = deed  # type: ignore[attr-defined]  # read by the test that walks the URL table
        return cast(V, guarded)

    return gate


def public(reason: str) -> Callable[[V], V]:
    """Mark a view that anybody may open, with the reason why."""

    def gate(view: V) -> V:
        @wraps(view)
        def opened(*args: Any, **options: Any) -> HttpResponseBase:
            return view(*args, **options)

        opened.public = reason  # type: ignore[attr-defined]  # read by the test that walks the URL table
        return cast(V, opened)

    return gate


def _refusal(request: HttpRequest, deed: str) -> HttpResponseBase | None:
    user = request.user
    if not isinstance(user, User):
        return _to_sign_in(request)
    if user.must_change_password and deed != OWN_AFFAIRS:
        return redirect("account_change_password")
    return None if allows(user, deed) else no_right(request, deed)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") != "true":
        return redirect_to_login(request.get_full_path())
    # A fragment cannot show the sign-in page: htmx is told to go there with the whole window.
    answer = HttpResponse(status=401)
    answer["HX-Redirect"] = redirect_to_login(request.headers.get("HX-Current-URL", "/")).url
    return answer


def no_right(request: HttpRequest, deed: str) -> HttpResponse:
    """The page for somebody signed in without the right: which deed, which roles may, whom to ask. Status 403."""
    roles = roles_for(deed)
    labels = [role.label for role in Role if role.value in roles or EVERYONE in roles]
    return render(request, "accounts/no_right.html", {"deed": deed, "roles": labels}, status=403)
