"""One organisation: its page, and a recorded look at whom to call."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import actor_of, allows
from huanchuang.accounts.views.gate import requires
from huanchuang.audit import queries as audit
from huanchuang.engines.kernel import ProblemError
from huanchuang.registry.effects import sections_for, verb_name
from huanchuang.registry.forms import PurposeForm
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import page
from huanchuang.registry.queries.listing import kind_name, reader_language
from huanchuang.registry.queries.organisations import may_change, sees_more_than_public, visible_organisations
from huanchuang.registry.services.look import Contact, look_at_contact
from huanchuang.registry.views import signed_in


@require_safe
@requires("registry.organisation.view")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one organisation that the reader may see; personal data masked."""
    organisation = get_object_or_404(
        visible_organisations(signed_in(request)).select_related("parent"), pk=pk
    )
    return _page(request, organisation, PurposeForm())


@never_cache
@require_POST
@requires("registry.organisation.unmask")
def unmask(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the contact person in full; the look is recorded with its purpose."""
    organisation = get_object_or_404(
        visible_organisations(signed_in(request)).select_related("parent"), pk=pk
    )
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form)
    try:
        contact = look_at_contact(actor_of(request), organisation, form.cleaned_data["purpose"])
    except ProblemError as error:
        form.add_error("purpose", error.text(reader_language()))
        return _page(request, organisation, form)
    return _page(request, organisation, form, contact)


def _page(
    request: HttpRequest, organisation: Organisation, purpose: PurposeForm, contact: Contact | None = None
) -> HttpResponse:
    user = signed_in(request)
    inner = sees_more_than_public(user)
    context = {
        "organisation": organisation,
        "kind": kind_name(organisation),
        "facts": page.public_facts(organisation) + page.inner_facts(user, organisation),
        "members": page.members_of(user, organisation),
        "inner": inner,
        "contact": contact,
        "masked": page.masked_contact(organisation) if inner else None,
        "purpose": purpose,
        "may_unmask": allows(user, "registry.organisation.unmask", organisation.subject),
        "may_change": may_change(user, organisation),
        "may_retire": allows(user, "registry.organisation.retire") and organisation.retired_on is None,
        "may_seat": allows(user, "registry.membership.change"),
        "sections": sections_for(user, organisation),
        "history": _history(organisation) if inner else [],
    }
    return render(request, "registry/record.html", context)


def _history(organisation: Organisation) -> list[dict[str, object]]:
    entries = audit.history(organisation.subject, limit=20)
    return [
        {"deed": verb_name(e.verb), "at": e.at, "actor_name": e.actor_name, "note": e.note or e.purpose}
        for e in entries
    ]
