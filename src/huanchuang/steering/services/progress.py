"""Report progress and attach evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Period
from huanchuang.engines.kernel.problem import refuse
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.services import record_fact
from huanchuang.files import services as files
from huanchuang.orm.models import save_versioned
from huanchuang.steering.models import Evidence, Report, State, Target, Transition
from huanchuang.steering.queries.record import FACT_KEY
from huanchuang.steering.services.rights import must_answer_for
from huanchuang.steering.services.steps import Step, locked, must_be, take, used_up

OPEN = (State.NOT_STARTED, State.IN_PROGRESS)
Upload = tuple[str, UploadedFile[bytes] | bytes]


@dataclass(frozen=True)
class ProgressGiven:
    """What a unit says about a line as of a day. Percent and figure are None where nothing is said."""

    as_of: dt.date
    text: str
    percent: int | None = None
    figure: Decimal | None = None
    next_step: str = ""
    difficulty: str = ""


@transaction.atomic
def report_progress(
    user: User, target: Target, given: ProgressGiven, token: str, evidence: Iterable[Upload] = ()
) -> Report:
    """Write a report; a figure becomes a fact. Raises ProblemError for strangers, closed lines and refused files.

    The newest report by its day tells how far the line is; one that arrives late for an earlier day does not.
    """
    target = locked(target)
    earlier = Report.objects.filter(token=token).first()
    if earlier is not None:
        if (earlier.target_id, earlier.reported_by_id) != (target.pk, user.pk):
            raise used_up()
        return earlier
    organisation = must_answer_for(user, target)
    must_be(target, OPEN, Transition.Verb.START)
    report = Report.objects.create(
        target=target,
        organisation=organisation,
        reported_by=user,
        as_of=given.as_of,
        percent=given.percent,
        figure=given.figure,
        text=given.text.strip(),
        next_step=given.next_step.strip(),
        difficulty=given.difficulty.strip(),
        token=token,
    )
    fact = _as_fact(user, target, report)
    if fact is not None:
        report.fact = fact.pk
        report.save(update_fields=["fact"])
    _keep(user, target, report, evidence)
    _move_on(user, target, report, fact)
    after = {
        "as_of": str(given.as_of),
        "percent": given.percent,
        "figure": None if given.figure is None else str(given.figure),
    }
    audit.record(actor_of(user), "steering.target.report", target.subject, after=after)
    return report


def _as_fact(user: User, target: Target, report: Report) -> Fact | None:
    if report.figure is None:
        return None
    link = reverse("steering:target", args=[target.pk]) + f"#report-{report.pk}"
    period = Period.containing(report.as_of, "month")
    return record_fact(
        actor_of(user),
        target.subject,
        FACT_KEY,
        period,
        report.figure,
        target.unit,
        SourceKind.REPORT,
        source_link=link,
    )


def _move_on(user: User, target: Target, report: Report, fact: Fact | None) -> None:
    if target.reported_on is None or report.as_of >= target.reported_on:
        target.reported_on = report.as_of
        target.percent = report.percent if report.percent is not None else target.percent
        if fact is not None:
            target.reached, target.reached_fact = report.figure, fact.pk
    if target.state == State.NOT_STARTED:
        take(target, Step(Transition.Verb.START, user, f"start-{report.token}"[:40], None, State.IN_PROGRESS))
    else:
        save_versioned(target, target.version)


@transaction.atomic
def add_evidence(user: User, target: Target, uploads: Iterable[Upload], note: str = "") -> list[Evidence]:
    """Attach files to a line that is not closed. The same file again changes nothing."""
    target = locked(target)
    must_answer_for(user, target)
    must_be(target, (*OPEN, State.TO_VERIFY), Transition.Verb.START)
    return _keep(user, target, None, uploads, note)


def _keep(
    user: User, target: Target, report: Report | None, uploads: Iterable[Upload], note: str = ""
) -> list[Evidence]:
    actor = actor_of(user)
    kept = []
    for name, upload in uploads:
        stored = files.store(upload, name, actor)
        files.attach(stored, target.subject, actor)
        evidence, new = Evidence.objects.get_or_create(
            target=target,
            file=stored,
            defaults={"report": report, "name": stored.name, "note": note.strip()[:300], "added_by": user},
        )
        if new:
            audit.record(
                actor,
                "steering.target.add_evidence",
                target.subject,
                after={"file": stored.name, "digest": stored.digest},
            )
        kept.append(evidence)
    if not kept and report is None:
        raise refuse(
            "steering.no_file",
            ("佐证材料", "没有选择文件", "请选择要上传的文件"),
            ("Evidence", "no file was chosen", "Choose the file to upload"),
        )
    return kept
