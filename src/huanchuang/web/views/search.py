"""Search over everything a person may see."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.views.gate import requires
from huanchuang.web.queries.finding import LONGEST
from huanchuang.web.queries.finding import search as find


@requires("web.search.view")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results in groups; an empty query shows how to search."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    groups = find(cast(User, request.user), query)
    return render(
        request,
        "web/search.html",
        {"query": query, "groups": groups, "count": sum(group.count for group in groups)},
    )
