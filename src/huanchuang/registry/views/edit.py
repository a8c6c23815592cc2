"""Forms that register, change, confirm and retire an entry."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import form_page
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.orm.numbers import whole_number
from huanchuang.registry.forms import EntryForm, ReasonForm, initial_of, initial_of_new, meanwhile, rebased
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.history import sources_of
from huanchuang.registry.queries.kinds import Kind, kind_of
from huanchuang.registry.queries.sameness.comparing import Lookalike, lookalikes
from huanchuang.registry.queries.visibility import changeable, owners_for
from huanchuang.registry.services import entries
from huanchuang.registry.services.checks import AlreadyRegistered
from huanchuang.registry.services.sameness import put_forward_alike


@form_page
def register(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The form for a new entry; one that is there already is shown instead of doubled."""
    user = signed_in(request)
    own = owners_for(user, kind)
    initial = initial_of_new(kind, [] if own is None else list(own[:2]))
    form = EntryForm(kind, user, request.POST or None, initial=initial)
    if kind.owner_field in initial:
        form.sources = {kind.owner_field: _("您所在的单位")}
    existing, alike = None, []
    if request.method == "POST" and form.is_valid() and _owns(form, user):
        is_sure, given = "sure" in request.POST, form.given_values()
        try:
            alike = [] if is_sure else lookalikes(user, kind, entries.draft(kind, given))
            made = None if alike else entries.register(actor_of(request), kind, given)
        except ProblemError as error:
            form.add_error(None, error.text(language()))
            existing = error.existing if isinstance(error, AlreadyRegistered) else None
        else:
            if made is not None:
                return _registered(request, user, made, is_sure=is_sure)
    return _edit(request, form, existing=existing, alike=alike)


def _registered(request: HttpRequest, user: User, made: Entry, *, is_sure: bool) -> HttpResponse:
    """To the new entry; what it is like although somebody was sure is put forward to whoever judges such pairs."""
    if is_sure:
        put_forward_alike(actor_of(request), user, made)
    messages.success(request, _("已登记“%(name)s”") % {"name": kind_of(made).title(made)})
    return redirect(made)


def _owns(form: EntryForm, user: User) -> bool:
    """Whether the entry would belong to a unit that this person may register for; else the form says so."""
    kind, own = form.kind, owners_for(user, form.kind)
    if own is None or not kind.owner_field:
        return True
    owner = form.cleaned_data.get(kind.owner_field)
    if owner is not None and own.filter(pk=owner.pk).exists():
        return True
    form.add_error(kind.owner_field, _("只能登记本单位的记录。请填写您所在的单位"))
    return False


@form_page
def change(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """The form of a stored entry. Who saves second sees what changed meanwhile and keeps what they typed."""
    user = signed_in(request)
    entry: Entry = get_object_or_404(changeable(user, kind), pk=pk)
    if request.method != "POST":
        return _edit(request, EntryForm(kind, user, initial=initial_of(kind, entry), entry=entry))
    form = EntryForm(kind, user, request.POST, initial=initial_of(kind, entry), entry=entry)
    if not form.is_valid() or (kind.owner_field in form.changed_data and not _owns(form, user)):
        return _edit(request, form)
    try:
        entries.change(actor_of(request), entry, _version(request), form.changed_values())
    except EditedMeanwhile:
        return _edit(request, rebased(form, entry), meanwhile(form, entry))
    except ProblemError as error:
        form.add_error(None, error.text(language()))
        return _edit(request, form, existing=error.existing if isinstance(error, AlreadyRegistered) else None)
    messages.success(request, _("已保存"))
    return redirect(entry)


@require_POST
def confirm(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Says that an entry is still right as it stands, without opening its form."""
    entry: Entry = get_object_or_404(changeable(signed_in(request), kind), pk=pk)
    try:
        entries.confirm(actor_of(request), entry, _version(request))
    except EditedMeanwhile:
        messages.error(request, _("本记录刚被他人修改。请查看最新内容后再核实"))
    else:
        messages.success(request, _("已核实“%(name)s”，日期记为今天") % {"name": kind.title(entry)})
    back = request.POST.get("next", "")
    return redirect(back if _is_ours(back) else entry)


def _is_ours(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


@form_page
def retire(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Asks for the reason and takes an entry out of force."""
    entry: Entry = get_object_or_404(changeable(signed_in(request), kind), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entries.retire(actor_of(request), entry, _version(request), form.cleaned_data["reason"])
        except ProblemError as error:
            form.add_error("reason", error.text(language()))
        except EditedMeanwhile:
            form.add_error(None, _("本记录刚被他人修改。请查看最新内容后再停用"))
        else:
            messages.success(request, _("已停用“%(name)s”") % {"name": kind.title(entry)})
            return redirect(entry)
    context = {"form": form, "kind": kind, "entry": entry, "title": kind.title(entry)}
    return render(request, "registry/retire.html", context, status=422 if form.errors else 200)


def _edit(
    request: HttpRequest,
    form: EntryForm,
    changes: list[dict[str, object]] | None = None,
    existing: Entry | None = None,
    alike: Sequence[Lookalike] = (),
) -> HttpResponse:
    entry = form.entry
    if entry is not None:
        form.sources = sources_of(entry)
    context = {
        "form": form,
        "kind": form.kind,
        "entry": entry,
        "title": form.kind.title(entry) if entry else "",
        "changes": changes,
        "existing": existing,
        "alike": alike,
    }
    status = 409 if changes is not None else 422 if form.errors or alike else 200
    return render(request, "registry/edit.html", context, status=status)


def _version(request: HttpRequest) -> int:
    """The version the editor saw; 0, which no record has, when the page sent none."""
    return whole_number(request.POST.get("version")) or 0
