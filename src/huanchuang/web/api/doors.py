"""The two ways into the API: a token (another system), or the session of somebody signed in (our own pages)."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth
from ninja.utils import check_csrf

from huanchuang.accounts.models import User
from huanchuang.accounts.queries.tokens import token_of, waits_until
from huanchuang.accounts.services import note_token_use, note_wrong_token
from huanchuang.web.api.problems import Refused, said

STALE = said(
    "api.csrf",
    ("X-CSRFToken", "凭登录会话提交内容须带上页面的防伪标记", "请在请求头中带上 X-CSRFToken，或改用令牌"),
    ("X-CSRFToken", "a session that sends content has to carry the page's token against forgery", "Send the X-CSRFToken header, or use a token"),
)  # fmt: skip
FIRST_PASSWORD = said(
    "api.password",
    ("账户", "还在使用初始密码", "请先登录页面修改密码"),
    ("account", "its first password is still in use", "Sign in on the pages and change it first"),
)


class Token(HttpBearer):
    """`Authorization: Bearer hc_…`. The owner's rights of this moment, narrowed to the scopes of the token; no CSRF."""

    openapi_description = (
        "访问令牌，在“我的账户”或由系统管理员签发 / a token made on the account page or by the administrator"
    )

    def __call__(self, request: HttpRequest) -> User | None:
        """The owner; None where no token was sent. A wrong one is refused even beside a session that would do."""
        sent = request.headers.get("Authorization")
        if sent is None:
            return None
        scheme, _, text = sent.partition(" ")
        if scheme.lower() != self.openapi_scheme:
            raise AuthenticationError
        return self.authenticate(request, text.strip())

    def authenticate(self, request: HttpRequest, token: str) -> User:
        """Right tokens always pass; wrong ones are counted by address, so that a guesser waits and a neighbour does not."""
        address = str(request.META.get("REMOTE_ADDR", ""))
        found = token_of(token)
        if found is None:
            if until := waits_until(address):
                seconds = max(1, int((until - dt.datetime.now(dt.UTC)).total_seconds()))
                raise Refused(429, Retry_After=str(seconds))
            note_wrong_token(address)
            raise AuthenticationError
        note_token_use(found, address)
        user = found.user
        user.scopes = frozenset(found.scopes)
        request.user = user
        request.token_prefix = found.prefix  # type: ignore[attr-defined]  # read by the log and the audit
        return user


class Session(SessionAuth):
    """The session cookie of the pages; whoever sends content proves by `X-CSRFToken` that it comes from our page."""

    def __call__(self, request: HttpRequest) -> User | None:
        """Whoever is signed in; None for nobody."""
        user = request.user
        if not isinstance(user, User):
            return None
        if check_csrf(request):
            raise Refused(403, STALE)
        if user.must_change_password:
            raise Refused(403, FIRST_PASSWORD)
        return user
