"""An account claims a profile; the institution or the bureau confirms or refuses; the account then keeps it itself."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from huanchuang.accounts.models import User
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import ProblemError, refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.registry.models import Claim, Person
from huanchuang.registry.queries.claims import deciders, may_claim
from huanchuang.registry.services import revise
from huanchuang.registry.services.news import tell


def claim(actor: audit.Actor, user: User, person: Person, note: str = "") -> Claim:
    """Say that a profile is one's own. Its institution is told and asked.

    Raises ProblemError when the profile is taken, or the account has one or has claimed one already.
    """
    with transaction.atomic():
        stored = Person.objects.select_for_update(of=("self",)).select_related("unit").get(pk=person.pk)
        if not may_claim(user, stored):
            raise _cannot_claim()
        try:
            with transaction.atomic():
                made = Claim.objects.create(person=stored, user=user, note=note.strip()[:200])
        except IntegrityError as error:  # a second press came at the same moment
            raise _cannot_claim() from error
        audit.record(
            actor, "registry.person.claim", stored.subject, after={"user": user.username}, note=made.note
        )
        body = f"账户“{user.username}”（{user.name}）认领“{stored.name}”的个人资料。请核对后确认或退回。"
        tell(
            deciders(stored),
            "registry.claim",
            "有人认领本单位的个人资料，请确认",
            body,
            stored.get_absolute_url(),
            f"claim-{made.pk}",
        )
    return made


def assign(actor: audit.Actor, user: User, person: Person, note: str = "") -> Claim:
    """Say for an account that does not claim by itself, a clerk's or an official's, which profile is its own.

    Raises ProblemError when the profile or the account has its counterpart already.
    """
    with transaction.atomic():
        return confirm_claim(actor, Claim.objects.create(person=person, user=user, note=note.strip()[:200]))


def confirm_claim(actor: audit.Actor, claim: Claim) -> Claim:
    """Say that the account is this person: from now on it may change the profile. Other open claims of it are refused."""
    with transaction.atomic():
        stored, person = _open(claim)
        if person.user_id is not None or Person.objects.filter(user=stored.user).exists():
            raise refuse(
                "registry.claim.taken",
                ("认领", "这份资料或这个账户已经对应好了", "请先解除原来的认领"),
                ("Claim", "the profile or the account has its counterpart already", "Release that first"),
            )
        person.user = stored.user
        save_versioned(person, person.version)
        note = f"账户：{stored.user.name}"
        revise.note(actor, person, "claim", {}, "", note)
        _settle(actor, stored, Claim.State.CONFIRMED)
        audit.record(
            actor, "registry.person.confirm-claim", person.subject, after={"user": stored.user.username}
        )
        _tell(stored, "您的认领已确认", f"{person.name}：现在可以自己修改和核实这份资料。")
        for other in Claim.objects.filter(person=person, state=Claim.State.OPEN).select_related(
            "person", "user"
        ):
            refuse_claim(actor, other, "这份资料已确认属于他人")
    return stored


def refuse_claim(actor: audit.Actor, claim: Claim, reason: str) -> Claim:
    """Say that the account is not this person, with the reason; the claimant is told."""
    if not reason.strip():
        raise _no_reason()
    with transaction.atomic():
        stored, person = _open(claim)
        _settle(actor, stored, Claim.State.REFUSED, reason)
        audit.record(
            actor,
            "registry.person.refuse-claim",
            person.subject,
            after={"user": stored.user.username},
            note=reason,
        )
        _tell(stored, "您的认领未通过", f"{person.name}。原因：{reason.strip()}")
    return stored


def withdraw_claim(actor: audit.Actor, claim: Claim) -> Claim:
    """Take one's own claim back."""
    with transaction.atomic():
        stored, person = _open(claim)
        _settle(actor, stored, Claim.State.WITHDRAWN)
        audit.record(
            actor, "registry.person.withdraw-claim", person.subject, after={"user": stored.user.username}
        )
    return stored


def release(actor: audit.Actor, person: Person, reason: str) -> Person:
    """Part a profile from its account, with the reason; the account is told. One without an account stays as it is."""
    if not reason.strip():
        raise _no_reason()
    with transaction.atomic():
        stored = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
        user = stored.user
        if user is None:
            return stored
        stored.user = None
        save_versioned(stored, stored.version)
        revise.note(actor, stored, "release", {}, "", reason.strip())
        held = Claim.objects.filter(person=stored, user=user, state=Claim.State.CONFIRMED)
        held.update(state=Claim.State.RELEASED, reason=reason.strip()[:200])
        audit.record(
            actor, "registry.person.release", stored.subject, before={"user": user.username}, note=reason
        )
        link, once = stored.get_absolute_url(), f"release-{stored.pk}-{stored.version}"
        tell([user], "registry.claim", "您的认领已解除", f"{stored.name}。原因：{reason.strip()}", link, once)
    return stored


def _open(claim: Claim) -> tuple[Claim, Person]:
    stored = Claim.objects.select_for_update(of=("self",)).select_related("user").get(pk=claim.pk)
    if stored.state != Claim.State.OPEN:
        raise refuse(
            "registry.claim.decided",
            ("认领", f"已经处理过：{stored.get_state_display()}", "请刷新页面查看结果"),
            ("Claim", "was decided already", "Reload the page to see the result"),
        )
    return stored, Person.objects.select_for_update(of=("self",)).get(pk=stored.person_id)


def _settle(actor: audit.Actor, stored: Claim, state: str, reason: str = "") -> None:
    stored.state, stored.reason = state, reason.strip()[:200]
    stored.decided_at, stored.decided_by = clock.now(), actor.name
    save_versioned(stored, stored.version)


def _tell(claim: Claim, title: str, body: str) -> None:
    link = claim.person.get_absolute_url()
    tell([claim.user], "registry.claim", title, body, link, f"claim-{claim.pk}-{claim.state}")


def _cannot_claim() -> ProblemError:
    return refuse(
        "registry.claim.cannot",
        ("认领", "这份资料已有账户，或您已认领了另一份", "如有误，请联系所在单位或主管部门"),
        ("Claim", "the profile has its account, or you have claimed another one", "Ask your institution or the bureau if that is wrong"),
    )  # fmt: skip


def _no_reason() -> ProblemError:
    return refuse(
        "registry.claim.reason", ("原因", "不能为空", "请写明为什么"), ("Reason", "is empty", "Say why")
    )  # fmt: skip
