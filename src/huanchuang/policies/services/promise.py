"""An amount that is due, kept free of a budget together with the decision it rests on: both or neither."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Money, refuse
from huanchuang.money.models import Budget, Reservation
from huanchuang.money.services import reserve
from huanchuang.policies.models import Decision
from huanchuang.policies.queries.known import Subject
from huanchuang.policies.queries.outlook import Card
from huanchuang.policies.services.keep import keep

GROUND = "#about"
"""Where the page of a kept decision states result, version and amount."""


def promise(
    actor: audit.Actor, subject: Subject, card: Card, budget: Budget, amount: Money, until: dt.date
) -> tuple[Decision, Reservation]:
    """Put the decision on file and keep the amount free, in one transaction.

    ProblemError where nothing is due, for more than is due, and for whatever `money.services.reserve` refuses: a budget
    that has not enough left leaves no decision behind.
    """
    due = card.decision.fen
    if due is None or amount.fen > due:
        raise _not_due(due)
    firm = subject.organisation
    with transaction.atomic():
        kept = keep(actor, subject, card)
        ground = reverse("policies:kept", args=[kept.pk]) + GROUND
        made = reserve(
            actor, budget, firm.subject, firm.name, amount, card.listed.title()[:200], until, ground
        )
        if made.link != ground:  # kept before, on another decision: this one would stand for nothing
            raise _standing(made)
    return kept, made


def _standing(made: Reservation) -> Exception:
    return refuse(
        "policies.promise.standing",
        ("预留", f"已为{made.holder_name}的同一事由预留过", "不用再办；要改金额请先释放原预留"),
        ("Reservation", "this is kept for the same already", "Nothing to do; to change it let the first go"),
    )


def _not_due(due: int | None) -> Exception:
    shown = "0元" if due is None else Money(due).text()
    return refuse(
        "policies.promise.due",
        ("金额", f"超过应享金额{shown}", "请填不超过应享金额的数"),
        ("Amount", f"is more than the {shown} that is due", "Give at most what is due"),
    )
