"""The tables of policies."""

from huanchuang.policies.models.decisions import (
    Answer,
    Award,
    AwardState,
    Decision,
    Forecast,
    PaperState,
    PolicyPaper,
    Push,
    Roll,
    RollState,
    Run,
    Segment,
    Telling,
    TellingState,
    Verdict,
)
from huanchuang.policies.models.planning import Supposition, WindowKey

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
