"""What waits to be confirmed: the stale and expired records of one's own units, each confirmed with one press."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.registry.queries.waiting import waiting_for


@require_safe
@requires("registry.entry.confirm")
def entries(request: HttpRequest) -> HttpResponse:
    """Kind by kind, the longest unconfirmed first; of each kind the first few, the rest stands in its list."""
    return render(request, "registry/stale.html", {"parts": waiting_for(signed_in(request))})
