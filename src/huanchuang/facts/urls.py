"""Addresses of facts, under /facts/."""

from django.urls import path

from huanchuang.facts.views import choices, entry, pages, quality

app_name = "facts"
urlpatterns = [
    path("quality/", quality.overview, name="quality"),
    path("of/<str:subject>/", pages.subject, name="subject"),
    path("of/<str:subject>/compare/", pages.compare, name="compare"),
    path("of/<str:subject>/enter/", entry.place, name="place"),
    path("of/<str:subject>/enter/<str:key>/<str:period>/", entry.enter, name="enter"),
    path("<int:pk>/", pages.why, name="why"),
    path("<int:pk>/correct/", entry.correct, name="correct"),
    path("<int:pk>/choose/", choices.choose, name="choose"),
    path("choices/<int:pk>/take-back/", choices.take_back, name="take_back"),
    path("<int:pk>/withdraw/", entry.withdraw, name="withdraw"),
]
