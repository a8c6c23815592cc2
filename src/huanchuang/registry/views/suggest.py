"""Names to choose from while somebody types one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.queries.suggest import suggestions

LONGEST = 60


@require_safe
@requires("registry.entry.list")
def suggest(request: HttpRequest) -> JsonResponse:
    """`?kind=person&q=张` → the first few that the reader may know of; 404 for a kind that there is not."""
    user, kind = signed_in(request), KINDS.get(request.GET.get("kind", "organisation"))
    if kind is None or not allows(user, f"registry.{kind.name}.view"):
        raise Http404
    found = suggestions(user, kind, request.GET.get("q", "")[:LONGEST])
    answer = JsonResponse({"suggestions": [{"value": one.value, "hint": one.hint} for one in found]})
    answer["Cache-Control"] = "no-store"
    return answer
