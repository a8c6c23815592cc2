"""Who may do what, and who is who."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from huanchuang.accounts.models import FieldClass, Grant, Role, SignIn, User
from huanchuang.audit.services import Actor
from huanchuang.orm.deeds import table

EVERYONE = "*"
READING_VERBS = frozenset({"view", "list", "read", "show", "search", "export", "download", "follow", "look"})
"""Last words of deeds that change nothing; the only ones a leader may be given beside their own affairs."""

_WIDTH = {value: place for place, value in enumerate(FieldClass.values)}
_SEES = {Role.OFFICER.value: FieldClass.AUTHORITY.value}
"""The widest class of fields a role sees everywhere; all others see public fields and what is granted."""


@dataclass(frozen=True)
class GrantLine:
    """A grant as the list shows it."""

    grant: Grant
    holds: bool


class UnknownDeed(LookupError):
    """A deed that no app declares: a mistake in the program, never an answer to a user."""

    def __init__(self, deed: str) -> None:
        super().__init__(f"the deed {deed!r} is declared by no app; add it to `deeds` of its AppConfig")


def allows(user: User | AnonymousUser | None, deed: str, subject: str = "", field_class: str = "") -> bool:
    """Whether `user` may do `deed` (on `subject`, and see fields of `field_class` there).

    The role decides first, then grants that hold today; a token narrows both to its scopes. Unknown deeds raise UnknownDeed.
    """
    roles = roles_for(deed)
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.scopes is not None and deed not in user.scopes:
        return False
    may = EVERYONE in roles or user.role in roles or _granted(user, subject, Q(deed=deed))
    return may and (not field_class or sees(user, field_class, subject))


def sees(user: User, field_class: str, subject: str = "") -> bool:
    """Whether `user` sees fields of `field_class` of `subject`: by role, or by a grant that holds today."""
    asked = _WIDTH[field_class]
    if asked <= _WIDTH[_SEES.get(user.role, FieldClass.PUBLIC.value)]:
        return True
    wide_enough = [value for value, place in _WIDTH.items() if place >= asked]
    return _granted(user, subject, Q(field_class__in=wide_enough))


def roles_for(deed: str) -> frozenset[str]:
    """The roles that may do `deed`; `*` stands for everybody signed in. Raises UnknownDeed."""
    try:
        return table()[deed]
    except KeyError:
        raise UnknownDeed(deed) from None


def _granted(user: User, subject: str, what: Q) -> bool:
    return bool(subject) and live_grants(user).filter(what, subject_of=subject).exists()


def live_grants(user: User, on: dt.date | None = None) -> QuerySet[Grant]:
    """Grants of `user` that hold on the day `on` (default: the real day, since rights do not stand still)."""
    day = on or timezone.localdate()
    return user.grants.filter(Q(until__isnull=True) | Q(until__gte=day), revoked_at__isnull=True)


def actor_of(who: HttpRequest | User, purpose: str = "") -> Actor:
    """The audit's actor for a request (with its network address, and the token that spoke for the user) or a user."""
    if isinstance(who, HttpRequest):
        token = getattr(who, "token_prefix", "")
        purpose = purpose or (f"API {token}" if token else "")
        return Actor(*_identity(who.user), address=str(who.META.get("REMOTE_ADDR", "")), purpose=purpose)
    return Actor(*_identity(who), purpose=purpose)


def _identity(user: User | AnonymousUser) -> tuple[str, str]:
    if isinstance(user, User):
        return str(user.pk), user.name or user.username
    return "anonymous", "未登录"


def users_with_role(role: str | Role) -> QuerySet[User]:
    """Active people of a role, by user name; accounts of systems are nobody to write to."""
    return User.objects.filter(role=str(role), is_active=True, is_service=False).order_by("username")


def people(search: str = "", role: str = "") -> QuerySet[User]:
    """Accounts for the administrator's list: by part of name or user name, and by role."""
    found = User.objects.order_by("username")
    if search:
        found = found.filter(Q(username__icontains=search) | Q(name__icontains=search))
    return found.filter(role=role) if role else found


def sign_ins(user: User, limit: int = 50) -> QuerySet[SignIn]:
    """One's own newest attempts to sign in, newest first."""
    return SignIn.objects.filter(user=user).order_by("-id")[:limit]


def signed_in(request: HttpRequest) -> User:
    """The user of a request that has passed the gate."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def grants_of(user: User) -> list[GrantLine]:
    """All grants of a person, newest first, with whether each holds today."""
    holding = set(live_grants(user).values_list("pk", flat=True))
    return [GrantLine(grant, grant.pk in holding) for grant in user.grants.all()]


def locked_until(request: HttpRequest, username: str) -> dt.datetime:
    """When the lock on this name and address ends: the newest failure and the pause of the settings."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    attempts = apps.get_model(
        "axes", "AccessAttempt"
    ).objects  # asked late: this module is read before axes stands
    newest = attempts.filter(username=username, ip_address=address).order_by("-attempt_time").first()
    start = newest.attempt_time if newest else timezone.now()
    return cast(dt.datetime, start + settings.AXES_COOLOFF_TIME)


def demo_users() -> list[User]:
    """The demonstration's people in the order of the story."""
    order = (
        "officer",
        "manager",
        "clerk",
        "researcher",
        "reporter",
        "reviewer",
        "leader",
        "auditor",
        "administrator",
    )
    places = {role: place for place, role in enumerate(order)}
    found = User.objects.filter(is_demo=True, is_active=True)
    return sorted(found, key=lambda user: (places.get(user.role, len(places)), user.username))


def display_name(user: User) -> str:
    """How a person is called on pages of the sign-in library."""
    return user.name or user.username


def roles_text() -> str:
    """All roles with their labels in a line: for messages and the command line."""
    return "、".join(f"{role.value}（{role.label}）" for role in Role)


_BROWSERS = (
    ("Edg/", "Edge"),
    ("MicroMessenger", "微信"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Mac OS X", "macOS"), ("UOS", "统信 UOS"), ("Kylin", "麒麟"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """A device in words a person recognises, `Chrome · Windows`; the first mark that fits counts. Empty when unknown."""
    found = (
        next((name for mark, name in marks if mark in user_agent), "") for marks in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(word for word in found if word)
