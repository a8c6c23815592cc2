"""The home page: what waits for me, what is due or late, what changed."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.views.gate import requires
from huanchuang.orm import clock
from huanchuang.web import health
from huanchuang.web.queries.home import home as build


@requires("web.home.view")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page after signing in, by role."""
    user = cast(User, request.user)
    checks = health.examine() if user.role == Role.ADMINISTRATOR else []
    return render(request, "web/home.html", {"home": build(user, clock.today()), "checks": checks})
