"""Report progress."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Period
from huanchuang.engines.kernel.problem import refuse
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.services import record_fact
from huanchuang.orm.models import save_versioned
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Report, State, Target, Transition
from huanchuang.steering.queries.record import FACT_KEY
from huanchuang.steering.queries.split import can_be_added
from huanchuang.steering.queries.typed import Known, baseline_for, growth
from huanchuang.steering.services.evidence import Upload, keep
from huanchuang.steering.services.rights import must_answer_for
from huanchuang.steering.services.split import add_up
from huanchuang.steering.services.steps import Step, locked, must_be, take, used_up

OPEN = (State.NOT_STARTED, State.IN_PROGRESS)


@dataclass(frozen=True)
class ProgressGiven:
    """What a unit says about a line as of a day. Percent, figure and amount are None where nothing is said.

    `amount` is for a growth whose baseline is known: what was reached itself, in the unit of the baseline."""

    as_of: dt.date
    text: str
    percent: int | None = None
    figure: Decimal | None = None
    next_step: str = ""
    difficulty: str = ""
    amount: Decimal | None = None


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
    parted = _must_speak_for_a_part(target, organisation, given)
    figure = given.figure if given.amount is None else _grown(target, given.amount, given.as_of)
    report = Report.objects.create(
        target=target,
        organisation=organisation,
        reported_by=user,
        as_of=given.as_of,
        percent=given.percent,
        figure=figure,
        amount=given.amount,
        text=given.text.strip(),
        next_step=given.next_step.strip(),
        difficulty=given.difficulty.strip(),
        token=token,
    )
    if parted:
        add_up(target)
    fact = _as_fact(user, target, report, target.reached if parted else figure)
    if fact is not None:
        report.fact = fact.pk
        report.save(update_fields=["fact"])
    keep(user, target, report, evidence)
    _move_on(user, target, report, fact, parted)
    after = {
        "as_of": str(given.as_of),
        "percent": given.percent,
        "figure": None if figure is None else str(figure),
    }
    audit.record(actor_of(user), "steering.target.report", target.subject, after=after)
    return report


def _grown(target: Target, amount: Decimal, as_of: dt.date) -> Decimal:
    """The growth that an amount means over the baseline of its day. Raises ProblemError where there is none."""
    bases = [Known(basis.as_of, basis.value, basis.unit) for basis in target.bases.all()]
    known = baseline_for(bases, target.recurring, as_of)
    grown = growth(amount, known.value, target.unit) if known else None
    if grown is None:
        raise refuse(
            "steering.no_baseline",
            (f"“{target.name}”", "还没有登记这一期的基数，算不出增长", "请先登记基数，或直接填报增长率"),
            (f'"{target.name}"', "has no baseline for this period", "Record the baseline first, or report the growth itself"),
        )  # fmt: skip
    return grown


def _must_speak_for_a_part(target: Target, organisation: Organisation | None, given: ProgressGiven) -> bool:
    """Whether the figure is one unit's part of a split target. Raises ProblemError for who has no part in it."""
    if not target.split_way or not can_be_added(target.kind, target.unit):
        return False
    units = set(target.portions.values_list("organisation", flat=True))
    if given.figure is not None and (organisation is None or organisation.pk not in units):
        raise refuse(
            "steering.split_figure",
            (f"“{target.name}”的达到值", "已分解到单位，由各单位填报后相加", "请只写进展情况，数字由有分解任务的单位填报"),
            (f'Figure of "{target.name}"', "is split by unit and added up", "Leave the figure to the units that have a part"),
        )  # fmt: skip
    return True


def _as_fact(user: User, target: Target, report: Report, value: Decimal | None) -> Fact | None:
    """What is known of the line from now on, as a fact: of a split target what its units have reached together."""
    if report.figure is None or value is None:
        return None
    link = reverse("steering:target", args=[target.pk]) + f"#report-{report.pk}"
    period = Period.containing(report.as_of, "month")
    return record_fact(
        actor_of(user),
        target.subject,
        FACT_KEY,
        period,
        value,
        target.unit,
        SourceKind.REPORT,
        source_link=link,
    )


def _move_on(user: User, target: Target, report: Report, fact: Fact | None, parted: bool) -> None:
    newest = target.reported_on is None or report.as_of >= target.reported_on
    if fact is not None and (parted or newest):
        target.reached_fact = fact.pk
    if newest:
        target.reported_on = report.as_of
        target.percent = report.percent if report.percent is not None else target.percent
        if fact is not None and not parted:
            target.reached = report.figure
    if target.state == State.NOT_STARTED:
        take(target, Step(Transition.Verb.START, user, f"start-{report.token}"[:40], None, State.IN_PROGRESS))
    else:
        save_versioned(target, target.version)
