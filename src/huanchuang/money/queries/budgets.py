"""Budgets and what is kept free of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from huanchuang.money.models import Budget, Reservation, State


def budgets() -> Sequence[Budget]:
    """All budgets, the newest year first; closed ones last."""
    return sorted(Budget.objects.all(), key=lambda one: (one.closed_on is not None, -one.year, one.name))


def budgets_for(policy: str, year: int) -> Sequence[Budget]:
    """Open budgets of a year that a policy can be paid from: its own first, then those for anything."""
    found = Budget.objects.filter(year=year, closed_on=None, policy__in=[policy, ""])
    return sorted(found, key=lambda one: (one.policy == "", one.name))


def reservations_of(budget: Budget, state: str = "") -> QuerySet[Reservation]:
    """What is kept free of a budget, the newest first; of one state where asked."""
    found = budget.reservations.all()
    return found.filter(state=state) if state in State.values else found
