"""The list of plans with what stands in each."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from huanchuang.accounts.models import User
from huanchuang.jobs.models import Job
from huanchuang.steering.models import Plan, PlanState, Review, State
from huanchuang.steering.queries.visibility import visible_plans

TAKE_JOB = "steering.take_place"
"""Kind of the job that puts a corrected version in the place of the one before."""
ACCEPTED = Q(targets__review=Review.ACCEPTED)


def plan_list(user: User) -> QuerySet[Plan]:
    """Plans that a person may open, each with `lines`, `closed` and `proposed`."""
    return visible_plans(user).select_related("uploaded_by").annotate(
        lines=Count("targets", filter=ACCEPTED),
        closed=Count("targets", filter=ACCEPTED & Q(targets__state=State.CLOSED)),
        proposed=Count("targets", filter=Q(targets__review=Review.PROPOSED)),
    )  # fmt: skip


def plan_in_question(user: User, number: int | None) -> Plan | None:
    """The plan that a ledger shows: the one asked for, else the only one there is; None for several."""
    in_force = visible_plans(user).filter(state=PlanState.IN_FORCE)
    if number:
        return in_force.filter(pk=number).first()
    found = list(in_force[:2])
    return found[0] if len(found) == 1 else None


def taking_of(plan: Plan) -> Job | None:
    """The newest job that puts the plan in the place of the version before; None where nobody asked."""
    return Job.objects.filter(kind=TAKE_JOB, about=plan.subject).order_by("-pk").first()


def job_of(plan: Plan) -> Job | None:
    """The job that reads or has read the plan."""
    return Job.objects.filter(pk=plan.job_id).first() if plan.job_id else None
