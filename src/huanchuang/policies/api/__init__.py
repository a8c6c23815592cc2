"""Policies as JSON: list them, decide for an organisation, decide for facts that are given and not stored, explain."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import parse_etags
from ninja import Router

from huanchuang.accounts.views.calls import PAGE_SIZE, PageNumber, PageSize, caller, turned
from huanchuang.engines.expression import Record
from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.engines.kernel.problem import refuse
from huanchuang.engines.rules import Decision, decide
from huanchuang.orm.language import language
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.api.given import check_answers, day_of, policies_of, record_of
from huanchuang.policies.api.schemas import (
    MOST_DECISIONS,
    DecideIn,
    DecideManyIn,
    DecisionOut,
    ExplainIn,
    ExplanationOut,
    OneOfManyOut,
    OrganisationIn,
    PoliciesOut,
    PolicyFullOut,
)
from huanchuang.policies.api.told import (
    decision_out,
    explanation_out,
    explanation_text,
    policy_full,
    policy_out,
)
from huanchuang.policies.queries.access import organisation_for
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.queries.library import Listed, listed, policy_named
from huanchuang.policies.queries.outlook import outlook_of

router = Router(tags=["policies"])
VIEW, OF_ORGANISATION = "policies.policy.view", "policies.decision.view"
LARGEST_KEY = 2**63 - 1
JSON, TEXT = "application/json", "text/plain"
AS_TEXT = {"responses": {200: {"content": {TEXT: {"schema": {"type": "string"}}}}}}
UNCHANGED = {"responses": {304: {"description": "与 If-None-Match 所给的一致 / as If-None-Match has it"}}}
"""For the description: the explanation is text where `Accept` prefers it; lists of policies may be unchanged."""


@router.get("", response=PoliciesOut, summary="政策目录", openapi_extra=UNCHANGED)
def policies(
    request: HttpRequest,
    response: HttpResponse,
    as_of: dt.date | None = None,
    page: PageNumber = 1,
    page_size: PageSize = PAGE_SIZE,
) -> Any:
    """Every policy, in force or not on a day (today unless said)."""
    caller(request, VIEW)
    day, words = day_of(as_of), language()
    every = listed(day)
    told = turned(request, every, page, page_size, "policies")
    shown: list[Listed] = told["policies"]
    if _is_unchanged(request, response, [f"{day} {words} {len(every)} {page} {page_size}", *_digests(shown)]):
        return HttpResponse(status=304, headers=dict(response.items()))
    return {**told, "policies": [policy_out(one, day, words) for one in shown]}


@router.post("decide", response=list[DecisionOut], summary="按给出的数据测算，不保存")
def decide_given(request: HttpRequest, given: DecideIn) -> list[dict[str, Any]]:
    """Policies decided for facts that are given here; nothing is stored."""
    caller(request, VIEW)
    day, words = day_of(given.as_of), language()
    chosen = policies_of(given.policies, day)
    check_answers(given.answers, day)
    decided = _decided(chosen, record_of(given.facts), day, given.answers, given.received)
    return [decision_out(one, words, given.detail == "full") for one in decided]


@router.post("decide-many", response=list[OneOfManyOut], summary="为多个单位一次测算，不保存")
def decide_many(request: HttpRequest, given: DecideManyIn) -> list[dict[str, Any]]:
    """The same for up to 200 organisations and 5000 decisions at once. Faulty facts of one do not stop the others."""
    caller(request, VIEW)
    day = day_of(given.as_of)
    chosen = policies_of(given.policies, day)
    asked = len(chosen) * len(given.organisations)
    if asked > MOST_DECISIONS:
        raise refuse(
            "policies.api.many",
            ("organisations", f"一次要测算{asked}项，超过{MOST_DECISIONS}项", "请分几次发送，或指定政策"),
            ("organisations", f"{asked} decisions at once are more than {MOST_DECISIONS}", "Send them in several requests, or name policies"),
        )  # fmt: skip
    return [_one_of_many(one, chosen, day, given.detail == "full") for one in given.organisations]


@router.get("for/{int:pk}", response=list[DecisionOut], summary="名录中一个单位的全部测算")
def for_organisation(request: HttpRequest, pk: int, as_of: dt.date | None = None) -> list[dict[str, Any]]:
    """Every policy in force decided for an organisation of the register."""
    user = caller(request, OF_ORGANISATION)
    if pk > LARGEST_KEY:
        raise Http404
    found, words = outlook_of(organisation_for(user, pk), day_of(as_of)), language()
    return [decision_out(card.decision, words) for card in found.cards]


@router.get("{policy}", response=PolicyFullOut, summary="一项政策的条件和所需数据", openapi_extra=UNCHANGED)
def policy(request: HttpRequest, response: HttpResponse, policy: str, as_of: dt.date | None = None) -> Any:
    """What a policy asks for, clause by clause, and which figures decide it on a day."""
    caller(request, VIEW)
    day, words = day_of(as_of), language()
    one = _policy(policy, day)
    if _is_unchanged(request, response, [f"{day} {words}", *_digests([one])]):
        return HttpResponse(status=304, headers=dict(response.items()))
    return policy_full(one, day, words)


@router.post("{policy}/explain", response=ExplanationOut, summary="按给出的数据说明理由，不保存", openapi_extra=AS_TEXT)  # fmt: skip
def explain_given(request: HttpRequest, policy: str, given: ExplainIn) -> Any:
    """One policy for facts that are given here, with the whole reasoning; as text where `Accept: text/plain` is preferred."""
    caller(request, VIEW)
    day = day_of(given.as_of)
    one = _policy(policy, day)
    check_answers({one.id: given.answers}, day)
    received = [one.id] if given.received else []
    (decision,) = _decided([one], record_of(given.facts), day, {one.id: given.answers}, received)
    return _explained(request, decision)


@router.get("{policy}/for/{int:pk}", response=ExplanationOut, summary="说明名录中一个单位的测算理由", openapi_extra=AS_TEXT)  # fmt: skip
def explain_for(request: HttpRequest, policy: str, pk: int, as_of: dt.date | None = None) -> Any:
    """One policy for an organisation of the register, with the whole reasoning; as text where `Accept: text/plain` is preferred."""
    user = caller(request, OF_ORGANISATION)
    if pk > LARGEST_KEY:
        raise Http404
    found = found_for(organisation_for(user, pk), policy, day_of(as_of))
    if found is None:
        raise Http404
    return _explained(request, found.card.decision)


def _decided(
    chosen: Sequence[Listed],
    record: Record,
    day: dt.date,
    answers: Mapping[str, Mapping[str, bool]],
    received: Sequence[str],
) -> list[Decision]:
    calendar = work_calendar()
    return [
        decide(one.policy, record, day, answers=answers.get(one.id, {}), received=received, calendar=calendar)
        for one in chosen
    ]


def _one_of_many(
    given: OrganisationIn, chosen: Sequence[Listed], day: dt.date, is_full: bool
) -> dict[str, Any]:
    words = language()
    try:
        check_answers(given.answers, day)
        decided = _decided(chosen, record_of(given.facts), day, given.answers, given.received)
    except ProblemError as faulty:
        return {"key": given.key, "problems": [_mistake(one, words) for one in faulty.problems], "decisions": []}  # fmt: skip
    return {"key": given.key, "problems": [], "decisions": [decision_out(one, words, is_full) for one in decided]}  # fmt: skip


def _mistake(one: Problem, words: str) -> dict[str, str]:
    text = one.en if words == "en" and one.en is not None else one
    return {"where": text.where, "what": text.what, "remedy": text.remedy, "code": one.code}


def _policy(name: str, day: dt.date) -> Listed:
    found = policy_named(name, day)
    if found is None:
        raise Http404
    return found


def _explained(request: HttpRequest, decision: Decision) -> Any:
    if request.get_preferred_type([JSON, TEXT]) == TEXT:
        return HttpResponse(explanation_text(decision), content_type=f"{TEXT}; charset=utf-8")
    return explanation_out(decision, language())


def _digests(shown: Sequence[Listed]) -> list[str]:
    return [f"{one.id} {one.pack.hash}" for one in shown]


def _is_unchanged(request: HttpRequest, response: HttpResponse, parts: Sequence[str]) -> bool:
    """Puts the tag of what is shown on the answer; True where the asker has it already."""
    tag = f'"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return any(one == "*" or one.removeprefix("W/") == tag for one in known)
