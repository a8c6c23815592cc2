"""一企一档: the page, and the same as a Word paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.files.views import made
from huanchuang.orm import clock
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import visible_organisations
from huanchuang.web.queries.dossier import Dossier, dossier, title_of
from huanchuang.web.queries.dossier.paper import paper_of


@requires("web.dossier.view")
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one organisation that the reader may see."""
    return render(request, "web/dossier.html", {"dossier": _found(request, pk)})


@requires("web.dossier.view")
@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a Word paper, with sources and the day."""
    found = _found(request, pk)
    name = f"{title_of(found.organisation)}-{found.as_of.isoformat()}.docx"
    return made(paper_of(found, signed_in(request).name), name)


def _found(request: HttpRequest, pk: int) -> Dossier:
    user = signed_in(request)
    organisation: Organisation = get_object_or_404(
        visible_organisations(user).select_related("parent"), pk=pk
    )
    return dossier(user, organisation, clock.today())
