"""Decides one policy for one subject: every requirement with its reasons, the amount with its working."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from huanchuang.engines.expression import Record, Step, trace, why
from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.explain.shown import apart, show_step
from huanchuang.engines.kernel.trace import Trace
from huanchuang.engines.kernel.workcalendar import WorkCalendar
from huanchuang.engines.rules.distance import Gap, gaps_of
from huanchuang.engines.rules.policy import (
    Amount,
    BoundPolicy,
    Coverage,
    Policy,
    Requirement,
    Wording,
    bind_policy,
    coverage,
)
from huanchuang.engines.rules.settle import Wanted, quickest_of, wanted_of

Result = Literal["yes", "no", "unknown", "not_in_force"]
_WORDS = {
    "yes": Wording("符合", "Eligible"),
    "no": Wording("不符合", "Not eligible"),
    "unknown": Wording("无法判断", "Cannot be told"),
    "not_in_force": Wording("政策不在有效期", "Not in force"),
}
_ASKED = {
    "document": Wording("须提交材料证明", "Wants a document"),
    "human": Wording("须由人判断", "Wants a person's judgement"),
    "coded": Wording("", ""),
}
_OUTCOMES = {
    True: Wording("满足", "Met"),
    False: Wording("不满足", "Not met"),
    None: Wording("尚未答复", "Not answered yet"),
}
ONCE = Requirement(
    "once",
    Wording("同一主体只能享受一次，此前没有享受过", "had once in a life only, and not before"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement with its outcome (None: unknown) and, where it was computed, the step that led to it."""

    requirement: Requirement
    outcome: bool | None
    step: Step | None = None

    def value(self, language: str = "zh") -> str:
        """What was found, where the requirement compares one value with another; "" otherwise."""
        return self.sides(language)[0]

    def threshold(self, language: str = "zh") -> str:
        """What it was compared with; "" where nothing was."""
        return self.sides(language)[1]

    def sides(self, language: str = "zh") -> tuple[str, str]:
        """Value and threshold together, for whoever shows both."""
        step = self.step
        while step is not None and isinstance(step.node, ops.Term):
            step = step.parts[0]
        if step is None:
            return "", ""
        if isinstance(step.node, ops.Compare):
            return apart(step.parts[0], step.parts[1], language)
        if isinstance(step.node, ops.FactAt | ops.Not | ops.Same | ops.Among):
            part = step.parts[0] if step.parts else step
            return show_step(part, language), ""
        return "", ""

    def why(self, language: str = "zh") -> str:
        """The reasons in words: verdict and figures, then the working, then what is missing."""
        if self.step is not None:
            return why(self.step, language)
        asked = self.requirement.text if self.requirement is ONCE else _ASKED[self.requirement.by]
        sign = ": " if language.startswith("en") else "："
        return f"{_OUTCOMES[self.outcome].text(language)}{sign}{asked.text(language)}"

    def trace(self, language: str = "zh") -> Trace:
        """The reasoning as a tree, under the requirement and its clause."""
        inside = () if self.step is None else (trace(self.step, language),)
        outcome = None if self.outcome is None else _OUTCOMES[self.outcome].text(language)
        return Trace(self.requirement.text.text(language), outcome, self.requirement.clause, inside)


@dataclass(frozen=True, slots=True)
class Grant:
    """The amount of a policy for one subject: what it could bring, and whether it is due."""

    amount: Amount
    step: Step
    is_due: bool

    @property
    def fen(self) -> int | None:
        """The amount in fen, None where it is not known."""
        value = self.step.span.value
        return None if value is None else int(value)

    @property
    def most(self) -> int | None:
        """The most it can be in fen, where that is known."""
        return None if self.step.span.hi is None else int(self.step.span.hi)

    def working(self, language: str = "zh") -> str:
        """How it comes about."""
        return why(self.step, language)


@dataclass(frozen=True)
class Decision:
    """The answer for one subject on one day. What a policy not in force would say is not computed."""

    policy: Policy
    as_of: date
    result: Result
    record: Record
    bound: BoundPolicy | None = None
    findings: tuple[Finding, ...] = ()
    grant: Grant | None = None

    @property
    def fen(self) -> int | None:
        """The amount that is due in fen; None where nothing is, or where it is not known."""
        return self.grant.fen if self.grant is not None and self.grant.is_due else None

    @cached_property
    def failed(self) -> tuple[str, ...]:
        """The requirements that are not met."""
        return tuple(one.requirement.id for one in self.findings if one.outcome is False)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The requirements that cannot be told."""
        return tuple(one.requirement.id for one in self.findings if one.outcome is None)

    @cached_property
    def missing(self) -> tuple[Wanted, ...]:
        """For an unknown result: the smallest set that settles it whatever it turns out to be, cheapest first."""
        return wanted_of(self._open(), self.record.stale) if self.result == "unknown" else ()

    @cached_property
    def quickest(self) -> tuple[Wanted, ...]:
        """For an unknown result: the smallest and cheapest set with which it can become a yes."""
        if self.result != "unknown" or self.bound is None:
            return ()
        return quickest_of(self._open(), self.bound, self.record.stale)

    @cached_property
    def distance(self) -> tuple[Gap, ...]:
        """For a no: what would have to change for each requirement that is not met."""
        if self.result != "no" or self.bound is None:
            return ()
        failed = [(one.requirement, one.step) for one in self.findings if one.outcome is False]
        return gaps_of(failed, self.record, self.bound)

    @cached_property
    def coverage(self) -> Coverage:
        """How much of the text was computed."""
        return coverage([one.requirement for one in self.findings])

    @cached_property
    def papers(self) -> tuple[str, ...]:
        """The papers that prove the requirements, each once, in order."""
        return tuple(dict.fromkeys(paper for one in self.findings for paper in one.requirement.papers))

    @cached_property
    def formulas(self) -> tuple[tuple[str, Step], ...]:
        """The formulas with names, such as scores, with what they give."""
        if self.bound is None:
            return ()
        named = zip(self.policy.formulas, self.bound.formulas, strict=True)
        return tuple((formula.key, bound.evaluate(self.record)) for formula, bound in named)

    def _open(self) -> list[tuple[Requirement, Step | None]]:
        return [(one.requirement, one.step) for one in self.findings if one.outcome is None]

    def trace(self, language: str = "zh") -> Trace:
        """The whole reasoning: every requirement, then the amount."""
        parts = [one.trace(language) for one in self.findings]
        if self.grant is not None:
            parts.append(trace(self.grant.step, language))
        return Trace(
            self.policy.title.text(language), _WORDS[self.result].text(language), self.policy.id, tuple(parts)
        )


def decide(
    policy: Policy,
    record: Record,
    as_of: date,
    *,
    answers: Mapping[str, bool | None] | None = None,
    received: Collection[str] = (),
    calendar: WorkCalendar | None = None,
) -> Decision:
    """Whether a subject may have a policy on a day, and why.

    `answers`: what papers and people said, by id of the requirement; what is asked for and not answered is unknown.
    `received`: the policies the subject has had before. ProblemError where the value of a parameter does not fit.
    """
    if not policy.is_in_force(as_of):
        return Decision(policy, as_of, "not_in_force", record)
    bound = bind_policy(policy, as_of, calendar)
    found: list[Finding] = []
    for requirement, condition in zip(bound.requirements, bound.conditions, strict=True):
        if condition is None:
            found.append(Finding(requirement, (answers or {}).get(requirement.id)))
        else:
            step = condition.evaluate(record)
            found.append(Finding(requirement, step.truth, step))
    if policy.is_once and policy.id in received:
        found.append(Finding(ONCE, False))
    result = result_of([one.outcome for one in found])
    grant = None
    if policy.amount is not None and bound.amount is not None:
        grant = Grant(policy.amount, bound.amount.evaluate(record), result == "yes")
    return Decision(policy, as_of, result, record, bound, tuple(found), grant)


def result_of(outcomes: Collection[bool | None]) -> Literal["yes", "no", "unknown"]:
    """All have to be met: one no decides, else one unknown leaves it open."""
    if False in outcomes:
        return "no"
    return "unknown" if None in outcomes else "yes"
