"""The inbox, and how one wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.notices import queries, services
from huanchuang.notices.forms import PreferenceForm

PER_PAGE = 50


@require_safe
@requires("notices.inbox.view")
def inbox(request: HttpRequest) -> HttpResponse:
    """All notices of the user, unread ones first."""
    user = signed_in(request)
    rows = Paginator(queries.inbox(user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/inbox.html", {"rows": rows, "unread": queries.unread_count(user)})


@require_POST
@requires("notices.inbox.mark")
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one of the own notices as read and go where it leads (`open`), or stay in the inbox."""
    user = signed_in(request)
    notice = queries.inbox(user).filter(pk=pk).first()
    if notice is None:
        raise Http404
    services.mark_read(user, pk, actor_of(request))
    onward = notice.link if notice.link and "open" in request.POST else reverse("notices:inbox")
    by_htmx = request.headers.get("HX-Request") == "true"
    return HttpResponse(headers={"HX-Redirect": onward}) if by_htmx else redirect(onward)


@require_POST
@requires("notices.inbox.mark")
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    services.mark_all_read(signed_in(request), actor_of(request))
    return redirect("notices:inbox")


@form_page
@requires("notices.preference.change")
def preferences(request: HttpRequest) -> HttpResponse:
    """E-mail, quiet hours and the daily cap."""
    user = signed_in(request)
    form = PreferenceForm(request.POST or None, instance=queries.preference(user))
    if form.is_valid():
        services.set_preference(user, actor_of(request), **form.cleaned_data)
        messages.success(request, _("消息设置已保存。"))
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form, "has_email": bool(user.email)})
