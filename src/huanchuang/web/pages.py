"""Addresses of web's own pages."""

from __future__ import annotations

from django.urls import path

from huanchuang.web.views import audit
from huanchuang.web.views.home import home
from huanchuang.web.views.search import search

app_name = "web"
urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("audit/", audit.trail, name="audit"),
    path("audit/verify/", audit.verify, name="audit_verify"),
    path("audit/<int:pk>/", audit.entry, name="audit_entry"),
]
