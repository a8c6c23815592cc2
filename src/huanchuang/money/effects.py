"""What was kept past its day is let go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huanchuang.jobs.effects import every
from huanchuang.money.services import let_lapse
from huanchuang.registry.effects import name_verbs

HOURLY = 3600.0

every(HOURLY, "money.let_lapse")(let_lapse)
name_verbs(
    {
        "money.budget.open": _("设立预算"),
        "money.budget.change": _("调整预算"),
        "money.budget.close": _("关闭预算"),
        "money.reservation.make": _("预留额度"),
        "money.reservation.release": _("释放额度"),
        "money.reservation.lapse": _("额度到期释放"),
    }
)
