"""Noting who came in, or tried to, and what people did to their own sign-in."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest

from huanchuang.accounts.models import SignIn, User
from huanchuang.accounts.queries import actor_of, device_words
from huanchuang.audit.services import Actor, record
from huanchuang.orm.models import save_versioned


@transaction.atomic
def note_sign_in(user: User | None, request: HttpRequest, result: SignIn.Result) -> None:
    """Write down an attempt: for the person's own list, and in the trail."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    device = device_words(request.headers.get("User-Agent", ""))
    SignIn(user=user, address=address, device=device, result=result.value).save()
    actor = (
        Actor(str(user.pk), user.name or user.username, address)
        if user
        else Actor("unknown", "未知用户", address)
    )
    subject = user.subject if user else "accounts.user:unknown"
    record(actor, "accounts.session.sign_in", subject, None, {"result": result.value, "device": device})


@transaction.atomic
def note_own_password(user: User, request: HttpRequest) -> None:
    """Somebody changed their own password: the duty to change it is done."""
    stored = User.objects.get(pk=user.pk)  # the request's user is a stand-in that cannot be saved by version
    if stored.must_change_password:
        stored.must_change_password = False
        save_versioned(stored, stored.version)
    record(actor_of(request), "accounts.self.change_password", user.subject)


@transaction.atomic
def note_second_factor(user: User, request: HttpRequest, verb: str, factor: str) -> None:
    """Somebody added, removed or renewed a second factor (`totp`, `recovery_codes`)."""
    record(actor_of(request), f"accounts.self.{verb}_second_factor", user.subject, None, {"factor": factor})
