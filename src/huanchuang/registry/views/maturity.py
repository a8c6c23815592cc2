"""The maturity of an achievement: its levels with their evidence, raised, lowered, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import form_page
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.forms.life import EvidenceForm, LowerForm, WithdrawForm
from huanchuang.registry.models import Achievement, Proof
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.maturity import level_name, levels_of
from huanchuang.registry.queries.visibility import changeable
from huanchuang.registry.services.maturity import lower_trl, raise_trl, withdraw_proof


@form_page
def maturity(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """What each level wants and what was shown for it; evidence for higher ones raises the level."""
    entry = _found(request, kind, pk)
    form = EvidenceForm(entry, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        given = form.evidence()
        try:
            risen = raise_trl(
                actor_of(request), entry, form.cleaned_data["version"], max(given, default=1), given
            )
        except ProblemError as error:
            form.show(error)
        except EditedMeanwhile:
            form.add_error(None, _("本记录刚被他人修改。请查看最新内容后再办理"))
        else:
            messages.success(request, _("技术成熟度现为：%(level)s") % {"level": level_name(risen.trl)})
            return redirect("registry:achievement-trl", pk=pk)
    return _page(request, kind, entry, form, LowerForm(entry))


@require_POST
def lower(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Lowers the level, with the reason."""
    entry = _found(request, kind, pk)
    form = LowerForm(entry, request.POST)
    if not form.is_valid():
        return _page(request, kind, entry, EvidenceForm(entry), form)
    given = form.cleaned_data
    try:
        lower_trl(actor_of(request), entry, given["version"], given["level"], given["reason"])
    except ProblemError as error:
        form.add_error("level", error.text(language()))
        return _page(request, kind, entry, EvidenceForm(entry), form)
    except EditedMeanwhile:
        messages.error(request, _("本记录刚被他人修改。请查看最新内容后再办理"))
    else:
        messages.success(request, _("已降低成熟度，原因已记录"))
    return redirect("registry:achievement-trl", pk=pk)


@require_POST
def withdraw(request: HttpRequest, kind: Kind, pk: int, proof: int) -> HttpResponse:
    """Takes one piece of evidence back, with the reason."""
    entry = _found(request, kind, pk)
    found = get_object_or_404(Proof, pk=proof, achievement=entry, withdrawn_on=None)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有写撤回原因，材料没有撤回。请写明依据"))
        return redirect("registry:achievement-trl", pk=pk)
    given = form.cleaned_data
    try:
        now = withdraw_proof(actor_of(request), found, given["version"], given["reason"])
    except ProblemError as error:
        messages.error(request, error.text(language()))
    except EditedMeanwhile:
        messages.error(request, _("本记录刚被他人修改。请查看最新内容后再办理"))
    else:
        level = level_name(now.trl) or _("未评定")
        messages.success(request, _("已撤回材料。技术成熟度现为：%(level)s") % {"level": level})
    return redirect("registry:achievement-trl", pk=pk)


def _found(request: HttpRequest, kind: Kind, pk: int) -> Achievement:
    entry: Achievement = get_object_or_404(changeable(signed_in(request), kind), pk=pk)
    return entry


def _page(
    request: HttpRequest, kind: Kind, entry: Achievement, form: EvidenceForm, lowering: LowerForm
) -> HttpResponse:
    context = {
        "kind": kind,
        "entry": entry,
        "title": kind.title(entry),
        "form": form,
        "lowering": lowering,
        "levels": levels_of(entry),
        "now": level_name(entry.trl),
    }
    wrong = form.errors or lowering.errors
    return render(request, "registry/maturity.html", context, status=422 if wrong else 200)
