"""What is made for the web server and for programmers: collected static files, the description of the API."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from huanchuang.web.api import api
from huanchuang.web.cli.output import write_all
from huanchuang.web.messages import compile_catalogues

UNUSED = ["htmx-4*", "htmax-*", "ext", "redoc*", "swagger-ui-bundle.js.map", "rest_framework"]
"""Files of packages that no page asks for; they would only be hashed and compressed."""


def static(options: argparse.Namespace) -> int:
    """Collect, name by content and compress the static files, unless none has changed since the last time."""
    compile_catalogues()
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return 0
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED)
    stamp.write_text(wanted, encoding="ascii")
    return 0


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(UNUSED), key=lambda found: found[0]):
            place = Path(storage.path(name)).stat()
            digest.update(f"{name} {place.st_size} {place.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def openapi(options: argparse.Namespace) -> int:
    """The API's description as OpenAPI 3.1 JSON."""
    schema: dict[str, Any] = api.get_openapi_schema()
    text = json.dumps(schema, ensure_ascii=False, indent=2, default=str) + "\n"
    write_all({options.out: text.encode()})
    return 0
