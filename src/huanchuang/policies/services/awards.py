"""The consent of an organisation: given, refused, not given in time; and what becomes of it when a fact has changed.

Consent keeps the decision and reserves the amount in one transaction. It counts for the facts that were shown: when one
of them changes, the award is decided again. The same result and amount may be consented to anew; another result or
amount ends the award, since a second person has not agreed to it.
"""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Money, ProblemError, refuse
from huanchuang.money.models import State
from huanchuang.money.services import release
from huanchuang.orm import clock
from huanchuang.policies.models import Award, AwardState
from huanchuang.policies.queries.awards import (
    barred_of,
    inputs_of,
    may_answer_award,
    open_awards,
    overdue,
    seal_of_account,
    seal_of_facts,
)
from huanchuang.policies.queries.known import Subject
from huanchuang.policies.queries.library import Listed, policy_named
from huanchuang.policies.queries.merged import family_of, standing_keys
from huanchuang.policies.queries.outlook import Card, decided_for
from huanchuang.policies.services.promise import promise
from huanchuang.policies.services.rolls import page_of, tell_officers
from huanchuang.registry.models import Organisation

AT_ONCE = 500
SHORTEST, LONGEST = 8, 32
"""Digits of a bank account."""


def consent(user: User, award: Award, shown: str, account: str) -> Award:
    """Take what is offered: the decision is kept and the amount reserved, both or neither.

    `shown` is the seal of the facts and the amount that were seen. Where result or amount have changed the award ends as
    `changed` and is returned so. ProblemError for a stranger, a day that is over, facts that changed since the page
    was opened, a bad account number, and a budget that has not enough left.
    """
    number = _account(account)
    actor = actor_of(user)
    with transaction.atomic():
        stored = _mine(user, award)
        _lock_family(stored.organisation_id)
        subject, card = _decide(stored)
        if card.decision.fen != stored.fen:
            return _end(actor, stored, AwardState.CHANGED, changed_words(stored, card))
        if seal_of_facts(inputs_of(subject, card), stored.fen) != shown:
            raise _refuse(
                "数据", "打开页面之后，所依据的数据变了", "页面已换成新的数据，请看过再确认",
                "Facts", "have changed since the page was opened", "Look at them again, then confirm",
            )  # fmt: skip
        _refuse_barred(stored, card.listed)
        until = clock.today().replace(month=12, day=31)
        kept, made = promise(actor, subject, card, stored.roll.budget, Money(stored.fen), until)
        stored.state, stored.decision, stored.reservation = AwardState.GIVEN, kept, made
        stored.account_tail, stored.account_seal = number[-4:], seal_of_account(number)
        _answered(stored, actor)
        after = {
            "policy": stored.policy,
            "fen": stored.fen,
            "decision": kept.pk,
            "account": f"…{stored.account_tail}",
        }
        audit.record(actor, "policies.award.consent", stored.organisation.subject, after=after)
    return stored


def decline(user: User, award: Award, reason: str) -> Award:
    """Leave it, with the reason."""
    if len(reason.strip()) < len("理由"):
        raise _refuse("理由", "没有填写", "请写明放弃的理由", "Reason", "is missing", "Say why you leave it")
    with transaction.atomic():
        return _end(actor_of(user), _mine(user, award), AwardState.DECLINED, reason.strip())


def withdraw(user: User, award: Award, reason: str) -> Award:
    """Take an award back, with the reason: an objection in the public notice, say. What was reserved is let go."""
    if len(reason.strip()) < len("理由"):
        raise _refuse(
            "理由", "没有填写", "请写明撤回的理由", "Reason", "is missing", "Say why it is taken back"
        )
    actor = actor_of(user)
    with transaction.atomic():
        stored = Award.objects.select_for_update().select_related("roll", "organisation").get(pk=award.pk)
        if stored.state not in (AwardState.OPEN, AwardState.GIVEN):
            raise _refuse(
                "名单",
                f"这一家现在是“{stored.get_state_display()}”",
                "不用撤回",
                "Award",
                f"is {stored.state}",
                "Nothing to do",
            )
        if stored.reservation is not None and stored.reservation.state == State.HELD:
            release(actor, stored.reservation, reason.strip())
        return _end(actor, stored, AwardState.WITHDRAWN, reason.strip(), by_office=True)


def let_lapse() -> int:
    """End those whose day is over: silence is not consent. The ticker calls it; how many."""
    keys = list(overdue(clock.today()).values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        with transaction.atomic():
            stored = Award.objects.select_for_update().select_related("roll", "organisation").get(pk=key)
            if stored.state == AwardState.OPEN:
                _end(audit.SYSTEM, stored, AwardState.LAPSED, "逾期未确认", by_office=True)
    return len(keys)


def decide_again() -> int:
    """Decide those that wait for consent anew; those whose result or amount has changed end. The ticker calls it; how many."""
    by_policy: dict[str, list[Award]] = defaultdict(list)
    waiting = list(open_awards().select_related("organisation")[:AT_ONCE])
    merged = standing_keys({award.organisation_id for award in waiting})
    for award in waiting:
        if award.organisation_id in merged:  # its facts went along: the award that stands is the other one's
            continue
        by_policy[award.policy].append(award)
    ended = 0
    for policy, awards in by_policy.items():
        one = policy_named(policy)
        if one is None:
            continue
        cards = {
            subject.organisation.pk: card
            for subject, card in decided_for([award.organisation for award in awards], one, clock.today())
        }
        for award in awards:
            if cards[award.organisation_id].decision.fen != award.fen:
                ended += _changed(award, cards[award.organisation_id])
    return ended


def _changed(award: Award, card: Card) -> bool:
    with transaction.atomic():
        stored = Award.objects.select_for_update().select_related("roll", "organisation").get(pk=award.pk)
        if stored.state != AwardState.OPEN:
            return False
        _end(audit.SYSTEM, stored, AwardState.CHANGED, changed_words(stored, card), by_office=True)
    return True


def changed_words(award: Award, card: Card) -> str:
    """What has changed, for both sides."""
    words = {"yes": "符合", "no": "不符合", "unknown": "无法判断", "not_in_force": "政策不在有效期"}
    now = words[card.result]
    if card.result == "yes":
        now = "金额未知" if card.decision.fen is None else f"应得{Money(card.decision.fen).text()}"
    return f"数据有变，重新计算后{now}，提出时为{Money(award.fen).text()}"


def _mine(user: User, award: Award) -> Award:
    stored = Award.objects.select_for_update().select_related("roll__budget", "organisation").get(pk=award.pk)
    if not may_answer_award(user, stored):
        raise _refuse(
            "确认",
            "只有本单位的经办人可以答复",
            "请用本单位经办人的账户登录",
            "Consent",
            "only its own people answer",
            "Sign in as one of them",
        )
    if stored.state != AwardState.OPEN:
        raise _refuse(
            "确认",
            f"这一项现在是“{stored.get_state_display()}”",
            "不用再答复",
            "Consent",
            f"it is {stored.state}",
            "Nothing to do",
        )
    until = stored.roll.consent_until
    if until is None or until < clock.today():
        raise _refuse(
            "确认",
            f"{until}已截止",
            "请联系主管科室重新列入",
            "Consent",
            f"the day was {until}",
            "Ask the office to propose it again",
        )
    return stored


def _decide(stored: Award) -> tuple[Subject, Card]:
    one = policy_named(stored.policy)
    if one is None:
        raise _refuse(
            "政策",
            "已不在政策库",
            "请联系主管科室",
            "Policy",
            "is not in the library any more",
            "Ask the office",
        )
    return next(iter(decided_for([stored.organisation], one, clock.today())))


def _refuse_barred(stored: Award, one: Listed) -> None:
    barred = barred_of(one, {stored.organisation_id: stored.fen}, stored.year, stored.pk)
    why = barred.get(stored.organisation_id)
    if why:
        raise _refuse(
            "确认",
            why,
            "请先放弃另一项，或联系主管科室",
            "Consent",
            "another award stands against it",
            "Leave that one first, or ask the office",
        )


def _lock_family(key: int) -> None:
    """One consent at a time of an organisation and of all that are one with it by merges."""
    list(Organisation.objects.select_for_update().filter(pk__in=family_of(key)).order_by("pk"))


def _answered(stored: Award, actor: audit.Actor) -> None:
    stored.answered_at, stored.answered_by, stored.answered_by_name = timezone.now(), actor.id, actor.name
    stored.version += 1
    stored.save()


def _end(
    actor: audit.Actor, stored: Award, state: AwardState, reason: str, *, by_office: bool = False
) -> Award:
    before = stored.state
    stored.state, stored.reason = state, reason[:300]
    if by_office:
        stored.version += 1
        stored.save()
    else:
        _answered(stored, actor)
    after = {"policy": stored.policy, "state": state.value}
    verb = f"policies.award.{VERBS[state]}"
    audit.record(actor, verb, stored.organisation.subject, {"state": before}, after, reason[:300])
    if state == AwardState.CHANGED:
        tell_officers(
            [stored.roll.proposed_by, stored.roll.checked_by], f"免申即享数据有变：{stored.roll.title}",
            f"{stored.organisation.name}：{reason}", page_of(stored.roll), f"policies.award.changed:{stored.pk}",
        )  # fmt: skip
    return stored


VERBS = {
    AwardState.DECLINED: "decline",
    AwardState.CHANGED: "change",
    AwardState.LAPSED: "lapse",
    AwardState.WITHDRAWN: "withdraw",
}


def _account(text: str) -> str:
    number = "".join(text.split()).replace("-", "")
    if not (number.isascii() and number.isdigit() and SHORTEST <= len(number) <= LONGEST):
        raise _refuse(
            "收款账户", "不是银行账号", f"请填{SHORTEST}到{LONGEST}位数字的对公账号，可以有空格",
            "Account", "is no bank account", f"Give {SHORTEST} to {LONGEST} digits; blanks may stand between them",
        )  # fmt: skip
    return number


def _refuse(where: str, what: str, remedy: str, where_en: str, what_en: str, remedy_en: str) -> ProblemError:
    return refuse("policies.award", (where, what, remedy), (where_en, what_en, remedy_en))
