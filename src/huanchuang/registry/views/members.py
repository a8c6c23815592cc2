"""Seating people: who belongs to an organisation, from when, until when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.registry.forms import JoinForm
from huanchuang.registry.models import Membership
from huanchuang.registry.queries import page, visible_organisations
from huanchuang.registry.services import join, leave


@form_page
@requires("registry.membership.change")
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of an organisation, and the form that seats one more by user name."""
    organisation = get_object_or_404(visible_organisations(signed_in(request)), pk=pk)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        join(actor_of(request), given["username"], organisation, given["post"], given["since"])
        messages.success(request, _("已加入“%(name)s”") % {"name": organisation.name})
        return redirect("registry:members", pk=pk)
    people = page.members_of(signed_in(request), organisation)
    context = {"form": form, "organisation": organisation, "members": people}
    return render(request, "registry/members.html", context, status=422 if form.errors else 200)


@require_POST
@requires("registry.membership.change")
def end(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Ends a membership; the right that hung on it is gone at once."""
    organisation = get_object_or_404(visible_organisations(signed_in(request)), pk=pk)
    leave(actor_of(request), get_object_or_404(Membership, pk=membership, organisation=organisation))
    messages.success(request, _("已离开单位"))
    return redirect("registry:members", pk=pk)
