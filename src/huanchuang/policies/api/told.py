"""Decisions as the calls give them, and as plain text for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from huanchuang.engines.expression.explain.shown import show
from huanchuang.engines.expression.types import MONEY, number
from huanchuang.engines.rules import Decision, Finding, bind_policy
from huanchuang.orm.language import language
from huanchuang.packs.vocabulary import fact_dictionary, work_calendar
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.words import RESULTS, rule_lines


def policy_out(one: Listed, day: dt.date, words: str) -> dict[str, Any]:
    """A policy as the list gives it."""
    return {
        "id": one.id, "title": one.title(words), "version": one.policy.version, "digest": one.pack.hash,
        "benefit": one.written.benefit, "valid_from": one.policy.valid_from, "valid_to": one.policy.valid_to,
        "is_in_force": one.policy.is_in_force(day), "coded": one.coverage_on(day).share,
    }  # fmt: skip


def policy_full(one: Listed, day: dt.date, words: str) -> dict[str, Any]:
    """A policy with its requirements and the figures that decide it on a day."""
    asked = [
        {
            "id": line.requirement.id, "text": line.text, "clause": line.requirement.clause, "by": line.requirement.by,
            "rule": line.rule, "papers": list(line.papers), "asked": line.is_asked,
        }
        for line in rule_lines(one, day, words)
    ]  # fmt: skip
    return {**policy_out(one, day, words), "requirements": asked, "facts": list(_needed(one, day, words))}


def _needed(one: Listed, day: dt.date, words: str) -> Iterator[dict[str, Any]]:
    dictionary = fact_dictionary()
    bound = bind_policy(one.policy, day, work_calendar())
    every = [part for part in (*bound.conditions, *bound.formulas, bound.amount) if part is not None]
    for fact, period in dict.fromkeys(pair for part in every for pair in part.needs):
        known = dictionary.key(fact.key)
        yield {
            "key": fact.key, "name": fact.name(words), "period": period.code if period else "",
            "value_type": known.value_type, "unit": known.unit,
        }  # fmt: skip


def decision_out(decision: Decision, words: str, is_full: bool = True) -> dict[str, Any]:
    """An answer; the words of the findings are worked out only where they are wanted."""
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
        "findings": [_finding(one, words) for one in decision.findings] if is_full else [],
    }


def _finding(one: Finding, words: str) -> dict[str, Any]:
    value, threshold = one.sides(words)
    return {
        "requirement": one.requirement.id, "text": one.requirement.text.text(words), "clause": one.requirement.clause,
        "outcome": one.outcome, "value": value, "threshold": threshold, "why": one.why(words),
    }  # fmt: skip


def explanation_out(decision: Decision, words: str) -> dict[str, Any]:
    """An answer with all of its reasoning."""
    return {
        **decision_out(decision, words),
        "working": decision.grant.working(words) if decision.grant else "",
        "papers": list(decision.papers),
        "trace": decision.trace(words).as_data(),
    }


def explanation_text(decision: Decision) -> str:
    """The same as plain text, a line each, for a letter or a counter."""
    return "\n".join(_lines(decision, language())) + "\n"


def _lines(decision: Decision, words: str) -> Iterator[str]:
    policy = decision.policy
    yield _("%(title)s（%(id)s，版本 %(version)s）") % {"title": policy.title.text(words), "id": policy.id, "version": policy.version}  # fmt: skip
    yield _("测算日期：%(day)s") % {"day": decision.as_of.isoformat()}
    yield _("结论：%(result)s") % {"result": RESULTS[decision.result][0]}
    for place, one in enumerate(decision.findings, 1):
        yield ""
        yield from _about(place, one, words)
    yield from _ending(decision, words)


def _about(place: int, one: Finding, words: str) -> Iterator[str]:
    yield f"{place}. {one.requirement.text.text(words)}"
    if one.requirement.clause:
        yield _("   条款：%(clause)s") % {"clause": one.requirement.clause}
    value, threshold = one.sides(words)
    if threshold:
        yield _("   实际：%(value)s；要求：%(threshold)s") % {"value": value, "threshold": threshold}
    for line in one.why(words).splitlines():
        yield f"   {line}"


def _ending(decision: Decision, words: str) -> Iterator[str]:
    parts = [
        (_("还要知道"), [one.name(words) for one in decision.missing]),
        (_("差距"), [gap.text(words) for gap in decision.distance]),
        (_("证明材料"), list(decision.papers)),
    ]
    if decision.grant is not None:
        due = (
            show(decision.fen, number(MONEY), words) if decision.fen is not None else _("现在没有应得的金额")
        )
        parts.insert(0, (_("金额"), [due, *decision.grant.working(words).splitlines()]))
    for title, lines in parts:
        if lines:
            yield ""
            yield title
            yield from (f"   {line}" for line in lines)
