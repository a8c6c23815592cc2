"""Tokens: whose they are, whether they hold, and what they may be given."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from huanchuang.accounts.models import Token, User, WrongToken
from huanchuang.accounts.queries import EVERYONE, live_grants, roles_for
from huanchuang.orm.deeds import scopes

FORM = re.compile(r"(hc_[a-z2-7]{10})_[A-Za-z0-9_-]{43}")
"""Prefix, then 256 random bits: what cannot be guessed needs no slow digest."""
NOBODYS = "0" * 64
MOST_WRONG, WRONG_WINDOW = 20, dt.timedelta(minutes=15)
"""So many wrong tokens may come from one address in that time before it is told to wait."""


@dataclass(frozen=True)
class TokenLine:
    """A token as the list shows it."""

    token: Token
    state: str
    """holds, expired or revoked."""
    scopes: list[str]
    """Its scopes in words."""


def digest_of(text: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def token_of(text: str) -> Token | None:
    """The token that holds now, with its owner; None for anything else. Takes the same time whatever is wrong."""
    shape = FORM.fullmatch(text)
    prefix = shape[1] if shape else ""
    found = Token.objects.select_related("user").filter(prefix=prefix).first()
    same = constant_time_compare(digest_of(text), found.digest if found else NOBODYS)
    return found if found is not None and same and holds(found) else None


def holds(token: Token) -> bool:
    """Whether a token opens anything today (the real day): not revoked, not over, and its owner could come in."""
    user = token.user
    alive = token.revoked_at is None and token.expires_on >= timezone.localdate()
    return alive and user.is_active and not user.must_change_password and (settings.HUANCHUANG_DEMO or not user.is_demo)  # fmt: skip


def tokens_of(user: User) -> list[TokenLine]:
    """All tokens of an account, the newest first."""
    today, words = timezone.localdate(), scopes()
    return [
        TokenLine(token, _state(token, today), [str(words.get(deed, deed)) for deed in token.scopes])
        for token in user.tokens.all()
    ]


def _state(token: Token, today: dt.date) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "holds" if token.expires_on >= today else "expired"


def scopes_for(user: User) -> dict[str, str]:
    """Deed → words: what a token of this person can be given, by role or by a grant on some object."""
    granted = set(live_grants(user).values_list("deed", flat=True))
    return {deed: str(words) for deed, words in scopes().items() if _may(user, deed) or deed in granted}


def _may(user: User, deed: str) -> bool:
    roles = roles_for(deed)
    return EVERYONE in roles or user.role in roles


def waits_until(address: str) -> dt.datetime | None:
    """Until when wrong tokens from an address are not looked at any more; None where it is still within its number."""
    row = WrongToken.objects.filter(address=address, count__gte=MOST_WRONG).first()
    if row is None or row.since + WRONG_WINDOW <= timezone.now():
        return None
    return row.since + WRONG_WINDOW
