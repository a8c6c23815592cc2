"""The home page: what waits for me, what is due or late, what changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huanchuang.accounts.views.gate import requires


@requires("web.home.view")
def home(request: HttpRequest) -> HttpResponse:
    """The page after signing in, by role."""
    return render(request, "web/home.html", {})
