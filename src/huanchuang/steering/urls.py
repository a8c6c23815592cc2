"""Addresses of steering, below /steering/."""

from __future__ import annotations

from django.urls import path

from huanchuang.steering.views import changes, ledger, measure, plans, review, split, target

app_name = "steering"

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("upload/", plans.upload, name="upload"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/review/", review.review, name="review"),
    path("plans/<int:pk>/review/decide/", review.decide, name="decide"),
    path("plans/<int:pk>/review/put-in-force/", review.put_in_force, name="put_in_force"),
    path("ledger/", ledger.show, name="ledger"),
    path("ledger/export/", ledger.export, name="export"),
    path("due/", ledger.due, name="due"),
    path("targets/<int:pk>/", target.target, name="target"),
    path("targets/<int:pk>/why/", target.why, name="why"),
    path("targets/<int:pk>/report/", target.report, name="report"),
    path("targets/<int:pk>/evidence/", target.evidence, name="evidence"),
    path("targets/<int:pk>/close/", target.close_request, name="close_request"),
    path("targets/<int:pk>/verify/", target.verification, name="verify"),
    path("targets/<int:pk>/adjust/", changes.adjust, name="adjust"),
    path("targets/<int:pk>/turn/", changes.turn, name="turn"),
    path("targets/<int:pk>/basis/", measure.basis, name="basis"),
    path("targets/<int:pk>/members/", measure.members, name="members"),
    path("targets/<int:pk>/nodes/", measure.node, name="node"),
    path("targets/<int:pk>/nodes/finish/", measure.finish, name="finish_node"),
    path("targets/<int:pk>/split/", split.portions, name="split"),
    path("targets/<int:pk>/duties/", split.duties, name="duties"),
    path("targets/<int:pk>/weights/", split.weigh, name="weigh"),
    path("evidence/<int:evidence>/withdraw/", target.withdraw, name="withdraw_evidence"),
    path("changes/<int:change>/decide/", changes.decide, name="decide_change"),
    path("slips/", ledger.slips, name="slips"),
    path("targets/<int:pk>/correct/", review.correct, name="correct"),
]
