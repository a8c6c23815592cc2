"""Search over everything a person may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huanchuang.accounts.views.gate import requires


@requires("web.search.view")
def search(request: HttpRequest) -> HttpResponse:
    """Results in groups; an empty query shows how to search."""
    query = request.GET.get("q", "").strip()[:80]
    return render(request, "web/search.html", {"query": query, "groups": []})
