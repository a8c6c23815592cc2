"""Evidence: files that prove something about a line. A line that was closed on evidence opens again when it falls away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.files import services as files
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.steering.models import Evidence, Report, State, Target, Transition
from huanchuang.steering.services import news
from huanchuang.steering.services.rights import must_answer_for
from huanchuang.steering.services.steps import Step, locked, must_be, must_have_reason, take

Upload = tuple[str, UploadedFile[bytes] | bytes]
TAKES_EVIDENCE = (State.NOT_STARTED, State.IN_PROGRESS, State.TO_VERIFY)


@transaction.atomic
def add_evidence(
    user: User, target: Target, uploads: Iterable[Upload], note: str = "", valid_until: dt.date | None = None
) -> list[Evidence]:
    """Attach files to a line that is not closed. The same file again changes nothing, unless it was withdrawn."""
    target = locked(target)
    must_answer_for(user, target)
    must_be(target, TAKES_EVIDENCE, Transition.Verb.START)
    if valid_until is not None and valid_until < clock.today():
        raise refuse(
            "steering.evidence_ended",
            ("有效期", f"{valid_until.isoformat()}已经过了", "请上传仍在有效期内的材料，或改正日期"),
            (
                "Valid until",
                f"{valid_until} is past",
                "Upload something that still holds, or correct the day",
            ),
        )
    return keep(user, target, None, uploads, note, valid_until)


def keep(
    user: User,
    target: Target,
    report: Report | None,
    uploads: Iterable[Upload],
    note: str = "",
    valid_until: dt.date | None = None,
) -> list[Evidence]:
    """Store files as evidence of a locked line, inside the caller's transaction."""
    actor = actor_of(user)
    kept = []
    for name, upload in uploads:
        stored = files.store(upload, name, actor)
        files.attach(stored, target.subject, actor)
        values = {
            "report": report, "name": stored.name, "note": note.strip()[:300], "added_by": user,
            "valid_until": valid_until, "withdrawn_on": None, "withdrawn_by": None, "withdrawn_why": "",
        }  # fmt: skip
        evidence, new = Evidence.objects.get_or_create(target=target, file=stored, defaults=values)
        if not new and not evidence.holds(clock.today()):
            for field, value in values.items():
                setattr(evidence, field, value)
            save_versioned(evidence, evidence.version)
            new = True
        if new:
            after = {"file": stored.name, "digest": stored.digest, "valid_until": str(valid_until or "")}
            audit.record(actor, "steering.target.add_evidence", target.subject, after=after)
        kept.append(evidence)
    if not kept and report is None:
        raise refuse(
            "steering.no_file",
            ("佐证材料", "没有选择文件", "请选择要上传的文件"),
            ("Evidence", "no file was chosen", "Choose the file to upload"),
        )
    return kept


@transaction.atomic
def withdraw_evidence(user: User, evidence: Evidence, reason: str) -> Target:
    """Say that a file proves nothing any more; it stays to be seen, struck out. Withdrawn twice is withdrawn once.

    The bureau may withdraw any, a unit what one of its own people added. A line that was closed opens again.
    """
    target = locked(evidence.target)
    must_answer_for(user, target)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.withdrawn_on is not None:
        return target
    if user.role != Role.OFFICER and evidence.added_by_id != user.pk:
        raise refuse(
            "steering.not_your_evidence",
            (f"佐证“{evidence.name}”", "不是您上传的", "请由上传人撤回，或联系主管科室"),
            (f'Evidence "{evidence.name}"', "was added by somebody else", "Ask that person or the bureau"),
        )
    must_have_reason(reason)
    evidence.withdrawn_on, evidence.withdrawn_by = clock.today(), user
    evidence.withdrawn_why = reason.strip()[:300]
    save_versioned(evidence, evidence.version)
    audit.record(
        actor_of(user),
        "steering.target.withdraw_evidence",
        target.subject,
        before={"file": evidence.name},
        note=evidence.withdrawn_why,
    )
    _fall_back(
        target, user, f"佐证“{evidence.name}”已撤回：{evidence.withdrawn_why}", f"withdrawn-{evidence.pk}"
    )
    return target


def reopen_expired(as_of: dt.date) -> int:
    """Open again every closed line whose evidence has run out by that day; returns how many. Harmless when repeated."""
    ended = Evidence.objects.filter(
        valid_until__lt=as_of, withdrawn_on=None, target__state__in=(State.CLOSED, State.TO_VERIFY)
    )
    return sum(_expire(pk, as_of) for pk in ended.values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int, as_of: dt.date) -> bool:
    evidence = Evidence.objects.select_related("target").get(pk=pk)
    why = f"佐证“{evidence.name}”的有效期至{evidence.valid_until}，已经过了"
    return _fall_back(locked(evidence.target), None, why, f"expired-{pk}-{evidence.valid_until}")


def _fall_back(target: Target, user: User | None, why: str, token: str) -> bool:
    """A closing stands on all the evidence that was verified; a request needs at least one piece that holds."""
    left = any(one.holds(clock.today()) for one in target.evidence.all())
    if target.state not in (State.CLOSED, State.TO_VERIFY) or (target.state == State.TO_VERIFY and left):
        return False
    if Transition.objects.filter(token=token).exists():
        return False
    sets = {"closed_on": None, "close_requested_by": None}
    take(target, Step(Transition.Verb.REOPEN, user, token, None, State.IN_PROGRESS, why, sets))
    news.reopened(target, why)
    return True
