"""Qualifications of the district: the list with its export, and the pages that enter, complete and revoke them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import actor_of, allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.forms.qualifications import QualificationForm, ReinstateForm, RevokeForm, initial_of
from huanchuang.registry.models import Organisation, Qualification
from huanchuang.registry.queries import qualifications as known
from huanchuang.registry.queries.organisations import visible_organisations
from huanchuang.registry.queries.paging import PAGE_SIZE
from huanchuang.registry.services import (
    change_qualification,
    qualify,
    reinstate_qualification,
    revoke_qualification,
)
from huanchuang.registry.views.answers import as_file


def _asked(request: HttpRequest) -> known.Asked:
    state = request.GET.get("status", "")
    return known.Asked(
        day=clock.day_in(request.GET.get("on", "")) or clock.today(),
        state=state if state in known.STATES else "in-force",
        kind=request.GET.get("kind", "")[:40],
        text=request.GET.get("q", "").strip()[:80],
        sort=request.GET.get("sort", "")[:40],
    )


@require_safe
@requires("registry.qualification.view")
def entries(request: HttpRequest) -> HttpResponse:
    """Who is recognised as what, today or on another day, those that end first on top."""
    user, asked = signed_in(request), _asked(request)
    found = Paginator(known.qualification_list(user, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(found)
    context = {
        "page": found,
        "asked": asked,
        "is_today": asked.day == clock.today(),
        "rows": list(zip(rows, known.rows_of(user, rows, asked.day), strict=True)),
        "groups": known.chips(user, asked),
        "may_change": allows(user, "registry.qualification.change"),
        "address": request.GET.urlencode(),
        "kept_words": [(word, text) for word, text in request.GET.items() if word not in ("q", "on", "page")],
    }
    return render(request, "registry/qualifications.html", context)


@require_safe
@requires("registry.qualification.export")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows as a file."""
    user, asked = signed_in(request), _asked(request)
    found = known.qualification_list(user, asked).iterator(chunk_size=2000)
    return as_file(form, _("资质"), known.COLUMNS, known.rows_of(user, found, asked.day))


@form_page
@requires("registry.qualification.change")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters a qualification of an organisation."""
    organisation = get_object_or_404(visible_organisations(signed_in(request)), pk=pk)
    form = QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.values()
        try:
            qualify(actor_of(request), organisation, given.pop("kind"), given.pop("valid_from"), **given)
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            messages.success(request, _("已登记资质；到期前180天、90天、30天会提醒本单位和主管部门"))
            return redirect(organisation)
    return _form(request, form, organisation, _("登记资质"))


@form_page
@requires("registry.qualification.change")
def change(request: HttpRequest, qualification: int) -> HttpResponse:
    """Completes or puts right what is known of a qualification."""
    one = _found(request, qualification)
    form = QualificationForm(request.POST or None, initial=initial_of(one))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            change_qualification(actor_of(request), one, version, **form.values())
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        except EditedMeanwhile:
            form.add_error(None, _("这项资质刚被他人修改。请打开最新内容后再改"))
        else:
            messages.success(request, _("已保存"))
            return redirect(one.organisation)
    return _form(request, form, one.organisation, _("补充资质"))


@form_page
@requires("registry.qualification.change")
def revoke(request: HttpRequest, qualification: int) -> HttpResponse:
    """Takes a qualification back with the reason; of a revoked one it takes the revocation back."""
    one = _found(request, qualification)
    form = RevokeForm(request.POST or None) if one.revoked_on is None else ReinstateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if one.revoked_on is None:
                revoke_qualification(actor_of(request), one, given["on"], given["reason"])
            else:
                reinstate_qualification(actor_of(request), one, given["reason"])
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            messages.success(request, _("已取消资质") if one.revoked_on is None else _("已恢复资质"))
            return redirect(one.organisation)
    heading = _("取消资质") if one.revoked_on is None else _("恢复资质")
    return _form(request, form, one.organisation, heading, one)


def _found(request: HttpRequest, key: int) -> Qualification:
    return get_object_or_404(known.seen_by(signed_in(request)), pk=key)


def _form(
    request: HttpRequest,
    form: QualificationForm | RevokeForm | ReinstateForm,
    organisation: Organisation,
    heading: str,
    one: Qualification | None = None,
) -> HttpResponse:
    context = {"form": form, "organisation": organisation, "heading": heading, "one": one}
    return render(request, "registry/qualification.html", context, status=422 if form.errors else 200)
