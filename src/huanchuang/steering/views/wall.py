"""The wall, and the calendar to subscribe to."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.feed import feed_address, feed_answer
from huanchuang.accounts.views.gate import form_page, public, requires
from huanchuang.orm import clock
from huanchuang.steering.models import PlanState
from huanchuang.steering.queries.feed import events, holder, key_of
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.plans import plan_in_question
from huanchuang.steering.queries.visibility import visible_plans
from huanchuang.steering.queries.wall import VIEWS
from huanchuang.steering.queries.wall import wall as build
from huanchuang.steering.services.calendar import give_address, revoke_address
from huanchuang.steering.views import attempt


@require_safe
@requires("steering.wall.view")
def wall(request: HttpRequest) -> HttpResponse:
    """挂图作战: lights, tiles, what to decide, what changed this week."""
    user = signed_in(request)
    asked = Filters.from_query(request.GET).plan
    plan = plan_in_question(user, asked)
    context = {
        "wall": build(user, asked, request.GET.get("view", ""), clock.today()),
        "plan": plan,
        "plans": visible_plans(user).filter(state=PlanState.IN_FORCE),
        "asked": asked,
        "views": view_words(),
    }
    return render(request, "steering/wall.html", context)


def view_words() -> list[tuple[str, str]]:
    """The views of the wall with their names."""
    words = (_("按任务"), _("按单位"), _("按责任领导"), _("按时限"))
    return list(zip(VIEWS, words, strict=True))


@never_cache
@form_page
@requires("steering.calendar.follow")
def calendar(request: HttpRequest) -> HttpResponse:
    """One's own calendar address: make one, which is shown this once, or revoke it."""
    user, address = signed_in(request), ""
    if request.method == "POST" and request.POST.get("deed") == "revoke":
        attempt(request, lambda: revoke_address(user), _("日历地址已停用"))
    elif request.method == "POST":
        address = feed_address("steering:calendar_feed", give_address(user))
    return render(request, "steering/calendar.html", {"address": address, "key": key_of(user)})


@never_cache
@require_safe
@public("a calendar program cannot sign in; the address itself is the secret, one person's own and revocable")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever holds the address; 404 for any other."""
    user = holder(token)
    if user is None:
        raise Http404
    return feed_answer(f"{settings.ENV.district}台账", events(user, clock.today()), "ledger.ics")
