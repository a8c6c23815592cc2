"""Who sees which line. The one place that decides; pages, API and export all start here.

The bureau, leaders, auditors and administrators see the whole ledger, so do unit reporters (their own lines first).
Everyone else sees the lines for which an organisation of theirs answers, and no more.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Plan, PlanState, Responsibility, Review, Target

WHOLE_LEDGER = frozenset({Role.OFFICER, Role.REPORTER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR})

PUBLIC = (PlanState.IN_FORCE, PlanState.REPLACED)
"""States in which others than the bureau see a plan; what is left with a replaced one are the lines that ended with it."""

OPENS_EVIDENCE = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR})


def sees_whole_ledger(user: User) -> bool:
    """Whether a person's role shows every line."""
    return user.role in WHOLE_LEDGER


def own_lines(user: User) -> Exists:
    """The condition that an organisation of the person answers for the line."""
    mine = organisations_of(user).values("pk")
    return Exists(Responsibility.objects.filter(target=OuterRef("pk"), organisation__in=mine))


def visible_targets(user: User) -> QuerySet[Target]:
    """Lines in force that a person may see, and those that a revision ended. Under review they are nobody's yet: the
    desk alone shows them."""
    accepted = Target.objects.filter(review=Review.ACCEPTED, plan__state__in=PUBLIC)
    return accepted if sees_whole_ledger(user) else accepted.filter(own_lines(user))


def visible_plans(user: User) -> QuerySet[Plan]:
    """Plans a person may open: the bureau all, others those in force, or replaced, with a line they may see."""
    if user.role == Role.OFFICER:
        return Plan.objects.all()
    in_force = Plan.objects.filter(state__in=PUBLIC)
    if sees_whole_ledger(user):
        return in_force
    return in_force.filter(Exists(visible_targets(user).filter(plan=OuterRef("pk"))))


def may_answer_for(user: User, target: Target) -> bool:
    """Whether a person may report on a line: the bureau on every one, a unit's reporter on the unit's own."""
    if user.role == Role.OFFICER:
        return True
    return user.role == Role.REPORTER and answering_organisation(user, target) is not None


def answering_organisation(user: User, target: Target) -> Organisation | None:
    """The person's organisation that answers for the line; one that leads comes first."""
    mine = organisations_of(user).values("pk")
    duties = target.responsibilities.filter(organisation__in=mine).select_related("organisation")
    first = sorted(duties, key=lambda duty: (duty.duty != "lead", duty.order))[:1]
    return first[0].organisation if first else None


def may_read_plan(user: User, subject: str) -> bool:
    """For the download of a plan's file: whoever may open the plan."""
    return visible_plans(user).filter(pk=key_of_subject(subject) or 0).exists()


def may_read_evidence(user: User, subject: str) -> bool:
    """For the download of evidence: the bureau, leaders, auditors, and the units that answer for the line.

    A line is for every unit to see, the papers of another unit behind it are not.
    """
    found = visible_targets(user).filter(Q(pk=key_of_subject(subject) or 0))
    return (found if user.role in OPENS_EVIDENCE else found.filter(own_lines(user))).exists()
