"""What steering tells of itself: who may do what, and its entries in the navigation."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry

EVERYONE = ("*",)
"""Signed in; what of the ledger they see is narrowed by `queries.visibility`."""


class SteeringConfig(AppConfig):
    name = "huanchuang.steering"
    label = "steering"
    verbose_name = _("台账")

    deeds = {
        "steering.plan.view": EVERYONE,
        "steering.plan.upload": ("officer",),
        "steering.reading.review": ("officer",),
        "steering.ledger.view": EVERYONE,
        "steering.ledger.export": EVERYONE,
        "steering.target.view": EVERYONE,
        "steering.target.report": ("officer", "reporter"),
        "steering.target.request_close": ("officer", "reporter"),
        "steering.target.verify": ("officer",),
        "steering.target.adjust": ("officer",),
        "steering.target.measure": ("officer",),
        "steering.change.ask": ("officer", "reporter"),
        "steering.change.decide": ("officer",),
        "steering.slip.view": ("officer", "reporter", "leader", "auditor"),
    }
    navigation = [
        Entry(
            "steering:ledger",
            _("台账"),
            icon="list-check",
            deed="steering.ledger.view",
            order=20,
            area="/steering/targets/",
        ),
        Entry("steering:due", _("到期与逾期"), icon="calendar-due", deed="steering.ledger.view", order=21),
        Entry("steering:slips", _("催办单"), icon="bell", deed="steering.slip.view", order=21),
        Entry("steering:plans", _("方案"), icon="file-text", deed="steering.plan.view", order=22),
    ]

    def ready(self) -> None:
        from huanchuang.steering import effects  # models are loaded only now

        effects.connect()
