"""Everything of the register that a person may see, as one archive made in the background."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.registry.queries.export import FORMS
from huanchuang.registry.queries.exports import exports_of
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.queries.visibility import visible
from huanchuang.registry.services.exports import start_export


@form_page
@requires("registry.district.export")
def export_all(request: HttpRequest) -> HttpResponse:
    """What it will hold, the form of its files, and the files that were made before."""
    user = signed_in(request)
    form = request.POST.get("form", "")
    if request.method == "POST" and form in FORMS:
        return redirect("jobs:show", pk=start_export(user, None, form, {}).pk)
    kinds = [kind for kind in KINDS.values() if allows(user, f"registry.{kind.name}.export")]
    context = {
        "kinds": [(kind, visible(user, kind).count()) for kind in kinds],
        "forms": FORMS,
        "made": exports_of(user),
    }
    return render(request, "registry/export_all.html", context, status=422 if form else 200)
