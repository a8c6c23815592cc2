"""Policies as JSON: list them, decide for an organisation, decide for facts that are given and not stored, explain."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.engines.expression import Record
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.engines.rules import Decision, decide
from huanchuang.orm import clock
from huanchuang.packs.policies import criteria
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.queries.access import organisation_for
from huanchuang.policies.queries.library import in_force, listed, policy_named
from huanchuang.policies.queries.outlook import outlook_of
from huanchuang.policies.queries.words import language

router = Router(tags=["policies"])
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2199, 12, 31)
MOST_FACTS = 2000
VIEW = "policies.policy.view"


class PolicyOut(Schema):
    """A policy; `digest` identifies its definition, `coded` is the computed share of its conditions in percent."""

    id: str
    title: str
    version: str
    digest: str
    benefit: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    is_in_force: bool
    coded: int


class FindingOut(Schema):
    """One requirement: `outcome` true, false, or null where it is not known."""

    requirement: str
    text: str
    clause: str
    outcome: bool | None
    value: str
    threshold: str
    why: str


class DecisionOut(Schema):
    """An answer. `amount_fen` is due; `missing` settles an unknown, `distance` says what a no lacks."""

    policy: str
    title: str
    version: str
    as_of: dt.date
    result: str
    amount_fen: int | None
    failed: list[str]
    unknown: list[str]
    missing: list[str]
    distance: list[str]
    findings: list[FindingOut]


class DecideIn(Schema):
    """`facts`: name of the fact dictionary → value as text (400万元, 5%, 是, 2018-05-01); yearly ones by year: {"研发费用": {"2025": "36万元"}}.

    `policies`: ids; all in force when empty. `answers`: policy → requirement → true or false.
    """

    as_of: dt.date | None = None
    facts: dict[str, str | dict[str, str]] = Field(max_length=MOST_FACTS)
    policies: list[str] = Field(default=[], max_length=500)
    answers: dict[str, dict[str, bool]] = {}


def _user(request: HttpRequest, deed: str) -> User:
    user = request.user
    if not isinstance(user, User) or not allows(user, deed):
        raise PermissionDenied
    return user


def _day(given: dt.date | None) -> dt.date:
    day = given or clock.today()
    if not EARLIEST <= day <= LATEST:
        raise ProblemError(
            _problem(
                "as_of", f"{day}超出了可测算的年份", f"{day} lies outside of the years that can be asked"
            )
        )
    return day


def _problem(place: str, zh: str, en: str) -> Problem:
    return Problem(
        place,
        zh,
        "请对照接口说明改正这一项，其余内容不用改",
        "policies.api.given",
        ProblemText(place, en, "Put this one right as /api/docs says; the rest can stay"),
    )


@router.get("", response=list[PolicyOut])
def policies(request: HttpRequest, as_of: dt.date | None = None) -> list[dict[str, Any]]:
    """Every policy, in force or not on a day (today unless said)."""
    _user(request, VIEW)
    day, words = _day(as_of), language()
    return [
        {
            "id": one.id, "title": one.title(words), "version": one.policy.version, "digest": one.pack.hash,
            "benefit": one.written.benefit, "valid_from": one.policy.valid_from, "valid_to": one.policy.valid_to,
            "is_in_force": one.policy.is_in_force(day), "coded": one.coverage_on(day).share,
        }
        for one in listed()
    ]  # fmt: skip


@router.post("decide", response=list[DecisionOut])
def decide_given(request: HttpRequest, given: DecideIn) -> list[dict[str, Any]]:
    """Policies decided for facts that are given here; nothing is stored."""
    _user(request, VIEW)
    day = _day(given.as_of)
    record = _record(given.facts)
    chosen = (
        [_named(name) for name in given.policies] if given.policies else [one.id for one in in_force(day)]
    )
    found = []
    for name in chosen:
        one = policy_named(name, day)
        if one is not None:
            said = given.answers.get(name, {})
            found.append(_out(decide(one.policy, record, day, answers=said, calendar=work_calendar())))
    return found


def _named(name: str) -> str:
    if policy_named(name) is None:
        raise ProblemError(_problem("policies", f"没有这项政策：{name[:80]}", f"no such policy: {name[:80]}"))
    return name


def _record(given: dict[str, str | dict[str, str]]) -> Record:
    known, facts = criteria(), dict[tuple[str, str], Plain | None]()
    problems: list[Problem] = []
    for name, said in given.items():
        fact = known.fact(name[:120])
        if fact is None:
            problems.append(
                _problem(name[:80], "指标字典里没有这个名称", "is no name of the fact dictionary")
            )
            continue
        dated = said if isinstance(said, dict) else {"": said}
        for period, text in dated.items():
            if (period == "") != (fact.period == "none"):
                problems.append(
                    _problem(
                        name,
                        "分期的数据按年给出，不分期的直接给值",
                        "is given by year if it is yearly, plainly if not",
                    )
                )
                continue
            value = known.value(fact, text[:120])
            if value is None:
                problems.append(
                    _problem(
                        f"{name} {period}".strip(), f"读不出“{text[:40]}”", f'"{text[:40]}" cannot be read'
                    )
                )
                continue
            facts[fact.key, period[:10]] = value
    if problems:
        raise ProblemError(problems)
    return Record(facts)


@router.get("for/{int:pk}", response=list[DecisionOut])
def for_organisation(request: HttpRequest, pk: int, as_of: dt.date | None = None) -> list[dict[str, Any]]:
    """Every policy in force decided for an organisation of the register."""
    user = _user(request, "policies.decision.view")
    if pk > 2**63 - 1:
        raise Http404
    found = outlook_of(organisation_for(user, pk), _day(as_of))
    return [_out(card.decision) for card in found.cards]


def _out(decision: Decision) -> dict[str, Any]:
    words = language()
    return {
        "policy": decision.policy.id,
        "title": decision.policy.title.text(words),
        "version": decision.policy.version,
        "as_of": decision.as_of,
        "result": decision.result,
        "amount_fen": decision.fen,
        "failed": list(decision.failed),
        "unknown": list(decision.unknown),
        "missing": [one.name(words) for one in decision.missing],
        "distance": [gap.text(words) for gap in decision.distance],
        "findings": [
            {
                "requirement": one.requirement.id, "text": one.requirement.text.text(words), "clause": one.requirement.clause,
                "outcome": one.outcome, "value": one.value(words), "threshold": one.threshold(words), "why": one.why(words),
            }
            for one in decision.findings
        ],
    }  # fmt: skip
