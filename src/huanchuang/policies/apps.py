from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry


class PoliciesConfig(AppConfig):
    """Which organisations a deed reaches is narrowed further in queries.access."""

    name = "huanchuang.policies"
    label = "policies"
    verbose_name = _("政策")
    deeds = {
        "policies.policy.view": ("*",),
        "policies.decision.view": ("officer", "leader", "auditor", "clerk", "manager"),
        "policies.decision.keep": ("officer", "clerk"),
        "policies.answer.give": ("officer",),
        "policies.run.view": ("officer", "leader", "auditor"),
        "policies.run.start": ("officer",),
        "policies.push.send": ("officer",),
        "policies.roll.propose": ("officer",),
        "policies.roll.check": ("officer",),
        "policies.award.answer": ("clerk",),
        "policies.paper.view": ("officer", "leader", "auditor"),
        "policies.paper.read": ("officer",),
    }
    scopes = {
        "policies.policy.view": _("查看政策，按给出的数据测算"),
        "policies.decision.view": _("查看单位的政策测算"),
    }
    navigation = [
        Entry("policies:library", _("政策"), icon="gavel", deed="policies.policy.view", order=45),
        Entry(
            "policies:runs",
            _("政策测算"),
            icon="calculator",
            deed="policies.run.view",
            order=46,
            area=tuple(
                f"/policies/{pages}/"
                for pages in ("rolls", "awards", "pushes", "forecasts", "contradictions")
            ),
        ),
    ]

    def ready(self) -> None:
        import_module("huanchuang.policies.effects")  # puts what an organisation can have on its page
        import_module("huanchuang.policies.effects.merging")
