"""A draft as a form: another view of the same files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.drafts import WRITE, check_of
from huanchuang.definitions.queries.form import form_in, form_of
from huanchuang.definitions.services import save_draft
from huanchuang.definitions.services.files import clean_files
from huanchuang.definitions.services.start import moved_cases
from huanchuang.definitions.views.editor import version_typed
from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.packs.forms import grown, shrunk, typed

MOVE = "move"


@form_page
@requires(WRITE)
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft: save it, add an item to one of its lists, take one away."""
    one = get_object_or_404(Draft, pk=pk)
    if not one.is_open:
        return redirect(one)
    problems: list[Problem] = []
    clash = False
    if request.method == "POST":
        try:
            one.files = _typed_files(request, one)
            save_draft(actor_of(request), one, version_typed(request), one.files)
        except ProblemError as error:
            problems = list(error.problems)
        except EditedMeanwhile:
            clash = True
        else:
            messages.success(request, _("已保存"))
            return redirect(request.path + _place(request))
    return _shown(request, one, problems, clash=clash)


def _shown(request: HttpRequest, one: Draft, problems: list[Problem], *, clash: bool) -> HttpResponse:
    checked = check_of(one)
    context = {
        "draft": one,
        "stored": Draft.objects.get(pk=one.pk) if clash else one,
        "problems": problems,
        "clash": clash,
        "checked": checked,
        "form": form_of(one, checked),
    }
    return render(request, "definitions/form.html", context, status=422 if problems or clash else 200)


@require_POST
@requires(WRITE)
def check_form(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check says to a form that is being filled, with each problem at its box; nothing is saved."""
    one = get_object_or_404(Draft, pk=pk)
    try:
        one.files = clean_files(one.kind, _typed_files(request, one))
    except ProblemError as error:
        return render(request, "definitions/_refused.html", {"problems": error.problems})
    checked = check_of(one)
    return render(
        request,
        "definitions/_checked_form.html",
        {"draft": one, "checked": checked, "form": form_of(one, checked)},
    )


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
