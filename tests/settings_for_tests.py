"""The product's settings with a throw-away data folder, quick hashing and no collected static files."""

from __future__ import annotations

import os
import tempfile

from throw_away import at_the_end_of_this_process

if "HUANCHUANG_DATA" not in os.environ:  # workers take the folder of the process that started them
    os.environ["HUANCHUANG_DATA"] = tempfile.mkdtemp(prefix="huanchuang-test-")
    at_the_end_of_this_process(os.environ["HUANCHUANG_DATA"])
os.environ.setdefault("HUANCHUANG_TODAY", "2026-06-30")

from huanchuang.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# Each client of a test is a server of its own, and would go through all style and script files before its first answer.
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file, as in use: a database in memory is shared between threads by table locks that the product never meets.
    DATABASES["default"]["TEST"] = {"NAME": HUANCHUANG_DATA / "test.sqlite3"}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
