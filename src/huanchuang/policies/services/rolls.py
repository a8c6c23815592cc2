"""Confirmation lists: proposed by one officer, agreed to or returned by another; nobody is asked before."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of, users_with_role
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Money, ProblemError, refuse
from huanchuang.money.models import Budget
from huanchuang.notices.services import notify
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.packs.policies.reading import WithoutApplication
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.models import Award, AwardState, Roll, RollState, Run
from huanchuang.policies.queries.awards import candidates_of, inputs_of, merged_since
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.outlook import decided_for
from huanchuang.policies.queries.push import people_of
from huanchuang.policies.services.standing import refuse_outdated
from huanchuang.registry.models import Organisation

MOST = 500
"""Organisations on one list: they are decided anew while the officer waits."""


def propose_roll(user: User, run: Run, one: Listed, budget: Budget, chosen: Sequence[int]) -> Roll:
    """Put organisations on a list, each decided anew for today; those no longer eligible are left out.

    ProblemError for a version that decides no more, a policy one has to apply for, a budget that is closed or for something else, organisations that
    are no candidates, and where nobody is left.
    """
    refuse_outdated(one)
    terms = _terms(one, budget)
    awards = _awards(run, one, chosen)
    actor, today = actor_of(user), clock.today()
    try:
        with transaction.atomic():
            roll = Roll.objects.create(
                run=run, policy=one.id, title=one.title()[:200], version_of_policy=one.policy.version,
                digest=one.pack.hash, budget=budget, as_of=today, consent_days=terms.consent_days,
                notice_days=terms.notice_days, proposed_at=timezone.now(), proposed_by=actor.id,
                proposed_by_name=actor.name,
            )  # fmt: skip
            for award in awards:
                award.roll = roll
            Award.objects.bulk_create(awards)
            total = sum(award.fen for award in awards)
            after = {
                "policy": one.id,
                "version": one.policy.version,
                "organisations": len(awards),
                "fen": total,
            }
            audit.record(actor, "policies.roll.propose", roll.subject, after=after)
            others = users_with_role(Role.OFFICER).exclude(pk=user.pk)
            notify(
                others,
                "policies.roll",
                f"免申即享名单待复核：{one.title()}",
                f"{actor.name}提出，共{len(awards)}家",
                page_of(roll),
            )
    except IntegrityError as error:
        raise _refuse(
            "名单", "所选单位有的刚被列入另一份名单", "请刷新候选名单后重新勾选",
            "List", "one of those chosen has just come onto another list", "Reload the candidates and tick them again",
        ) from error  # fmt: skip
    return roll


def _terms(one: Listed, budget: Budget) -> WithoutApplication:
    terms = one.without_application
    if terms is None:
        raise _refuse(
            "政策",
            "这项政策要申报，不是免申即享",
            "请改用推送",
            "Policy",
            "one has to apply for it",
            "Tell organisations of it instead",
        )
    if budget.closed_on is not None or budget.policy not in ("", one.id):
        raise _refuse(
            "预算",
            f"{budget}不能用于这项政策",
            "请换一笔预算",
            "Budget",
            "is closed or for another policy",
            "Choose another",
        )
    return terms


def _awards(run: Run, one: Listed, chosen: Sequence[int]) -> list[Award]:
    free = {row.organisation for row in candidates_of(run, one) if not row.barred}
    if not chosen or set(chosen) - free:
        raise _refuse(
            "名单", "没有勾选单位，或所选单位不能列入", "请在候选名单里勾选未注明原因的单位",
            "List", "nobody is ticked, or one of them cannot be proposed", "Tick candidates without a remark",
        )  # fmt: skip
    if len(chosen) > MOST:
        raise _refuse(
            "名单",
            f"一份名单最多{MOST}家",
            "请分几份提出",
            "List",
            f"holds {MOST} at most",
            "Propose several",
        )
    firms = list(Organisation.objects.filter(pk__in=chosen))
    today = clock.today()
    awards = [
        Award(organisation=subject.organisation, policy=one.id, year=today.year, fen=card.decision.fen, inputs=inputs_of(subject, card))
        for subject, card in decided_for(firms, one, today)
        if card.decision.fen
    ]  # fmt: skip
    if not awards:
        raise _refuse(
            "名单", "按今天的数据，所选单位都不再符合或金额不明", "请重新测算后再提出",
            "List", "with the facts of today none of them is eligible with a known amount", "Start a new run first",
        )  # fmt: skip
    return awards


def agree(user: User, roll: Roll, version: int, note: str = "") -> Roll:
    """Let the organisations be asked. A second person; the budget has to have enough for all. EditedMeanwhile as ever."""
    actor, today, days = actor_of(user), clock.today(), work_calendar()
    with transaction.atomic():
        stored = _checked(user, roll)
        _leave_out_merged(stored)
        budget = Budget.objects.select_for_update().get(pk=stored.budget_id)
        total = stored.awards.filter(state=AwardState.PROPOSED).aggregate(sum=Sum("fen"))["sum"] or 0
        if budget.closed_on is not None or total > budget.free.fen:
            raise _refuse(
                "预算", f"名单合计{Money(total).text()}，{budget}只剩{budget.free.text()}", "请退回减少单位，或先追加预算",
                "Budget", f"the list comes to {Money(total).text()}, only {budget.free.text()} is left", "Return the list, or raise the budget",
            )  # fmt: skip
        stored.state = RollState.OPEN
        stored.consent_until = days.add_workdays(today, stored.consent_days).day
        stored.notice_until = days.add_workdays(today, stored.notice_days).day if stored.notice_days else None
        saved = _decided(stored, actor, version, note)
        saved.awards.filter(state=AwardState.PROPOSED).update(state=AwardState.OPEN)
        after = {"state": saved.state, "consent_until": str(saved.consent_until)}
        audit.record(actor, "policies.roll.agree", saved.subject, after=after, note=saved.note)
        ask(saved)
    return saved


def send_back(user: User, roll: Roll, version: int, note: str) -> Roll:
    """Return a list with the reason; its organisations can be proposed again."""
    if len(note.strip()) < len("理由"):
        raise _refuse(
            "复核意见", "没有填写", "请写明退回的理由", "Opinion", "is missing", "Say why it is returned"
        )
    actor = actor_of(user)
    with transaction.atomic():
        stored = _checked(user, roll)
        stored.state = RollState.RETURNED
        saved = _decided(stored, actor, version, note)
        saved.awards.filter(state=AwardState.PROPOSED).update(state=AwardState.WITHDRAWN, reason=saved.note)
        audit.record(
            actor, "policies.roll.return", saved.subject, after={"state": saved.state}, note=saved.note
        )
    return saved


def _checked(user: User, roll: Roll) -> Roll:
    stored = Roll.objects.select_for_update().get(pk=roll.pk)
    if stored.state != RollState.PROPOSED:
        raise _refuse(
            "名单",
            f"现在是“{stored.get_state_display()}”",
            "不用再复核",
            "List",
            f"is {stored.state}",
            "Nothing to do",
        )
    if stored.proposed_by == str(user.pk):
        raise _refuse(
            "复核", "提出人不能复核自己的名单", "请由另一位主管科室人员复核",
            "Check", "whoever proposed a list cannot agree to it", "Let another officer do it",
        )  # fmt: skip
    return stored


def _leave_out_merged(stored: Roll) -> None:
    """Those put into another since are not asked: that one has its own line, or is proposed anew."""
    waiting = stored.awards.filter(state=AwardState.PROPOSED)
    for key, why in merged_since(list(waiting.values_list("organisation_id", flat=True))).items():
        waiting.filter(organisation=key).update(state=AwardState.WITHDRAWN, reason=why[:300])


def _decided(stored: Roll, actor: audit.Actor, version: int, note: str) -> Roll:
    stored.checked_at, stored.checked_by, stored.checked_by_name = timezone.now(), actor.id, actor.name
    stored.note = note.strip()[:300]
    return save_versioned(stored, version)


def ask(roll: Roll) -> int:
    """Tell the people of each organisation on a list what they are offered; how many organisations were told."""
    awards = list(roll.awards.filter(state=AwardState.OPEN).select_related("organisation"))
    people = people_of([award.organisation_id for award in awards])
    for award in awards:
        body = (
            f"{award.organisation.name}：按现有数据符合条件，不用申报，可得{Money(award.fen).text()}。"
            f"请在{roll.consent_until}前确认或放弃；逾期不确认视为不要。"
        )
        notify(
            people.get(award.organisation_id, ()), "policies.award", f"免申即享，请确认：{roll.title}", body,
            reverse("policies:award", args=[award.pk]), f"policies.award:{award.pk}",
        )  # fmt: skip
    return len(set(people) & {award.organisation_id for award in awards})


def page_of(roll: Roll) -> str:
    """Where a list stands."""
    return reverse("policies:roll", args=[roll.pk])


def tell_officers(keys: Collection[str], title: str, body: str, link: str, dedupe: str) -> None:
    """News for those who proposed and agreed to a list."""
    notify(
        User.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()]),
        "policies.roll",
        title,
        body,
        link,
        dedupe,
    )


def _refuse(where: str, what: str, remedy: str, where_en: str, what_en: str, remedy_en: str) -> ProblemError:
    return refuse("policies.roll", (where, what, remedy), (where_en, what_en, remedy_en))
