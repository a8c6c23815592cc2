"""Tokens for other systems: one's own, and an administrator's for the account of a system."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts import services
from huanchuang.accounts.forms import TokenForm
from huanchuang.accounts.models import Token, User
from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.queries.tokens import tokens_of
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.accounts.views.people import try_deed


@requires("accounts.token.manage")
@form_page
def own(request: HttpRequest) -> HttpResponse:
    """One's own tokens; a new one is shown once."""
    return _page(request, signed_in(request), reverse("accounts:tokens"))


@requires("accounts.token.manage")
@require_POST
def revoke_own(request: HttpRequest, token: int) -> HttpResponse:
    """End one of one's own tokens."""
    return _revoke(request, signed_in(request), token, reverse("accounts:tokens"))


@requires("accounts.user.manage")
@form_page
def of_service(request: HttpRequest, pk: int) -> HttpResponse:
    """The tokens of a system's account. Nobody makes a token in the name of another person: 404 for people."""
    found = get_object_or_404(User, pk=pk, is_service=True)
    return _page(request, found, reverse("accounts:service_tokens", args=[pk]), of_service=True)


@requires("accounts.user.manage")
@require_POST
def revoke_of_service(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    """End a token of a system's account."""
    found = get_object_or_404(User, pk=pk, is_service=True)
    return _revoke(request, found, token, reverse("accounts:service_tokens", args=[pk]))


def _page(request: HttpRequest, owner: User, here: str, of_service: bool = False) -> HttpResponse:
    form = TokenForm(request.POST if request.method == "POST" else None, owner=owner)
    context: dict[str, Any] = {"person": owner, "of_service": of_service, "form": form, "back": here}
    if form.is_valid():
        made = try_deed(form, lambda: services.make_token(actor_of(request), owner, **form.cleaned_data))
        if made is not None:
            token, text = made
            return render(request, "accounts/token_made.html", {**context, "token": token, "text": text})
    status = 422 if form.is_bound else 200
    return render(request, "accounts/tokens.html", {**context, "tokens": tokens_of(owner)}, status=status)


def _revoke(request: HttpRequest, owner: User, token: int, back: str) -> HttpResponse:
    services.revoke_token(actor_of(request), get_object_or_404(Token, pk=token, user=owner))
    messages.success(request, _("令牌已撤销，立即失效。"))
    return redirect(back)
