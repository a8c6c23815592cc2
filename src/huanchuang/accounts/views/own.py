"""One's own account: password, second factor, sessions, and the list of one's sign-ins."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions import views as sessions
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import sign_ins, signed_in
from huanchuang.accounts.views.gate import OWN_AFFAIRS, public, requires


@requires(OWN_AFFAIRS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who I am here, how my account is protected, and who came in under my name."""
    user = signed_in(request)
    context = {"person": user, "second_factor": is_mfa_enabled(user), "sign_ins": sign_ins(user)}
    return render(request, "accounts/own.html", context)


def _with_factor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Pages about a second factor that is not there lead to the page where it is switched on."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponseBase:
        return view(request) if is_mfa_enabled(signed_in(request)) else redirect("mfa_index")

    return shown


_own = requires(OWN_AFFAIRS)

sign_out = public("退出登录不需要权限")(account.logout)
inactive = public("告诉已停用账户的人为什么不能登录")(account.account_inactive)
second_step = public("登录的第二步，尚未登录")(factor.authenticate)

change_password = _own(account.password_change)
confirm_password = _own(account.reauthenticate)
second_factor = _own(factor.index)
confirm_factor = _own(factor.reauthenticate)
add_factor = _own(totp.activate_totp)
remove_factor = _own(_with_factor(totp.deactivate_totp))
recovery_codes = _own(_with_factor(codes.view_recovery_codes))
renew_recovery_codes = _own(_with_factor(codes.generate_recovery_codes))
download_recovery_codes = _own(_with_factor(codes.download_recovery_codes))
end_sessions = _own(sessions.list_usersessions)
