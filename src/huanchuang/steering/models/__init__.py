"""The tables of steering."""

from huanchuang.steering.models.assessment import Appeal, Assessment, Score
from huanchuang.steering.models.body import Body, Seat, UnitDesk
from huanchuang.steering.models.calendar import CalendarKey
from huanchuang.steering.models.change import Change
from huanchuang.steering.models.desk import Absorbed, DeskDeed
from huanchuang.steering.models.draft import Citation, Draft, DraftState, HandFigure, Source
from huanchuang.steering.models.letter import (
    Extension,
    Feedback,
    Handling,
    HandlingState,
    Letter,
    LetterKind,
    LetterState,
    LetterStep,
    Proposer,
    Publicity,
    Talk,
)
from huanchuang.steering.models.measure import Basis, Member, Node
from huanchuang.steering.models.meeting import Decision, Meeting
from huanchuang.steering.models.oversight import Campaign, Shortcoming
from huanchuang.steering.models.plan import Item, Plan, PlanState, Review
from huanchuang.steering.models.portion import Portion
from huanchuang.steering.models.progress import Evidence, Report, Transition
from huanchuang.steering.models.revision import Fate, FormerLine, Revision
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
    "Absorbed",
    "Appeal",
    "Assessment",
    "Basis",
    "Body",
    "CalendarKey",
    "Campaign",
    "Change",
    "Citation",
    "Deadline",
    "Decision",
    "DeskDeed",
    "Draft",
    "DraftState",
    "Duty",
    "Evidence",
    "Extension",
    "Fate",
    "Feedback",
    "FormerLine",
    "HandFigure",
    "Handling",
    "HandlingState",
    "Item",
    "Letter",
    "LetterKind",
    "LetterState",
    "LetterStep",
    "Meeting",
    "Member",
    "Node",
    "Plan",
    "PlanState",
    "Portion",
    "Proposer",
    "Publicity",
    "Report",
    "Responsibility",
    "Review",
    "Revision",
    "Score",
    "Seat",
    "Shortcoming",
    "Slip",
    "Source",
    "SplitWay",
    "Stage",
    "State",
    "Talk",
    "Target",
    "TargetKind",
    "Transition",
    "UnitDesk",
]
