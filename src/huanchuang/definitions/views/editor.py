"""A draft: what it says, what the check says to it, and the text of its files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.definitions.models import LIVING, Draft
from huanchuang.definitions.queries.drafts import (
    WRITE,
    check_of,
    difference_of,
    file_names,
    has_written,
    may_publish,
)
from huanchuang.definitions.queries.kinds import offered
from huanchuang.definitions.views import writing
from huanchuang.engines.kernel import Problem
from huanchuang.orm.language import language

VIEW = "definitions.draft.view"
FIELD = "file:"
"""What the names of boxes for files begin with."""


@require_safe
@requires(VIEW)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft says, how it stands, what it changes."""
    one = get_object_or_404(Draft, pk=pk)
    user = signed_in(request)
    offer = offered(one.kind)
    context = {
        "draft": one,
        "checked": check_of(one),
        "differences": difference_of(one),
        "may_write": allows(user, WRITE),
        "may_publish": may_publish(user, one),
        "has_written": has_written(user, one),
        "kind": offer.title(language()) if offer else one.kind,
        "ways": offer.ways(user, one) if offer and one.state in LIVING else (),
        "files": [(name, one.files[name]) for name in file_names(one)],
    }
    return render(request, "definitions/draft.html", context)


@form_page
@requires(WRITE)
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a draft as text."""
    return writing.write(request, pk, "definitions/text.html", _typed_files, _shown)


def _shown(one: Draft, problems: list[Problem]) -> dict[str, Any]:
    return {
        "files": [(name, f"file-{number}", one.files[name]) for number, name in enumerate(file_names(one))],
        "field": FIELD,
        "checked": None if problems else check_of(one),
    }


@require_POST
@requires(WRITE)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check says to texts that are being typed; nothing is saved."""
    return writing.check(request, pk, "definitions/_checked.html", _typed_files)


def _typed_files(request: HttpRequest, one: Draft) -> dict[str, str]:
    """The files of a draft with what was typed in their place."""
    typed = {
        name.removeprefix(FIELD): str(value) for name, value in request.POST.items() if name.startswith(FIELD)
    }
    return {**one.files, **typed}
