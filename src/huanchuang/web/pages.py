"""Addresses of web's own pages."""

from __future__ import annotations

from django.urls import path

from huanchuang.web.views.home import home
from huanchuang.web.views.search import search

app_name = "web"
urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
]
