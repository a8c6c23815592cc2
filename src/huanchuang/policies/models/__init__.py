"""The tables of policies."""

from huanchuang.policies.models.decisions import Answer, Decision
from huanchuang.policies.models.forecasts import Forecast
from huanchuang.policies.models.giving import Award, AwardState, Roll, RollState
from huanchuang.policies.models.papers import PaperState, PolicyPaper, Verdict
from huanchuang.policies.models.planning import Supposition, WindowKey
from huanchuang.policies.models.runs import Run
from huanchuang.policies.models.telling import Push, Segment, Telling, TellingState

__all__ = [
    "Answer",
    "Award",
    "AwardState",
    "Decision",
    "Forecast",
    "PaperState",
    "PolicyPaper",
    "Push",
    "Roll",
    "RollState",
    "Run",
    "Segment",
    "Supposition",
    "Telling",
    "TellingState",
    "Verdict",
    "WindowKey",
]
