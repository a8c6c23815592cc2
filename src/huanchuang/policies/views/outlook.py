"""What one organisation can have."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.feed import feed_address, feed_answer
from huanchuang.accounts.views.gate import form_page, public, requires
from huanchuang.files.views import made
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.packs.policies import criteria
from huanchuang.policies.queries.access import organisation_for
from huanchuang.policies.queries.awards import waiting_for
from huanchuang.policies.queries.doubled import doubled_of
from huanchuang.policies.queries.outlook import AMOUNT, CLOSING, EFFORT, ORDERS, outlook_of
from huanchuang.policies.queries.paper import paper_of
from huanchuang.policies.queries.suppositions import suppositions_of
from huanchuang.policies.queries.windows import calendar_rows, events, holder, key_of, months_from
from huanchuang.policies.queries.words import BENEFITS
from huanchuang.policies.services.windows import give_address, revoke_address

WANTED = 3
ORDERED = {
    AMOUNT: gettext_lazy("金额从高到低"),
    EFFORT: gettext_lazy("先办最省事的"),
    CLOSING: gettext_lazy("先办快截止的"),
}


@require_safe
@requires("policies.decision.view")
def outlook(request: HttpRequest, pk: int) -> HttpResponse:
    """What it can have, nearly can have, and what has to be found out; on a day."""
    user = signed_in(request)
    organisation = organisation_for(user, pk)
    day = clock.day_in(request.GET.get("as_of", "")) or clock.today()
    found, words = outlook_of(organisation, day), language()
    order = _order(request)
    combination = found.combination
    due = sum(card.decision.fen or 0 for card in found.of("yes"))
    titles = {card.listed.id: card.listed.title(words) for card in found.cards}
    context = {
        "organisation": organisation,
        "outlook": found,
        "day": day,
        "is_today": day == clock.today(),
        "words": words,
        "benefits": BENEFITS,
        "yes": found.of("yes", order),
        "near": found.near,
        "unknown": found.of("unknown", order),
        "far": found.far,
        "wanted": [(one, count, _fill(one, organisation.subject)) for one, count in found.wanted[:WANTED]],
        "may_record": allows(user, "facts.fact.record"),
        "together": [(titles[name], fen) for name, fen in combination.chosen],
        "total": combination.fen,
        "due": due,
        "taken": due - combination.fen,
        "left": [(titles[one.policy], [titles[other] for other in one.instead]) for one in combination.left],
        "stale": found.subject.stale,
        "waiting": waiting_for(organisation),
        "order": order,
        "groups": [
            {
                "label": _("排序"),
                "name": "order",
                "default": AMOUNT,
                "options": [
                    {"value": value, "label": label, "count": None} for value, label in ORDERED.items()
                ],
            }
        ],
        "months": months_from(day),
        "calendar": calendar_rows(found),
        "supposed": suppositions_of(organisation),
        "doubled": doubled_of(organisation),
    }
    return render(request, "policies/outlook.html", context)


def _order(request: HttpRequest) -> str:
    asked = request.GET.get("order", AMOUNT)
    return asked if asked in ORDERS else AMOUNT


@require_safe
@requires("policies.decision.view")
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a Word paper, with reasons and clauses."""
    user = signed_in(request)
    organisation = organisation_for(user, pk)
    day = clock.day_in(request.GET.get("as_of", "")) or clock.today()
    paper = paper_of(outlook_of(organisation, day), _order(request), user.name, language())
    name = _("%(name)s-可享政策-%(day)s.docx") % {"name": organisation.name, "day": day.isoformat()}
    return made(paper, name)


@form_page
@requires("policies.decision.view")
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """A private address under which a calendar program fetches the windows of an organisation."""
    user, address = signed_in(request), ""
    organisation = organisation_for(user, pk)
    if request.method == "POST" and request.POST.get("deed") == "revoke":
        revoke_address(user, organisation)
        messages.success(request, _("日历地址已停用"))
    elif request.method == "POST":
        address = feed_address("policies:windows-feed", give_address(user, organisation))
    context = {"organisation": organisation, "address": address, "key": key_of(user, organisation)}
    return render(request, "policies/windows.html", context)


@never_cache
@require_safe
@public("a calendar program cannot sign in; the address itself is the secret, one person's own and revocable")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The windows of an organisation for whoever holds the address; 404 for any other."""
    key = holder(token)
    if key is None:
        raise Http404
    title = f"{key.organisation.name}申报日历"
    return feed_answer(title, events(key.organisation, clock.today()), "policies.ics")


def _fill(one: object, subject: str) -> str:
    """Where a fact that is wanted can be entered; "" where it is none."""
    kind, key = getattr(one, "kind", ""), getattr(one, "key", "")
    period = getattr(one, "period", None)
    if kind != "fact" or criteria().vocabulary.fact(key) is None:
        return ""
    if period is None:
        return f"{reverse('facts:place', kwargs={'subject': subject})}?key={key}"
    return reverse("facts:enter", kwargs={"subject": subject, "key": key, "period": period.code})
