"""What is typed into a draft, be it as text or as a form: saved, or shown again with what is wrong; checked meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huanchuang.accounts.queries import actor_of
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.drafts import check_of
from huanchuang.definitions.services import save_draft
from huanchuang.definitions.services.files import clean_files
from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.orm.numbers import whole_number

Typed = Callable[[HttpRequest, Draft], dict[str, str]]
"""The files of a draft with what was typed in their place."""


def write(
    request: HttpRequest,
    pk: int,
    template: str,
    typed: Typed,
    shown: Callable[[Draft, list[Problem]], Mapping[str, Any]],
    place: str = "",
) -> HttpResponse:
    """The page on which a draft is written: what was typed is saved, and back to a place on the page; or it stays with
    what is wrong, or with what somebody else wrote meanwhile."""
    one = get_object_or_404(Draft, pk=pk)
    if not one.is_open:
        return redirect(one)
    problems: list[Problem] = []
    clash = False
    if request.method == "POST":
        try:
            one.files = typed(request, one)
            save_draft(actor_of(request), one, whole_number(request.POST.get("version")) or 0, one.files)
        except ProblemError as error:
            problems = list(error.problems)
        except EditedMeanwhile:
            clash = True
        else:
            messages.success(request, _("已保存"))
            return redirect(request.path + place)
    context = {
        "draft": one,
        "stored": Draft.objects.get(pk=one.pk) if clash else one,
        "problems": problems,
        "clash": clash,
        **shown(one, problems),
    }
    return render(request, template, context, status=422 if problems or clash else 200)


def check(
    request: HttpRequest, pk: int, template: str, typed: Typed, **more: Callable[[Draft, Any], object]
) -> HttpResponse:
    """What the check says to what is being typed, with `more` made of it; nothing is saved."""
    one = get_object_or_404(Draft, pk=pk)
    try:
        one.files = clean_files(one.kind, typed(request, one))
    except ProblemError as error:
        return render(request, "definitions/_refused.html", {"problems": error.problems})
    checked = check_of(one)
    context = {name: make(one, checked) for name, make in more.items()}
    return render(request, template, {"draft": one, "checked": checked, **context})
