"""What papers and people say about a requirement: given once, standing until another answer or its day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import refuse
from huanchuang.orm import clock
from huanchuang.policies.models import Answer
from huanchuang.policies.queries.library import policy_named
from huanchuang.registry.models import Organisation

FEWEST = 2
"""Characters of a basis: a paper has a name."""


def answer(
    actor: audit.Actor,
    organisation: Organisation,
    policy: str,
    requirement: str,
    *,
    is_met: bool,
    basis: str,
    valid_until: dt.date | None = None,
) -> Answer:
    """Say whether a requirement that nobody can compute is met; it takes the place of what was said before.

    ProblemError for a policy or requirement that is not there, one that is computed, a missing basis, a day that is over.
    """
    _refuse(policy, requirement, basis, valid_until)
    with transaction.atomic():
        now = timezone.now()
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # one answer at a time
        standing = Answer.objects.filter(
            organisation=organisation, policy=policy, requirement=requirement, ended_at=None
        )
        before = standing.first()
        standing.update(ended_at=now)
        made = Answer.objects.create(
            organisation=organisation,
            policy=policy,
            requirement=requirement,
            is_met=is_met,
            basis=basis.strip()[:300],
            valid_until=valid_until,
            given_at=now,
            given_by=actor.id,
            given_by_name=actor.name,
        )
        audit.record(
            actor,
            "policies.answer.give",
            organisation.subject,
            before={"is_met": before.is_met} if before else None,
            after={"policy": policy, "requirement": requirement, "is_met": is_met},
            note=made.basis,
        )
    return made


def _refuse(policy: str, requirement: str, basis: str, valid_until: dt.date | None) -> None:
    listed = policy_named(policy)
    asked = [one for one in listed.policy.requirements if one.id == requirement] if listed else []
    if not asked or asked[0].condition is not None:
        raise refuse(
            "policies.answer.requirement",
            ("条件", "这项条件不在政策里，或由数据算出，不能人工答复", "请回到测算页，从列出的条件中选择"),
            ("Requirement", "is not one of the policy, or is computed from facts", "Go back and choose one of those listed"),
        )  # fmt: skip
    if len(basis.strip()) < FEWEST:
        raise refuse(
            "policies.answer.basis",
            ("依据", "没有填写", "请写明看过的材料或判断的依据，例如“专项审计报告（2026-03）”"),
            ("Basis", "is missing", "Name the paper that was seen or the grounds"),
        )
    if valid_until is not None and valid_until < clock.today():
        raise refuse(
            "policies.answer.day",
            ("有效期至", f"{valid_until}已过", "请填今天或以后的日期，不限期就留空"),
            ("Valid until", f"{valid_until} is over", "Give today or a later day, or leave it empty"),
        )
