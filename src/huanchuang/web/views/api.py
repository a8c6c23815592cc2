"""The documentation of the API as a page: no script, nothing from another host."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huanchuang.accounts.views.gate import requires
from huanchuang.orm.language import language
from huanchuang.web.api import api
from huanchuang.web.queries.calls import groups_of, models_of


@requires("web.api.view")
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Every call with its parameters, an example to copy, and the objects it takes and gives."""
    found = api.get_openapi_schema()
    english = language() == "en"
    context = {
        "groups": groups_of(found, english),
        "models": models_of(found),
        "text": found["info"]["description"].split("\n\n")[english],
        "english": english,
        "host": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "web/api.html", context)
