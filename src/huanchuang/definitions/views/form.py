"""A draft as a form: another view of the same files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.drafts import WRITE, check_of
from huanchuang.definitions.queries.form import form_in, form_of
from huanchuang.definitions.services.start import moved_cases
from huanchuang.definitions.views import writing
from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.packs.forms import grown, shrunk, typed

MOVE = "move"


@form_page
@requires(WRITE)
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft: save it, add an item to one of its lists, take one away."""
    return writing.write(request, pk, "definitions/form.html", _typed_files, _shown, _place(request))


def _shown(one: Draft, problems: list[Problem]) -> dict[str, Any]:
    checked = check_of(one)
    return {"checked": checked, "form": form_of(one, checked)}


@require_POST
@requires(WRITE)
def check_form(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check says to a form that is being filled, with each problem at its box; nothing is saved."""
    return writing.check(request, pk, "definitions/_checked_form.html", _typed_files, form=form_of)


def _typed_files(request: HttpRequest, one: Draft) -> dict[str, str]:
    """The files with what was typed, then with the item that was added or taken away."""
    values = {name: str(value) for name, value in request.POST.items()}
    files = typed(form_in(one, one.files), one.files, values)
    if MOVE in values:
        files = moved_cases(one.kind, one.files, files)
    return _with_items(one, files, values) if {"add", "remove"} & set(values) else files


def _with_items(one: Draft, files: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    try:
        files = grown(form_in(one, files), files, values.get("add", ""))
        return shrunk(form_in(one, files), files, values.get("remove", ""))
    except (
        ProblemError
    ):  # what was typed is no YAML: it is kept as it is, and the page says where to put it right
        return files


def _place(request: HttpRequest) -> str:
    """Back to the list that an item was added to or taken from."""
    where = request.POST.get("add") or request.POST.get("remove", "").rpartition("/")[0]
    return f"#{where}" if where else ""
