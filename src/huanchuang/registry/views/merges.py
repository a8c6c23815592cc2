"""Putting two entries together, seeing what was done, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.orm.numbers import whole_number
from huanchuang.registry.forms.sameness import MergeForm, UndoForm
from huanchuang.registry.models import Entry, Merge
from huanchuang.registry.queries.kinds import kind_named
from huanchuang.registry.queries.sameness import merging
from huanchuang.registry.queries.sameness.judged import contradictions
from huanchuang.registry.services import sameness
from huanchuang.registry.views.duplicates import DEED, pair_of


@form_page
@requires(DEED)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of the two is kept, and which value stays where they differ."""
    user = signed_in(request)
    candidate, one, other = pair_of(user, pk)
    kept = _side(request.POST if request.method == "POST" else request.GET)
    hanging = merging.both_hanging(user, one, other)
    kept = kept or merging.proposed_kept(one, other, hanging)
    choices = merging.choices(user, one, other, kept)
    held_apart = contradictions(one.subject, other.subject)
    form = MergeForm(
        one, other, choices, request.POST or None, initial={"kept": kept}, contradicts=bool(held_apart)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (made := _merged(request, form)) is not None:
            messages.success(
                request,
                _("已合并：“%(lost)s”并入“%(kept)s”") % {"lost": made.lost_title, "kept": made.kept_title},
            )
            return redirect("registry:merge", pk=made.pk)
    kind = kind_named(candidate.kind)
    context = {
        "candidate": candidate,
        "kind": kind,
        "one": one,
        "other": other,
        "titles": merging.called(one, other),
        "form": form,
        "sides": list(
            zip(
                ("one", "other"),
                (one, other),
                merging.called(one, other),
                (kept == "one", kept == "other"),
                strict=True,
            )
        ),
        "hanging": hanging,
        "held_apart": held_apart,
    }
    return render(request, "registry/merge.html", context, status=status)


def _side(words: QueryDict) -> str:
    """Which of the two a person wants to keep; empty where they did not say."""
    said = words.get("kept", "")
    return said if said in {"one", "other"} else ""


def _merged(request: HttpRequest, form: MergeForm) -> Merge | None:
    kept, lost = form.pair()
    try:
        return sameness.merge(
            actor_of(request),
            kept,
            lost,
            form.taken(),
            form.cleaned_data["reason"],
            despite=form.cleaned_data["despite"],
            versions=(_version(request, kept, form), _version(request, lost, form)),
        )
    except EditedMeanwhile:
        form.add_error(None, _("其中一条刚被他人修改。下面已是最新内容，请核对后再次提交"))
    except ProblemError as error:
        form.add_error(None, error.text(language()))
    return None


def _version(request: HttpRequest, entry: Entry, form: MergeForm) -> int:
    return whole_number(request.POST.get("version-one" if entry.pk == form.one.pk else "version-other")) or 0


@require_safe
@requires(DEED)
def merge_shown(request: HttpRequest, pk: int) -> HttpResponse:
    """One merge: what was set, what moved, what stayed; with the way back."""
    return _shown(request, pk, UndoForm())


@require_POST
@requires(DEED)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a merge back."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _shown(request, pk, form)
    made, _kept, lost = _found(signed_in(request), pk)
    try:
        sameness.undo_merge(
            actor_of(request), made, form.cleaned_data["reason"], form.cleaned_data["verdict"]
        )
    except ProblemError as error:
        form.add_error(None, error.text(language()))
        return _shown(request, pk, form)
    messages.success(request, _("已撤销合并，两条记录和各自的内容已恢复"))
    return redirect(lost)


def _found(user: User, pk: int) -> tuple[Merge, Entry, Entry]:
    made = get_object_or_404(Merge, pk=pk)
    known = merging.merges_known_to(user, made)
    if known is None:
        raise Http404
    return made, *known


def _shown(request: HttpRequest, pk: int, form: UndoForm) -> HttpResponse:
    user = signed_in(request)
    made, kept, lost = _found(user, pk)
    context = {
        "merge": made,
        "kind": kind_named(made.kind),
        "kept": kept,
        "lost": lost,
        "changed": merging.changed_words(user, made, kept),
        "moved": merging.moved_words(user, made, made.moved),
        "stayed": merging.moved_words(user, made, made.stayed) if made.stayed else [],
        "form": form,
    }
    return render(request, "registry/merge_shown.html", context, status=422 if form.errors else 200)
