"""Open a budget, change its total, close it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Money, refuse
from huanchuang.money.models import Budget, sure
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned

MOST = Money(10**16)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def open_budget(
    actor: audit.Actor, name: str, year: int, total: Money, policy: str = "", source: str = ""
) -> Budget:
    """A new budget. ProblemError for a name that this year has already, or an amount or year that cannot be."""
    _refuse_total(total)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refuse(
            "money.budget.year",
            ("年度", f"{year}不是可用的年度", f"请填{FIRST_YEAR}到{LAST_YEAR}之间的四位年度"),
            ("Year", f"{year} is no year of a budget", f"Give a year from {FIRST_YEAR} to {LAST_YEAR}"),
        )
    try:
        with transaction.atomic():
            made = Budget.objects.create(
                name=name.strip()[:120], year=year, total=total, policy=policy, source=source.strip()[:200]
            )
            after = {"name": made.name, "year": year, "total": total.fen, "policy": policy}
            audit.record(actor, "money.budget.open", made.subject, after=after, note=made.source)
    except IntegrityError as error:
        raise refuse(
            "money.budget.twice",
            ("名称", f"{year}年已有名为“{name.strip()}”的预算", "请换一个名称，或在原预算上调整总额"),
            (
                "Name",
                f'{year} has a budget "{name.strip()}" already',
                "Take another name, or change the total of that one",
            ),
        ) from error
    return made


def change_total(
    actor: audit.Actor, budget: Budget, expected_version: int, total: Money, reason: str
) -> Budget:
    """Another total, with the reason. ProblemError where less would be left than is promised; EditedMeanwhile as ever."""
    _refuse_total(total)
    _refuse_reason(reason)
    with transaction.atomic():
        stored = Budget.objects.select_for_update().get(pk=budget.pk)
        if total < sure(stored.reserved):
            raise refuse(
                "money.budget.promised",
                (
                    "总额",
                    f"低于已预留的{sure(stored.reserved).text()}",
                    "请先释放一部分预留，或填不低于已预留的金额",
                ),
                (
                    "Total",
                    f"is below the {sure(stored.reserved).text()} that is promised",
                    "Let some of it go first, or give at least that much",
                ),
            )
        before, stored.total = stored.total, total
        saved = save_versioned(stored, expected_version)
        audit.record(
            actor,
            "money.budget.change",
            saved.subject,
            {"total": sure(before).fen},
            {"total": total.fen},
            reason.strip(),
        )
    return saved


def close_budget(actor: audit.Actor, budget: Budget, expected_version: int, reason: str) -> Budget:
    """Nothing more can be kept of it; what is kept stays. ProblemError without a reason."""
    _refuse_reason(reason)
    with transaction.atomic():
        stored = Budget.objects.select_for_update().get(pk=budget.pk)
        stored.closed_on = clock.today()
        saved = save_versioned(stored, expected_version)
        audit.record(actor, "money.budget.close", saved.subject, note=reason.strip())
    return saved


def _refuse_total(total: Money) -> None:
    if not 0 < total.fen <= MOST.fen:
        raise refuse(
            "money.budget.total",
            ("总额", "须大于0且不超过100万亿元", "请带单位填写，例如 2000万元"),
            (
                "Total",
                "has to be above 0 and at most 100 trillion yuan",
                "Give it with its unit, such as 2000万元",
            ),
        )


def _refuse_reason(reason: str) -> None:
    if len(reason.strip()) < 2:
        raise refuse(
            "money.reason",
            ("原因", "没有填写", "请写明原因，例如“年中追加”"),
            ("Reason", "is missing", "Say why"),
        )
