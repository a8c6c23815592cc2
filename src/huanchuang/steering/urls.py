"""Addresses of steering, below /steering/."""

from __future__ import annotations

from django.urls import path

from huanchuang.steering.views import ledger, plans, review, target

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
    path("targets/<int:pk>/adjust/", target.adjust, name="adjust"),
    path("targets/<int:pk>/turn/", target.turn, name="turn"),
    path("targets/<int:pk>/correct/", review.correct, name="correct"),
]
