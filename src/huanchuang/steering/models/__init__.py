"""The tables of steering."""

from huanchuang.steering.models.change import Change
from huanchuang.steering.models.measure import Basis, Member, Node
from huanchuang.steering.models.plan import Item, Plan, PlanState, Review
from huanchuang.steering.models.portion import Portion
from huanchuang.steering.models.progress import Evidence, Report, Transition
from huanchuang.steering.models.slip import Slip, Stage
from huanchuang.steering.models.target import (
    Deadline,
    Duty,
    Responsibility,
    SplitWay,
    State,
    Target,
    TargetKind,
)

__all__ = [
    "Basis",
    "Change",
    "Deadline",
    "Duty",
    "Evidence",
    "Item",
    "Member",
    "Node",
    "Plan",
    "PlanState",
    "Portion",
    "Report",
    "Responsibility",
    "Review",
    "Slip",
    "SplitWay",
    "Stage",
    "State",
    "Target",
    "TargetKind",
    "Transition",
]
