"""The deeds in an entry's life: a page for each, and the maturity of an achievement with its evidence."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import form_page
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.forms.life import StepForm
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.lives import Deed, deeds_open, obstacles
from huanchuang.registry.queries.visibility import changeable
from huanchuang.registry.services.life import take_step

Page = Callable[..., HttpResponse]


def taking(deed: Deed) -> Page:
    """The page of one deed: what it asks for, what stands in its way, and the doing of it."""

    @form_page
    def step(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
        """Asks for day, note and papers of a deed and does it."""
        user = signed_in(request)
        entry: Entry = get_object_or_404(changeable(user, kind), pk=pk)
        form = StepForm(
            entry, deed, user, *((request.POST, request.FILES) if request.method == "POST" else ())
        )
        if request.method == "POST" and form.is_valid() and (done := _do(request, entry, deed, form)):
            messages.success(request, _done(done, deed))
            return redirect(entry)
        context = {
            "kind": kind,
            "entry": entry,
            "deed": deed,
            "title": kind.title(entry),
            "form": form,
            "obstacles": obstacles(entry, deed),
            "starts_here": deed.name in {one.name for one in deeds_open(entry)},
        }
        return render(request, "registry/step.html", context, status=422 if form.errors else 200)

    return step


def _do(request: HttpRequest, entry: Entry, deed: Deed, form: StepForm) -> Entry | None:
    given = form.cleaned_data
    try:
        return take_step(
            actor_of(request),
            entry,
            given["version"],
            deed.name,
            on=given["on"],
            note=given["note"],
            uploads=[(file.name, file) for file in given["files"]],
            values=form.values(),
        )
    except ProblemError as error:
        for problem in error.problems:
            form.add_error(None, problem.text(language()))
    except EditedMeanwhile:
        form.add_error(None, _("本记录刚被他人修改。请查看最新内容后再办理"))
    return None


def _done(entry: Entry, deed: Deed) -> str:
    """What was done and what can be done next."""
    following = "、".join(str(one.word) for one in deeds_open(entry) if not one.back)
    said = _("已办理：%(deed)s。") % {"deed": deed.word}
    return said + (_("接下来可以：%(deeds)s。") % {"deeds": following} if following else "")
