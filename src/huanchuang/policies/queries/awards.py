"""Policies given without application: who can be proposed, who stands on which list, and what the facts say now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import Money
from huanchuang.policies.models import Award, AwardState, Roll, Run
from huanchuang.policies.queries.decided import needed_of
from huanchuang.policies.queries.known import Subject
from huanchuang.policies.queries.library import Listed, policy_named
from huanchuang.policies.queries.merged import parts_of, standing_keys
from huanchuang.policies.queries.outlook import Card
from huanchuang.policies.queries.segments import segment_list
from huanchuang.policies.queries.shown import shown_value
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.organisations import organisations_of

LIVE = (AwardState.PROPOSED, AwardState.OPEN, AwardState.GIVEN)
"""States in which an award stands or may come to stand."""
Input = Mapping[str, str]


@dataclass(frozen=True)
class Candidate:
    """An organisation that a run found eligible with a known amount; `barred` says why it cannot be proposed all the same."""

    organisation: int
    fen: int
    barred: str


def candidates_of(run: Run, one: Listed) -> list[Candidate]:
    """Those eligible with nothing left to papers and people, the largest amount first."""
    rows = [(row.organisation, row.fen) for row in segment_list(run, one, "yes") if row.fen]
    barred = barred_of(one, dict(rows), run.as_of.year) | merged_since([key for key, _fen in rows])
    return [Candidate(key, fen, barred.get(key, "")) for key, fen in rows]


def merged_since(keys: Collection[int]) -> dict[int, str]:
    """Organisation that was put into another since → so in words."""
    above = standing_keys(keys)
    names = Organisation.objects.in_bulk(above.values())
    return {key: _("已并入“%(name)s”") % {"name": names[kept].name} for key, kept in above.items()}


def barred_of(one: Listed, amounts: Mapping[int, int], year: int, but: int = 0) -> dict[int, str]:
    """Organisation → why an amount cannot be added to what it has of the year; `but` is the award in question.

    Once a year for a policy; 就高不重复 and exclusive groups let one of them stand; a limited sum is not exceeded. What
    organisations that are one by merges have counts for each of them.
    """
    of_year = Q(year=year, state__in=LIVE)
    once = Q(policy=one.id, state=AwardState.GIVEN) if one.policy.is_once else Q()
    root = {key: key for key in amounts} | standing_keys(list(amounts))
    member = parts_of(set(root.values()))
    every = {*root.values(), *member}
    rows = Award.objects.filter(of_year | once if once else of_year, organisation__in=every).exclude(pk=but)
    have: dict[int, list[Award]] = {}
    for row in rows:
        have.setdefault(member.get(row.organisation_id, row.organisation_id), []).append(row)
    found = ((key, bar_of(one, fen, have.get(root[key], ()))) for key, fen in amounts.items())
    return {key: why for key, why in found if why}


def bar_of(one: Listed, fen: int, others: Sequence[Award]) -> str:
    """Why an amount cannot stand beside others; "" where it can."""
    if any(other.policy == one.id for other in others):
        return _("已在免申即享名单中")
    for group in one.policy.groups:
        inside = [other for other in others if _shares(other.policy, group.name)]
        if inside and group.rule != "total":
            return _("与“%(title)s”不能同时享受") % {"title": _title(inside[0].policy)}
        if group.limit is not None and sum(other.fen for other in inside) + fen > group.limit:
            return _("超过累计上限%(limit)s") % {"limit": Money(group.limit).text()}
    return ""


def _shares(policy: str, group: str) -> bool:
    listed = policy_named(policy)
    return listed is not None and any(one.name == group for one in listed.policy.groups)


def _title(policy: str) -> str:
    listed = policy_named(policy)
    return listed.title() if listed else policy


def inputs_of(subject: Subject, card: Card) -> list[dict[str, str]]:
    """The facts a decision stands on, as people read them: name, period, value ("" where it is not known)."""
    found = []
    for fact, period in needed_of(card):
        taken = subject.taken.get((fact.key, period))
        found.append({"name": fact.zh, "period": period, "value": shown_value(taken) if taken else ""})
    return found


def seal_of_facts(inputs: Iterable[Input], fen: int | None) -> str:
    """A digest of what somebody was shown, so that consent counts for that and nothing else."""
    text = ";".join(f"{one['period']} {one['name']}={one['value']}" for one in inputs)
    return salted_hmac("policies.award.facts", f"{text};{fen}").hexdigest()


def changes_between(before: Iterable[Input], now: Iterable[Input]) -> list[tuple[str, str, str]]:
    """Facts that differ: name with its period, what it was, what it is."""
    was = {(one["period"], one["name"]): one["value"] for one in before}
    names = {(one["period"], one["name"]): one["value"] for one in now}
    found = []
    for (period, name), value in names.items():
        old = was.get((period, name), "")
        if old != value:
            found.append((f"{period} {name}".strip(), old, value))
    return found


def seal_of_account(number: str) -> str:
    """A keyed digest of a bank account."""
    return salted_hmac("policies.award.account", number).hexdigest()


def matches_account(award: Award, number: str) -> bool:
    """Whether a number is the account that was confirmed."""
    return bool(award.account_seal) and constant_time_compare(award.account_seal, seal_of_account(number))


def rolls() -> QuerySet[Roll]:
    """All confirmation lists with how many stand on them, the newest first."""
    found = Roll.objects.select_related("budget").order_by("-proposed_at", "-pk")
    return found.annotate(awarded=Count("awards"), fen=Sum("awards__fen"))


def awards_of(roll: Roll, state: str = "") -> QuerySet[Award]:
    """What stands on a list; of one state where asked."""
    found = roll.awards.select_related("organisation", "reservation")
    return found.filter(state=state) if state in AwardState.values else found


def counts_of(roll: Roll) -> dict[str, tuple[int, int]]:
    """State → how many and how much in fen."""
    found = dict.fromkeys(AwardState.values, (0, 0))
    rows = roll.awards.order_by().values("state").annotate(number=Count("pk"), fen=Sum("fen"))
    return found | {row["state"]: (row["number"], row["fen"]) for row in rows}


def waiting_for(organisation: Organisation) -> list[Award]:
    """What an organisation is asked to confirm now."""
    rows = Award.objects.filter(organisation=organisation, state=AwardState.OPEN)
    return list(rows.select_related("roll").order_by("roll__consent_until", "pk"))


def may_answer_award(user: User, award: Award) -> bool:
    """Whether a person belongs to the organisation that is asked."""
    return organisations_of(user).filter(pk=award.organisation_id).exists()


def overdue(day: dt.date) -> QuerySet[Award]:
    """Those whose day of consent is over."""
    return Award.objects.filter(state=AwardState.OPEN, roll__consent_until__lt=day).order_by("pk")


def open_awards(keys: Collection[int] = ()) -> QuerySet[Award]:
    """Those that wait for consent; of some lists where asked."""
    found = Award.objects.filter(state=AwardState.OPEN)
    return found.filter(roll__in=list(keys)) if keys else found
