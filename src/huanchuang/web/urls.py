"""All addresses. Each slice brings its own `urls.py`; a slice without pages is not listed."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from huanchuang.web.api import api
from huanchuang.web.views.health import healthz, robots
from huanchuang.web.views.language import change_language

SLICES = (
    "accounts",
    "audit",
    "jobs",
    "files",
    "definitions",
    "notices",
    "registry",
    "facts",
    "money",
    "policies",
    "steering",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huanchuang.web.pages")),
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("api/v1/", api.urls),
    path("language/", change_language, name="set_language"),
    *(
        path(f"{name}/", include(f"huanchuang.{name}.urls"))
        for name in SLICES
        if find_spec(f"huanchuang.{name}.urls")
    ),
]

handler400 = "huanchuang.web.views.errors.bad_request"
handler403 = "huanchuang.web.views.errors.forbidden"
handler404 = "huanchuang.web.views.errors.missing"
handler500 = "huanchuang.web.views.errors.failed"
