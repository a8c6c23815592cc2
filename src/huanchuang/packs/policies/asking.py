"""Example cases of a policy: facts in, and what the decision says of them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from datetime import date
from typing import Any

from huanchuang.engines.expression.explain.shown import show_step
from huanchuang.engines.kernel import Money, WorkCalendar
from huanchuang.engines.rules import Decision, Policy, decide
from huanchuang.packs.cases import Case
from huanchuang.packs.messages import hints
from huanchuang.packs.policies.criteria import Criteria
from huanchuang.packs.policies.samples import Facts, merged, record_of, sample_named
from huanchuang.packs.problems import refusal, suggestion
from huanchuang.packs.schema import YES_NO, day
from huanchuang.packs.tree import Scalar

NOTHING = "无"
UNKNOWN = "未知"
_OUTCOMES = {True: "yes", False: "no", None: "unknown"}
_KNOWN = ("like", "facts", "answers", "received")


@dataclass(frozen=True, slots=True)
class Context:
    """What cases of a policy are put to."""

    policy: Policy
    criteria: Criteria
    samples: MappingType[str, Facts]
    calendar: WorkCalendar
    without_application: bool = False


def answer(context: Context, case: Case) -> str:
    """What the decision of a case says. ProblemError for a question nobody can answer."""
    decision = decision_of(context, case)
    questions: dict[str, Callable[[Decision], str]] = {
        "result": lambda found: found.result,
        "amount": _amount,
        "failed": lambda found: _listed(found.failed),
        "unknown": lambda found: _listed(found.unknown),
        "missing": lambda found: _listed([one.name() for one in found.missing]),
        "quickest": lambda found: _listed([one.name() for one in found.quickest]),
        "distance": lambda found: _listed([gap.text() for gap in found.distance]),
    }
    if context.without_application:
        questions["given"] = _given
    if case.ask in questions:
        return questions[case.ask](decision)
    found = _inside(decision)
    if case.ask not in found:
        known = (
            *questions,
            *(one.id for one in context.policy.requirements),
            *(one.key for one in context.policy.formulas),
        )
        raise refusal("bad-question", case.place, ask=case.ask, known="、".join(known))
    return found[case.ask]


def decision_of(context: Context, case: Case) -> Decision:
    """The decision on the facts of a case, for the day that `of` names."""
    as_of: date = day(Scalar(case.of, case.place))
    more = case.more if isinstance(case.more, MappingType) else {}
    for key in more:
        if key not in _KNOWN:
            raise refusal("bad-more", case.place, key=key)
    facts: Facts = more.get("facts") or {}
    if "like" in more:
        facts = merged(sample_named(context.samples, more["like"], case.place), facts)
    return decide(
        context.policy,
        record_of(facts, context.criteria, as_of, case.place),
        as_of,
        answers=_answers(context.policy, more.get("answers") or {}, case),
        received=tuple(more.get("received") or ()),
        calendar=context.calendar,
    )


def _answers(policy: Policy, written: MappingType[str, Any], case: Case) -> dict[str, bool | None]:
    asked = {one.id for one in policy.requirements if one.condition is None}
    for name, value in written.items():
        if name not in asked:
            raise refusal("unknown-answer", case.place, name=name, **hints(suggestion(name, asked)))
        if value is not None and value not in YES_NO:
            raise refusal("not-yes-no", case.place, value=value)
    return {name: None if value is None else YES_NO[value] for name, value in written.items()}


def _inside(decision: Decision) -> dict[str, str]:
    """The outcome of each requirement and the value of each formula."""
    outcomes = {one.requirement.id: _OUTCOMES[one.outcome] for one in decision.findings}
    return {**outcomes, **{name: show_step(step) for name, step in decision.formulas}}


def _given(decision: Decision) -> str:
    """Whether it can be given without application: nothing is left to find out, and the amount is known."""
    return "yes" if decision.fen else "no"


def _amount(decision: Decision) -> str:
    """What is due; what it would be stands in brackets where the result is open."""
    if decision.grant is None or decision.result in ("no", "not_in_force"):
        return NOTHING
    fen = decision.grant.fen
    shown = UNKNOWN if fen is None else Money(fen).text()
    return shown if decision.result == "yes" else f"（{shown}）"


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return "、".join(names) or NOTHING
