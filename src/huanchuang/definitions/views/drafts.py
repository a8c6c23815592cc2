"""Drafts and what was published; beginning a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import actor_of, allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.definitions.forms import StartForm
from huanchuang.definitions.models import State
from huanchuang.definitions.queries.drafts import WRITE, published
from huanchuang.definitions.queries.drafts import drafts as drafts_in
from huanchuang.definitions.queries.kinds import offered, offers
from huanchuang.definitions.queries.versions import versions_of
from huanchuang.definitions.services import start_draft
from huanchuang.definitions.services.start import continued_files, skeleton_files
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language

VIEW = "definitions.draft.view"
PAGE = 50


@require_safe
@requires(VIEW)
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts somebody works on, and what was published."""
    state = request.GET.get("state", "")
    options: list[dict[str, Any]] = [{"value": "", "label": _("在办"), "count": None}]
    options += [{"value": value, "label": label, "count": None} for value, label in State.choices]
    context = {
        "page": Paginator(drafts_in(state), PAGE).get_page(request.GET.get("page")),
        "published": list(published()[:PAGE]),
        "may_write": allows(signed_in(request), WRITE),
        "groups": [{"label": _("状态"), "name": "state", "default": "", "options": options}],
    }
    return render(request, "definitions/drafts.html", context)


@form_page
@requires(WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a definition: from a skeleton, or from files that are there already."""
    kind = offers()[0].name
    form = StartForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        pack = form.cleaned_data["pack"].strip()
        try:
            files = form.cleaned_data["texts"] or skeleton_files(kind, pack)
            made = start_draft(actor_of(request), kind, pack, files)
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            messages.success(request, _("已建立草稿"))
            return redirect(made)
    context = {"form": form, "packs": _continuable(kind), "kind": kind}
    return render(request, "definitions/new.html", context, status=422 if form.errors else 200)


def _continuable(kind: str) -> list[dict[str, str]]:
    words = language()
    found = []
    for name, versions in versions_of(kind).items():
        pack = versions[-1].pack
        found.append(
            {"id": name, "title": pack.title.text(words) if pack else name, "version": versions[-1].number}
        )
    return found


@form_page
@requires(WRITE)
def go_on(request: HttpRequest, kind: str, pack: str) -> HttpResponse:
    """Begin the next version of a definition that is published."""
    versions = versions_of(kind).get(pack, ()) if offered(kind) else ()
    if not versions:
        raise Http404
    last, problem = versions[-1], ""
    if request.method == "POST":
        try:
            made = start_draft(actor_of(request), kind, pack, continued_files(last), based_on=last.digest)
        except ProblemError as error:
            problem = error.text(language())
        else:
            messages.success(request, _("已建立草稿"))
            return redirect(made)
    context = {
        "last": last,
        "title": last.pack.title.text(language()) if last.pack else pack,
        "problem": problem,
    }
    return render(request, "definitions/go_on.html", context, status=422 if problem else 200)
