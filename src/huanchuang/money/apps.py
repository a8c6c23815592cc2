from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry


class MoneyConfig(AppConfig):
    """Budgets are seen by the authority only."""

    name = "huanchuang.money"
    label = "money"
    verbose_name = _("资金")
    deeds = {
        "money.budget.view": ("officer", "leader", "auditor"),
        "money.budget.open": ("officer",),
        "money.reservation.make": ("officer",),
    }
    navigation = [
        Entry("money:budgets", _("资金预算"), icon="coin", deed="money.budget.view", order=47),
    ]

    def ready(self) -> None:
        import_module("huanchuang.money.effects")  # lets go what was kept past its day
