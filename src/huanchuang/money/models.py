"""The tables of money."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.kernel import Money
from huanchuang.orm.fields import MoneyField, SubjectField
from huanchuang.orm.models import Record


def sure(money: Money | None) -> Money:
    """An amount of a column that is never empty; nothing for none."""
    return money or Money(0)


class Budget(Record):
    """A sum for a purpose and a year. `reserved` is what of it is promised; only services change it."""

    name = models.CharField(_("名称"), max_length=120)
    year = models.PositiveSmallIntegerField(_("年度"))
    policy = models.CharField(_("政策"), max_length=120, blank=True)
    """The id of the policy it is for; empty where it is for anything."""
    total = MoneyField(_("总额"))
    reserved = MoneyField(_("已预留"), default=0)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    closed_on = models.DateField(_("关闭日期"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("total")), name="budget_not_exceeded"
            ),
            models.UniqueConstraint(fields=["year", "name"], name="budget_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.name}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("money:budget", args=[self.pk])

    @property
    def free(self) -> Money:
        """What can still be promised."""
        return Money(sure(self.total).fen - sure(self.reserved).fen)

    @property
    def percent(self) -> int:
        """How much of it is promised, in whole percent."""
        return 100 * sure(self.reserved).fen // sure(self.total).fen if sure(self.total).fen else 0


class State(models.TextChoices):
    """Where a reservation stands."""

    HELD = "held", _("已预留")
    RELEASED = "released", _("已释放")
    LAPSED = "lapsed", _("到期释放")


class Reservation(Record):
    """An amount of a budget kept free for somebody until a day."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="reservations")
    holder = SubjectField(_("对象"))
    """For whom: `registry.organisation:12`."""
    holder_name = models.CharField(_("对象名称"), max_length=200)
    """As it was called when the amount was kept."""
    amount = MoneyField(_("金额"))
    reason = models.CharField(_("事由"), max_length=200)
    link = models.CharField(max_length=300, blank=True)
    """Where the ground of it stands: a decision on file."""
    until = models.DateField(_("保留至"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.HELD)
    made_by_name = models.CharField(_("经办人"), max_length=120)
    ended_on = models.DateField(_("释放日期"), null=True, blank=True)
    ended_because = models.CharField(_("释放原因"), max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="reservation_of_something"),
            models.UniqueConstraint(
                fields=["budget", "holder", "reason"],
                condition=Q(state="held"),
                name="reservation_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "until"], name="reservation_lapses")]
