"""One entry: its page, and a recorded look at whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, allows, signed_in
from huanchuang.accounts.views.gate import no_right
from huanchuang.audit import queries as audit
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.registry.effects import actions_for, sections_for, verb_name
from huanchuang.registry.forms import PurposeForm
from huanchuang.registry.models import Entry, Organisation
from huanchuang.registry.queries import page
from huanchuang.registry.queries.attachments import files_for
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.kinds.values import show_value
from huanchuang.registry.queries.sameness import merging
from huanchuang.registry.queries.visibility import may_change_entry, sees_inside, visible
from huanchuang.registry.services.look import look
from huanchuang.registry.views import parts


@require_safe
def record(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Everything about one entry that the reader may see; personal data masked. A merged one leads to the kept one."""
    entry = _found(request, kind, pk)
    kept = None if "original" in request.GET else merging.stands_for(signed_in(request), entry)
    if kept is not None:
        messages.info(request, _("“%(lost)s”已并入本记录") % {"lost": kind.title(entry)})
        return redirect(kept)
    return _page(request, kind, entry, PurposeForm())


@never_cache
@require_POST
def unmask(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """The same page with the personal fields in full; the look is recorded with its purpose."""
    entry = _found(request, kind, pk)
    if not sees_inside(signed_in(request), entry):
        return no_right(request, f"registry.{kind.name}.unmask")
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _page(request, kind, entry, form)
    try:
        shown = look(actor_of(request), entry, form.cleaned_data["purpose"])
    except ProblemError as error:
        form.add_error("purpose", error.text(language()))
        return _page(request, kind, entry, form)
    return _page(request, kind, entry, form, shown)


def _found(request: HttpRequest, kind: Kind, pk: int) -> Entry:
    links = [field.name for field in kind.links]
    found: Entry = get_object_or_404(visible(signed_in(request), kind).select_related(*links), pk=pk)
    return found


def _page(
    request: HttpRequest,
    kind: Kind,
    entry: Entry,
    purpose: PurposeForm,
    contact: Mapping[str, str] | None = None,
) -> HttpResponse:
    user = signed_in(request)
    inner = sees_inside(user, entry)
    masked = page.personal(entry) if inner else []
    may_change = may_change_entry(user, entry)
    context = {
        "kind": kind,
        "entry": entry,
        "title": kind.title(entry),
        "state_words": _state_words(kind, entry),
        "groups": page.groups(user, entry),
        "related": page.related(user, entry),
        "may_relate": may_change and allows(user, "registry.relation.change", entry.subject),
        "files": files_for(user, entry),
        "inner": inner,
        "contact": [(field, (contact or {}).get(field.name, "")) for field, _shown in masked]
        if contact
        else None,
        "masked": masked,
        "purpose": purpose,
        "may_unmask": bool(masked)
        and any(text for _field, text in masked)
        and _allows(user, kind, "unmask", entry),
        "may_change": _allows(user, kind, "change", entry) and may_change,
        "may_retire": _allows(user, kind, "retire", entry) and may_change,
        "actions": actions_for(user, entry),
        "leading": parts.leading(user, entry),
        "sections": [*parts.trailing(user, entry), *sections_for(user, entry)],
        "history": _history(entry) if inner else [],
        "merges": merging.merges_of(user, entry) if inner else [],
        "may_judge": allows(user, "registry.duplicate.judge"),
        **(_of_organisation(user, entry) if isinstance(entry, Organisation) else {}),
    }
    return render(request, "registry/record.html", context)


def _of_organisation(user: User, organisation: Organisation) -> dict[str, Any]:
    return {
        "members": page.members_of(user, organisation),
        "belongings": page.belongings(user, organisation),
        "qualifications": page.qualifications(organisation),
        "may_qualify": allows(user, "registry.qualification.change"),
        "may_seat": allows(user, "registry.membership.change"),
    }


def _allows(user: User, kind: Kind, verb: str, entry: Entry) -> bool:
    return allows(user, f"registry.{kind.name}.{verb}", entry.subject)


def _state_words(kind: Kind, entry: Entry) -> list[str]:
    """What an entry is in a word or two, beside its title."""
    names = ("kind", "state", "category") if kind.owner_field else ("kind",)
    shown = [show_value(kind.by_name[name], getattr(entry, name)) for name in names if name in kind.by_name]
    return [word for word in shown if word]


def _history(entry: Entry) -> list[dict[str, object]]:
    entries = audit.history(entry.subject, limit=20)
    return [
        {"deed": verb_name(e.verb), "at": e.at, "actor_name": e.actor_name, "note": e.note or e.purpose}
        for e in entries
    ]
