"""The tables of steering."""

from huanchuang.steering.models.plan import Item, Plan, PlanState, Review
from huanchuang.steering.models.progress import Evidence, Report, Transition
from huanchuang.steering.models.target import Deadline, Duty, Responsibility, State, Target, TargetKind

__all__ = [
    "Deadline",
    "Duty",
    "Evidence",
    "Item",
    "Plan",
    "PlanState",
    "Report",
    "Responsibility",
    "Review",
    "State",
    "Target",
    "TargetKind",
    "Transition",
]
