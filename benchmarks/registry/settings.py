"""The product's settings as in use, without collected static files."""

from __future__ import annotations

from huanchuang.web.settings import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
ALLOWED_HOSTS = ["testserver"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
