"""“This is me”: claiming a profile, and the desk where claims are confirmed or refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.registry.models import Claim, Person
from huanchuang.registry.queries.claims import open_claims
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.visibility import changeable, visible
from huanchuang.registry.services import claims as services

LONGEST = 200


@require_safe
@requires("registry.claim.decide")
def entries(request: HttpRequest) -> HttpResponse:
    """The claims that wait for this person, the oldest first."""
    return render(request, "registry/claims.html", {"claims": list(open_claims(signed_in(request))[:200])})


@require_POST
def claim(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Says “this is me” of a profile."""
    user = signed_in(request)
    person: Person = get_object_or_404(visible(user, kind), pk=pk)
    try:
        services.claim(actor_of(request), user, person, _words(request, "note"))
    except ProblemError as error:
        messages.error(request, error.text(language()))
    else:
        messages.success(request, _("已提交认领。所在单位确认后会通知您，之后可以自己修改资料"))
    return redirect(person)


@require_POST
@requires("registry.claim.decide")
def decide(request: HttpRequest, claim: int) -> HttpResponse:
    """Confirms a claim, or refuses it with the reason."""
    found = get_object_or_404(open_claims(signed_in(request)), pk=claim)
    try:
        if request.POST.get("decision") == "confirm":
            services.confirm_claim(actor_of(request), found)
            messages.success(request, _("已确认：%(name)s可以自己修改资料") % {"name": found.user.name})
        else:
            services.refuse_claim(actor_of(request), found, _words(request, "reason"))
            messages.success(request, _("已退回，对方会收到原因"))
    except ProblemError as error:
        messages.error(request, error.text(language()))
    return redirect(found.person)


@require_POST
@requires("registry.person.claim")
def withdraw(request: HttpRequest, claim: int) -> HttpResponse:
    """Takes one's own open claim back."""
    found = get_object_or_404(Claim, pk=claim, user=signed_in(request), state=Claim.State.OPEN)
    services.withdraw_claim(actor_of(request), found)
    messages.success(request, _("已撤回认领"))
    return redirect(found.person)


@require_POST
def release(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Parts a profile from its account, with the reason."""
    person: Person = get_object_or_404(changeable(signed_in(request), kind), pk=pk)
    try:
        services.release(actor_of(request), person, _words(request, "reason"))
    except ProblemError as error:
        messages.error(request, error.text(language()))
    else:
        messages.success(request, _("已解除认领"))
    return redirect(person)


def _words(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:LONGEST]
