"""Where each field of an entry comes from, and what was known on another day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import no_right
from huanchuang.orm import clock
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import history as past
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.links import link_names
from huanchuang.registry.queries.qualifications import held_on
from huanchuang.registry.queries.visibility import readable_fields, sees_inside, visible


@require_safe
def history(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Each field with source, day and person; with `?on=2026-03-31` as known that day, beside today where it differs."""
    user = signed_in(request)
    entry = get_object_or_404(visible(user, kind), pk=pk)
    if not sees_inside(user, entry):
        return no_right(request, f"registry.{kind.name}.change")
    fields = [field for field in readable_fields(user, entry) if not field.personal]
    day = clock.day_in(request.GET.get("on", ""))
    moment = clock.end_of(day) if day else None
    known = past.known_on(entry, moment)
    states = [{name: one.plain for name, one in known.items()}, past.state_on(entry, None)]
    names = link_names(user, kind, states)
    context = {
        "kind": kind,
        "entry": entry,
        "title": kind.title(entry),
        "rows": [
            (field, past.shown_plain(field, known[field.name].plain, names), known[field.name])
            for field in fields
            if field.name in known
        ],
        "day": day,
        "qualifications": held_on(entry, day) if day and isinstance(entry, Organisation) else [],
        "asked": request.GET.get("on", ""),
        "differences": past.compare(entry, moment, None, fields, names) if moment else [],
        "edits": reversed(past.revisions(entry)[-50:]),
        "labels": {field.name: field.label for field in kind.fields},
    }
    return render(request, "registry/history.html", context)
