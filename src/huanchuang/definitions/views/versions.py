"""A published version: who published it and when, its files, what it changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.definitions.models import Published
from huanchuang.definitions.queries.differences import differences, in_words
from huanchuang.definitions.queries.drafts import file_names
from huanchuang.definitions.queries.kinds import offered
from huanchuang.definitions.queries.versions import before, version_with
from huanchuang.orm.language import language


@require_safe
@requires("definitions.version.view")
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version with its difference to the one before."""
    row = get_object_or_404(Published.objects.select_related("draft"), pk=pk)
    words = language()
    this = version_with(row.kind, row.digest)
    last = before(row)
    offer = offered(row.kind)
    files = [(name, row.files[name]) for name in file_names(row.draft)]
    context = {
        "row": row,
        "this": this,
        "last": last,
        "words": in_words(last.pack if last else None, this.pack if this else None, words),
        "differences": differences(last.files(), dict(files)) if last else [],
        "files": files,
        "page": offer.page(row.pack) if offer else "",
        "may_see_draft": allows(signed_in(request), "definitions.draft.view"),
    }
    return render(request, "definitions/version.html", context)
