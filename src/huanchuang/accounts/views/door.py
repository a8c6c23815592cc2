"""Coming in: the sign-in page with the demonstration's people, the page of a lock, and help without an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import demo_users, locked_until
from huanchuang.accounts.views.gate import public

BACKEND = "huanchuang.accounts.effects.signin.Backend"


class SignInView(LoginView):  # type: ignore[misc]  # allauth is untyped
    """allauth's page; in the demonstration with one button for each of its people."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        people = demo_users() if settings.HUANCHUANG_DEMO else []
        found: dict[str, Any] = super().get_context_data(
            demo_people=people, next=self.request.GET.get("next", ""), **context
        )
        return found


sign_in = public("登录页本身")(SignInView.as_view())


@public("演示模式下的一键登录；其他模式下不存在")
@require_POST
def demo_sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the demonstration's people. 404 where the demonstration is off."""
    if not settings.HUANCHUANG_DEMO:
        raise Http404
    user = get_object_or_404(User, username=username, is_demo=True, is_active=True)
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="demo", reauthenticated=True)
    return redirect(_safe(request, request.POST.get("next", "")))


def _safe(request: HttpRequest, wish: str) -> str:
    """Where to go after signing in: only to ourselves."""
    here = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wish if here else settings.LOGIN_REDIRECT_URL


@public("没有账户或忘记密码的人需要看到")
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to get an account or a new password: nobody signs up here."""
    return render(request, "accounts/help.html")


def locked(
    request: HttpRequest, response: HttpResponseBase | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page after five failures: until when, and what to do. Status 429. Called by axes."""
    until = locked_until(request, str((credentials or {}).get("username") or ""))
    answer = render(request, "accounts/locked.html", {"until": until}, status=429)
    answer["Retry-After"] = str(max(int((until - dt.datetime.now(dt.UTC)).total_seconds()), 1))
    return answer
