"""What steering tells of itself: who may do what, and its entries in the navigation."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry

EVERYONE = ("*",)
"""Signed in; what of the ledger they see is narrowed by `queries.visibility`."""

READERS = ("officer", "reporter", "leader", "auditor", "administrator")
"""Who works with letters or watches over them. Signing is open to everyone because only the leader asked by name can."""


class SteeringConfig(AppConfig):
    name = "huanchuang.steering"
    label = "steering"
    verbose_name = _("台账")

    deeds = {
        "steering.plan.view": EVERYONE,
        "steering.plan.upload": ("officer",),
        "steering.plan.revise": ("officer",),
        "steering.reading.review": ("officer",),
        "steering.ledger.view": EVERYONE,
        "steering.ledger.export": EVERYONE,
        "steering.target.view": EVERYONE,
        "steering.target.report": ("officer", "reporter"),
        "steering.target.request_close": ("officer", "reporter"),
        "steering.target.verify": ("officer",),
        "steering.target.adjust": ("officer",),
        "steering.target.measure": ("officer",),
        "steering.wall.view": ("officer", "reporter", "leader", "auditor", "administrator"),
        "steering.calendar.follow": ("officer", "reporter", "leader"),
        "steering.change.ask": ("officer", "reporter"),
        "steering.change.decide": ("officer",),
        "steering.slip.view": ("officer", "reporter", "leader", "auditor"),
        "steering.dispatch.view": ("officer", "reporter", "leader", "auditor"),
        "steering.bulletin.export": ("officer", "leader", "auditor"),
        "steering.oversight.keep": ("officer",),
        "steering.assessment.view": ("officer", "reporter", "leader", "auditor"),
        "steering.shortcoming.view": ("officer", "reporter", "leader", "auditor"),
        "steering.shortcoming.report": ("officer", "reporter"),
        "steering.letter.view": READERS,
        "steering.letter.export": READERS,
        "steering.letter.register": ("officer",),
        "steering.letter.assign": ("officer",),
        "steering.letter.decide": ("officer",),
        "steering.letter.handle": ("officer", "reporter"),
        "steering.proposer.look": ("officer", "reporter", "leader"),
        "steering.draft.view": EVERYONE,
        "steering.draft.export": EVERYONE,
        "steering.draft.write": ("officer", "reporter"),
        "steering.draft.sign": EVERYONE,
        "steering.report.begin": ("officer",),
        "steering.published.view": EVERYONE,
    }
    scopes = {
        "steering.plan.view": _("读取各方案及其进度"),
        "steering.ledger.view": _("读取台账"),
        "steering.target.view": _("读取台账条目的原文和依据"),
        "steering.letter.view": _("读取建议提案"),
    }
    navigation = [
        Entry(
            "steering:ledger",
            _("台账"),
            icon="list-check",
            deed="steering.ledger.view",
            order=20,
            area=("/steering/targets/",),
        ),
        Entry("steering:wall", _("挂图作战"), icon="layout-dashboard", deed="steering.wall.view", order=20),
        Entry("steering:allotment", _("配档表"), icon="table", deed="steering.ledger.view", order=20),
        Entry("steering:due", _("到期与逾期"), icon="calendar-due", deed="steering.ledger.view", order=21),
        Entry("steering:slips", _("催办单"), icon="bell", deed="steering.slip.view", order=21),
        Entry("steering:dispatch", _("调度督查"), icon="gavel", deed="steering.dispatch.view", order=21),
        Entry("steering:plans", _("方案"), icon="file-text", deed="steering.plan.view", order=22),
        Entry(
            "steering:letters",
            _("建议提案"),
            icon="mail",
            deed="steering.letter.view",
            order=23,
            area=("/steering/letters/",),
        ),
        Entry("steering:published", _("答复公开"), icon="news", deed="steering.published.view", order=24),
        Entry(
            "steering:reports",
            _("工作总结"),
            icon="file-report",
            deed="steering.draft.view",
            order=25,
        ),
    ]

    def ready(self) -> None:
        from huanchuang.steering import effects  # models are loaded only now

        effects.connect()
