"""How entries hang together: a relation made and ended, from either end."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.registry.forms.relations import EndRelationForm, RelationForm
from huanchuang.registry.models import Entry, Relation
from huanchuang.registry.queries.kinds import RELATION_TYPES, Kind, kind_of
from huanchuang.registry.queries.relating import ends_of, may_relate
from huanchuang.registry.queries.visibility import visible
from huanchuang.registry.services import relate, unrelate


@form_page
def add(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Asks how this entry stands to which other one, found by name, and since when."""
    user = signed_in(request)
    entry: Entry = get_object_or_404(visible(user, kind), pk=pk)
    form = RelationForm(user, entry, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid() and _make(request, form):
        messages.success(request, _("已建立关系，双方的页面上都能看到"))
        return redirect(f"{entry.get_absolute_url()}#part-related")
    context = {"kind": kind, "entry": entry, "title": kind.title(entry), "form": form}
    return render(request, "registry/relate.html", context, status=422 if form.errors else 200)


def _make(request: HttpRequest, form: RelationForm) -> bool:
    given = form.cleaned_data
    choice = form.choices[given["how"]]
    ends = choice.ends(form.entry, given["found"])
    if not may_relate(form.user, choice.type, *ends):
        form.add_error("how", _("您不能登记这一关系。请由对方单位登记，或联系主管部门"))
        return False
    try:
        relate(
            actor_of(request), choice.type.name, *ends,
            since=given["since"], order=given["order"] or 0, source=given["source"], note=given["note"],
        )  # fmt: skip
    except ProblemError as error:
        form.add_error(None, error.text(language()))
        return False
    return True


@form_page
@requires("registry.relation.change")
def end(request: HttpRequest, relation: int) -> HttpResponse:
    """Asks for the last day of a relation."""
    user = signed_in(request)
    found = get_object_or_404(Relation, pk=relation, type__in=RELATION_TYPES)
    ends = ends_of(user, found)
    if ends is None:
        raise Http404
    if not may_relate(user, RELATION_TYPES[found.type], *ends):
        raise PermissionDenied
    at = ends[1] if request.GET.get("at") == ends[1].subject else ends[0]
    form = EndRelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unrelate(actor_of(request), found, form.cleaned_data["until"])
        except ProblemError as error:
            form.add_error("until", error.text(language()))
        else:
            messages.success(request, _("已结束关系"))
            return redirect(f"{at.get_absolute_url()}#part-related")
    context = {
        "form": form,
        "relation": found,
        "word": RELATION_TYPES[found.type].forward,
        "one": ends[0],
        "other": ends[1],
        "at": at,
        "kind": kind_of(at),
    }
    return render(request, "registry/unrelate.html", context, status=422 if form.errors else 200)
