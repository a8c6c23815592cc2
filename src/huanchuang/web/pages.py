"""Addresses of web's own pages."""

from __future__ import annotations

from django.urls import path

from huanchuang.web.views import api, audit, dossier
from huanchuang.web.views.home import home
from huanchuang.web.views.search import search

app_name = "web"
urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("dossier/<int:pk>/", dossier.show, name="dossier"),
    path("dossier/<int:pk>/word/", dossier.word, name="dossier_word"),
    path("api/v1/docs/", api.documentation, name="api"),
    path("audit/", audit.trail, name="audit"),
    path("audit/verify/", audit.verify, name="audit_verify"),
    path("audit/<int:pk>/", audit.entry, name="audit_entry"),
]
