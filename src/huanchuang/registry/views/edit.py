"""Forms that register, change and retire an organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.views.gate import requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.forms import OrganisationForm, ReasonForm, initial_of, meanwhile, rebased
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import changeable
from huanchuang.registry.queries.listing import reader_language
from huanchuang.registry.queries.page import masked_contact
from huanchuang.registry.services import change_organisation, register_organisation, retire_organisation
from huanchuang.registry.services.checks import AlreadyRegistered
from huanchuang.registry.views import signed_in

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@requires("registry.organisation.register")
def register(request: HttpRequest) -> HttpResponse:
    """The form for a new organisation; one that is there already is shown instead of doubled."""
    form = OrganisationForm(request.POST or None)
    existing = None
    if request.method == "POST" and form.is_valid():
        try:
            made = register_organisation(actor_of(request), **form.cleaned_data)
        except ProblemError as error:
            form.add_error(None, error.text(reader_language()))
            existing = error.existing if isinstance(error, AlreadyRegistered) else None
        else:
            messages.success(request, _("已登记“%(name)s”") % {"name": made.name})
            return redirect("registry:organisation", pk=made.pk)
    return render(request, "registry/edit.html", {"form": form, "existing": existing}, status=_status(form))


@page
@requires("registry.organisation.change")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a stored organisation. Who saves second sees what changed meanwhile and keeps what they typed."""
    organisation = get_object_or_404(changeable(signed_in(request)), pk=pk)
    if request.method != "POST":
        return _edit(request, organisation, OrganisationForm(initial=initial_of(organisation)))
    form = OrganisationForm(request.POST, initial=initial_of(organisation))
    if not form.is_valid():
        return _edit(request, organisation, form)
    try:
        change_organisation(actor_of(request), organisation, _version(request), **form.changed_values())
    except EditedMeanwhile:
        return _edit(request, organisation, rebased(form, organisation), meanwhile(form, organisation))
    except ProblemError as error:
        form.add_error(None, error.text(reader_language()))
        return _edit(
            request,
            organisation,
            form,
            existing=error.existing if isinstance(error, AlreadyRegistered) else None,
        )
    messages.success(request, _("已保存"))
    return redirect("registry:organisation", pk=pk)


@page
@requires("registry.organisation.retire")
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason and takes an organisation out of force."""
    organisation = get_object_or_404(changeable(signed_in(request)), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            retire_organisation(
                actor_of(request), organisation, _version(request), form.cleaned_data["reason"]
            )
        except ProblemError as error:
            form.add_error("reason", error.text(reader_language()))
        except EditedMeanwhile:
            form.add_error(None, _("本记录刚被他人修改。请查看最新内容后再停用"))
        else:
            messages.success(request, _("已停用“%(name)s”") % {"name": organisation.name})
            return redirect("registry:organisation", pk=pk)
    return render(
        request, "registry/retire.html", {"form": form, "organisation": organisation}, status=_status(form)
    )


def _edit(
    request: HttpRequest,
    organisation: Organisation,
    form: OrganisationForm,
    changes: list[dict[str, object]] | None = None,
    existing: Organisation | None = None,
) -> HttpResponse:
    masked = masked_contact(organisation)
    form.keep_personal(masked.name, masked.phone)
    context = {"form": form, "organisation": organisation, "changes": changes, "existing": existing}
    status = 409 if changes is not None else _status(form)
    return render(request, "registry/edit.html", context, status=status)


def _version(request: HttpRequest) -> int:
    """The version the editor saw; 0, which no record has, when the page sent none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _status(form: OrganisationForm | ReasonForm) -> int:
    return 422 if form.errors else 200
