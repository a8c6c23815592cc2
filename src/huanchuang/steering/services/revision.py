"""Bring a corrected version of a plan in, keep what did not change, and put it in the place of the version before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.steering.models import (
    Fate,
    FormerLine,
    Plan,
    PlanState,
    Review,
    Revision,
    State,
    Target,
    Transition,
)
from huanchuang.steering.queries.rebase import Rebase, rebase_of
from huanchuang.steering.services import news
from huanchuang.steering.services.columns import set_fields
from huanchuang.steering.services.desk_log import Verb, note, under_review
from huanchuang.steering.services.moving import move
from huanchuang.steering.services.plan import upload_plan
from huanchuang.steering.services.steps import must_have_reason

OPEN = (State.NOT_STARTED, State.IN_PROGRESS, State.TO_VERIFY)


@transaction.atomic
def revise(
    user: User, of: Plan, upload: UploadedFile[bytes] | bytes, name: str, reason: str, *, inline: bool = False
) -> Plan:
    """Upload a corrected version of a plan in force; it is read and reviewed like any plan. Raises ProblemError."""
    must_have_reason(reason)
    of = Plan.objects.select_for_update().get(pk=of.pk)
    open_one = Revision.objects.filter(of=of, in_force_on=None).select_related("plan").first()
    if of.state != PlanState.IN_FORCE or open_one is not None:
        raise _not_now(of, open_one)
    plan = upload_plan(user, upload, name, inline=inline)
    if (
        plan.pk == of.pk
        or plan.state not in (PlanState.READING, PlanState.REVIEW)
        or hasattr(plan, "revision")
    ):
        raise refuse(
            "steering.revision.known",
            (f"《{plan.title}》", "这份文件已经在系统里，不能作为修订版", "请确认选的是修订后的文件"),
            (f'"{plan.title}"', "this file is known already and cannot be the corrected version", "Check that it is the corrected file"),
        )  # fmt: skip
    Revision.objects.create(plan=plan, of=of, reason=reason.strip(), by=user)
    audit.record(
        actor_of(user), "steering.plan.revise", plan.subject, after={"of": of.pk}, note=reason.strip()
    )
    return plan


@transaction.atomic
def give_up(user: User, revision: Revision) -> None:
    """It was no corrected version after all: the plan stands for itself, the one in force stays."""
    under_review(revision.plan)
    audit.record(
        actor_of(user), "steering.plan.revise_give_up", revision.plan.subject, before={"of": revision.of_id}
    )
    revision.delete()


@transaction.atomic
def keep_unchanged(user: User, revision: Revision) -> int:
    """Lines of clauses whose words are the same were reviewed with the version before: they need no second look."""
    plan = under_review(revision.plan)
    ids = [line.pk for line in rebase_of(revision).dropped if line.review == Review.PROPOSED]
    Target.objects.filter(pk__in=ids).update(review=Review.ACCEPTED, version=F("version") + 1)
    if ids:
        note(user, plan, Verb.KEEP, ids)
        audit.record(actor_of(user), "steering.reading.keep", plan.subject, after={"lines": len(ids)})
    return len(ids)


@transaction.atomic
def take_place(user: User, revision: Revision, *, accept_rest: bool) -> Plan:
    """End the review of a corrected version: its lines are the ledger now. Reports, evidence and figures stay with
    their lines, the version before is kept with the reason, lines that are gone end. Harmless when repeated."""
    plan = Plan.objects.select_for_update().get(pk=revision.plan_id)
    if plan.state == PlanState.IN_FORCE:
        return plan
    plan, of = under_review(plan), Plan.objects.select_for_update().get(pk=revision.of_id)
    if of.state != PlanState.IN_FORCE:
        raise _not_now(of, None)
    _hold(of)
    done = rebase_of(revision, whole=True)
    unseen = _unseen(done)
    if unseen and not accept_rest:
        raise _left(len(unseen))
    _remember(revision, done)
    arrived = {line.pk for line in done.arrived}
    note(user, plan, Verb.ACCEPT_BATCH, [line.pk for line in unseen if line.pk in arrived])
    changed = [(old, _before(old), State(old.state)) for old, _new in done.changed]
    move(plan, of, done)
    _tell_changes(user, revision, changed)
    ended = _end(user, revision, done.gone)
    news.revised(revision, [line for line, _before, _state in changed], ended)
    plan.state, plan.accepted_by, plan.accepted_at = PlanState.IN_FORCE, user, timezone.now()
    save_versioned(plan, plan.version)
    of.state = PlanState.REPLACED
    save_versioned(of, of.version)
    revision.in_force_on = clock.today()
    revision.save(update_fields=["in_force_on", "updated_at"])
    counts = {
        "changed": len(done.changed),
        "new": len(done.arrived),
        "gone": len(done.gone),
        "accepted_as_batch": len(unseen),
    }
    audit.record(
        actor_of(user),
        "steering.plan.take_place",
        plan.subject,
        before={"plan": of.pk},
        after=counts,
        note=revision.reason,
    )
    return plan


def _hold(plan: Plan) -> None:
    """Nobody else changes a line of the version in force until the transaction ends."""
    list(Target.objects.select_for_update().filter(plan=plan).order_by("pk").values_list("pk"))


def _unseen(done: Rebase) -> list[Target]:
    """Lines of the new version that count and that nobody looked at."""
    return [
        line
        for line in (*done.arrived, *(new for _old, new in done.updated))
        if line.review == Review.PROPOSED
    ]


def _remember(revision: Revision, done: Rebase) -> None:
    """Every line of the version before, as it stands."""
    fates = [(line, Fate.SAME) for line, _pair in done.kept]
    fates += [(old, Fate.CHANGED if done.differs(old, new) else Fate.SAME) for old, new in done.updated]
    fates += [(line, Fate.GONE) for line in done.gone]
    FormerLine.objects.bulk_create(
        (
            FormerLine(revision=revision, target=line, fate=fate, values=done.snapshot(line))
            for line, fate in fates
        ),
        batch_size=500,
    )


Told = tuple[Target, dict[str, Any], State]
"""A line, what it promised before, and its state then."""


def _before(line: Target) -> dict[str, Any]:
    return {
        name: None if (value := getattr(line, name)) is None else str(value) for name in ("value", "due_on")
    }


def _tell_changes(user: User, revision: Revision, changed: Sequence[Told]) -> None:
    """The history of each line says what the revision changed; one that was closed lives again where more is asked for."""
    reason = f"方案修订：{revision.reason}"
    again = []
    steps = []
    for line, before, state in changed:
        after = _before(line)
        verb = Transition.Verb.ADJUST
        if state == State.CLOSED and after != before:
            line.state, line.closed_on, line.close_requested_by = State.IN_PROGRESS, None, None
            verb = Transition.Verb.REOPEN
            again.append(line)
        steps.append(_step(user, revision, line, state, verb, reason, before, after))
    _save_states(again)
    Transition.objects.bulk_create(steps, batch_size=500)


def _end(user: User, revision: Revision, gone: Sequence[Target]) -> list[Target]:
    """Lines that the new version no longer has; those that were open end now and are returned."""
    reason = f"方案修订后不再列入：{revision.reason}"
    ending = [line for line in gone if line.state in OPEN]
    steps = []
    for line in ending:
        state, line.state = State(line.state), State.ENDED
        steps.append(_step(user, revision, line, state, Transition.Verb.END, reason, {}, {}))
    _save_states(ending)
    Transition.objects.bulk_create(steps, batch_size=500)
    return ending


def _save_states(lines: Sequence[Target]) -> None:
    now = timezone.now()
    for line in lines:
        line.version, line.updated_at = line.version + 1, now
    set_fields(lines, ("state", "closed_on", "close_requested_by_id", "version", "updated_at"))


def _step(
    user: User,
    revision: Revision,
    line: Target,
    state: State,
    verb: Transition.Verb,
    reason: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> Transition:
    return Transition(
        target=line, verb=verb, from_state=state, to_state=line.state, by=user, on=clock.today(), reason=reason,
        before=before, after=after, token=f"rev-{revision.pk}-{line.pk}",
    )  # fmt: skip


def _not_now(of: Plan, open_one: Revision | None) -> ProblemError:
    if open_one is not None:
        return refuse(
            "steering.revision.open",
            (f"《{of.title}》", f"已有一份修订版“{open_one.plan.title}”在读取或复核", "请先办完或放弃那一份"),
            (f'"{of.title}"', f'a corrected version, "{open_one.plan.title}", is being reviewed', "Finish or give up that one first"),
        )  # fmt: skip
    return refuse(
        "steering.revision.state",
        (
            f"《{of.title}》",
            f"当前状态是“{of.get_state_display()}”，不能修订",
            "只有执行中的方案可以修订，请刷新页面",
        ),
        (
            f'"{of.title}"',
            f'its state is "{of.state}"',
            "Only a plan in force can be corrected; reload the page",
        ),
    )


def _left(count: int) -> ProblemError:
    return refuse(
        "steering.review_open",
        ("复核", f"修订版里还有{count}条没有看过", "请逐条采纳或剔除，或选择“其余全部采纳”"),
        ("Review", f"{count} lines of the corrected version have not been looked at", "Accept or reject them, or accept all the rest"),
    )  # fmt: skip
