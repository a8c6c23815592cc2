"""Addresses of money, under /money/."""

from django.urls import path

from huanchuang.money.views import budgets

app_name = "money"
urlpatterns = [
    path("", budgets.budgets, name="budgets"),
    path("new/", budgets.new, name="budget-new"),
    path("<int:pk>/", budgets.budget, name="budget"),
    path("<int:pk>/total/", budgets.total, name="budget-total"),
    path("<int:pk>/close/", budgets.close, name="budget-close"),
    path("reservations/<int:pk>/release/", budgets.let_go, name="release"),
]
