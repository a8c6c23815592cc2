"""Open a budget, keep an amount of it free, let it go: one transaction each, under the lock of the budget."""

from huanchuang.money.services.budgets import change_total, close_budget, open_budget
from huanchuang.money.services.reserve import let_lapse, release, reserve

__all__ = ["change_total", "close_budget", "let_lapse", "open_budget", "release", "reserve"]
