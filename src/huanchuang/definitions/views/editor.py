"""A draft: what it says, what the check says to it, and the text of its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import actor_of, allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.drafts import (
    WRITE,
    check_of,
    difference_of,
    file_names,
    has_written,
    may_publish,
)
from huanchuang.definitions.queries.kinds import offered
from huanchuang.definitions.services import save_draft
from huanchuang.definitions.services.files import clean_files
from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.orm.numbers import whole_number

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
        "files": [(name, one.files[name]) for name in file_names(one)],
    }
    return render(request, "definitions/draft.html", context)


@form_page
@requires(WRITE)
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a draft as text."""
    one = get_object_or_404(Draft, pk=pk)
    if not one.is_open:
        return redirect(one)
    problems: list[Problem] = []
    clash = False
    if request.method == "POST":
        version = version_typed(request)
        one.files = typed_files(request, one)
        try:
            save_draft(actor_of(request), one, version, one.files)
        except ProblemError as error:
            problems = list(error.problems)
        except EditedMeanwhile:
            clash = True
        else:
            messages.success(request, _("已保存"))
            return redirect("definitions:text", pk)
    return _shown(request, one, problems, clash=clash)


def _shown(request: HttpRequest, one: Draft, problems: list[Problem], *, clash: bool) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": one,
        "problems": problems,
        "clash": clash,
        "stored": Draft.objects.get(pk=one.pk) if clash else one,
        "files": [(name, f"file-{number}", one.files[name]) for number, name in enumerate(file_names(one))],
        "field": FIELD,
        "checked": None if problems else check_of(one),
    }
    return render(request, "definitions/text.html", context, status=422 if problems or clash else 200)


@require_POST
@requires(WRITE)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check says to texts that are being typed; nothing is saved."""
    one = get_object_or_404(Draft, pk=pk)
    try:
        one.files = clean_files(one.kind, typed_files(request, one))
    except ProblemError as error:
        return render(request, "definitions/_refused.html", {"problems": error.problems})
    return render(request, "definitions/_checked.html", {"draft": one, "checked": check_of(one)})


def typed_files(request: HttpRequest, one: Draft) -> dict[str, str]:
    """The files of a draft with what was typed in their place."""
    typed = {
        name.removeprefix(FIELD): str(value) for name, value in request.POST.items() if name.startswith(FIELD)
    }
    return {**one.files, **typed}


def version_typed(request: HttpRequest) -> int:
    """The version of the draft that the page was made from; 0 for anything that is none."""
    return whole_number(request.POST.get("version")) or 0
