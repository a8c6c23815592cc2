"""Policies decided: yes, no, unknown or not in force, with reasons, amounts, distances and what is missing.

1. `Policy` holds requirements (a condition in the language of criteria, a document, a human's judgement), dated parameters, a
   formula of the amount, and the groups it shares with others.
2. `decide(policy, record, as_of)` gives a `Decision` for one subject: each requirement with its outcome and the step that
   led to it, the amount with its working, what would settle an unknown, how far a no is from a yes, and which
   paper proves what. The result does not depend on the order of the requirements.
3. `assess(policies, table, as_of)` gives the same for a table of subjects, as columns.
4. `best_combination` picks what one subject should apply for, under 就高不重复 and 累计上限.

A document or judgement that is asked for and not yet answered turns a would-be yes into unknown; a definite no stays no.
"""

from huanchuang.engines.rules.combine import Combination, Left, Offer, best_combination
from huanchuang.engines.rules.decide import Decision, Finding, Grant, Result, decide
from huanchuang.engines.rules.distance import Change, Gap
from huanchuang.engines.rules.policy import (
    Amount,
    Coverage,
    DatedParameter,
    Formula,
    Group,
    Policy,
    Requirement,
    Way,
    Wording,
    bind_policy,
    coverage,
)
from huanchuang.engines.rules.population import assess
from huanchuang.engines.rules.settle import Wanted

__all__ = [
    "Amount",
    "Change",
    "Combination",
    "Coverage",
    "DatedParameter",
    "Decision",
    "Finding",
    "Formula",
    "Gap",
    "Grant",
    "Group",
    "Left",
    "Offer",
    "Policy",
    "Requirement",
    "Result",
    "Wanted",
    "Way",
    "Wording",
    "assess",
    "best_combination",
    "bind_policy",
    "coverage",
    "decide",
]
