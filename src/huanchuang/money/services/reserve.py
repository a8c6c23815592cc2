"""Keep an amount of a budget free, and let it go. The budget's row is locked first, so that hands at once come one by one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Money, refuse
from huanchuang.money.models import Budget, Reservation, State, sure
from huanchuang.orm import clock

MOST_AT_ONCE = 500


def reserve(
    actor: audit.Actor,
    budget: Budget,
    holder: str,
    holder_name: str,
    amount: Money,
    reason: str,
    until: dt.date,
    link: str = "",
) -> Reservation:
    """Keep an amount free for somebody until a day; asking for the same again (a double click) gives the one that stands.

    ProblemError where the budget is closed or has not enough left, for an amount of nothing and a day that is over.
    """
    _refuse(amount, reason, until)
    with transaction.atomic():
        stored = Budget.objects.select_for_update().get(pk=budget.pk)
        same = stored.reservations.filter(holder=holder, reason=reason.strip(), state=State.HELD).first()
        if same is not None and same.amount == amount:
            return same
        if same is not None:
            raise _standing(same)
        _refuse_budget(stored, amount)
        stored.reserved = Money(sure(stored.reserved).fen + amount.fen)
        stored.save(update_fields=["reserved", "updated_at"])
        made = Reservation.objects.create(
            budget=stored, holder=holder, holder_name=holder_name[:200], amount=amount, reason=reason.strip()[:200],
            until=until, link=link[:300], made_by_name=actor.name,
        )  # fmt: skip
        after = {"holder": holder, "amount": amount.fen, "until": until.isoformat()}
        audit.record(actor, "money.reservation.make", stored.subject, after=after, note=made.reason)
    return made


def release(actor: audit.Actor, reservation: Reservation, reason: str) -> Reservation:
    """Let an amount go, with the reason; one that was let go already stays as it is."""
    if len(reason.strip()) < 2:
        raise refuse(
            "money.reason",
            ("原因", "没有填写", "请写明原因，例如“企业放弃申报”"),
            ("Reason", "is missing", "Say why"),
        )
    return _end(actor, reservation.pk, State.RELEASED, reason.strip())


def let_lapse() -> int:
    """Let go what was kept until a day that is over; how many. The ticker calls it."""
    old = Reservation.objects.filter(state=State.HELD, until__lt=clock.today()).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in keys:
        _end(audit.SYSTEM, key, State.LAPSED, "超过保留期限")
    return len(keys)


def _end(actor: audit.Actor, key: int, state: State, reason: str) -> Reservation:
    with transaction.atomic():
        budget = Budget.objects.select_for_update().get(reservations__pk=key)
        stored = Reservation.objects.select_for_update().get(pk=key)
        if stored.state != State.HELD:
            return stored
        budget.reserved = Money(sure(budget.reserved).fen - sure(stored.amount).fen)
        budget.save(update_fields=["reserved", "updated_at"])
        stored.state, stored.ended_on, stored.ended_because = state.value, clock.today(), reason[:200]
        stored.save()
        before = {"holder": str(stored.holder), "amount": sure(stored.amount).fen}
        audit.record(
            actor,
            f"money.reservation.{'lapse' if state == State.LAPSED else 'release'}",
            budget.subject,
            before,
            note=reason,
        )
    return stored


def _refuse(amount: Money, reason: str, until: dt.date) -> None:
    if amount.fen <= 0:
        raise refuse(
            "money.reservation.amount",
            ("金额", "须大于0", "请带单位填写，例如 50万元"),
            ("Amount", "has to be above 0", "Give it with its unit, such as 50万元"),
        )
    if len(reason.strip()) < 2:
        raise refuse(
            "money.reason",
            ("事由", "没有填写", "请写明为哪件事预留"),
            ("Reason", "is missing", "Say what it is for"),
        )
    if until < clock.today():
        raise refuse(
            "money.reservation.day",
            ("保留至", f"{until}已过", "请填今天或以后的日期"),
            ("Until", f"{until} is over", "Give today or a later day"),
        )


def _refuse_budget(stored: Budget, amount: Money) -> None:
    if stored.closed_on is not None:
        raise refuse(
            "money.budget.closed",
            (str(stored), f"已于{stored.closed_on}关闭", "请选择仍在使用的预算"),
            (str(stored), f"was closed on {stored.closed_on}", "Choose a budget that is open"),
        )
    if amount > stored.free:
        raise refuse(
            "money.budget.exceeded",
            (
                "金额",
                f"超出可用额度：{stored}还剩{stored.free.text()}",
                "请减少金额、先释放其他预留，或追加预算",
            ),
            (
                "Amount",
                f"is more than the {stored.free.text()} left of {stored}",
                "Take less, let other amounts go, or raise the budget",
            ),
        )


def _standing(same: Reservation) -> Exception:
    return refuse(
        "money.reservation.standing",
        (
            "事由",
            f"已为{same.holder_name}的同一事由预留{sure(same.amount).text()}",
            "请先释放原预留，再按新金额预留",
        ),
        (
            "Reason",
            f"{sure(same.amount).text()} is kept for the same already",
            "Let that go first, then keep the new amount",
        ),
    )
