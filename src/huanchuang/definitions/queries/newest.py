"""Which publication is the newest: asked once a request, so that all processes notice at once and pages pay one query."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

from huanchuang.definitions.models import Published

Mark = tuple[int, dt.datetime] | None
_here = threading.local()
_UNASKED = object()


def newest() -> Mark:
    """Key and moment of the newest publication, None where there is none. Inside of a request it is asked once."""
    if not getattr(_here, "remembers", False):
        return _asked()
    if _here.mark is _UNASKED:
        _here.mark = _asked()
    mark: Mark = _here.mark
    return mark


def _asked() -> Mark:
    found: Mark = Published.objects.order_by("-pk").values_list("pk", "published_at").first()
    return found


def remember(**_signal: Any) -> None:
    """A request begins."""
    _here.remembers, _here.mark = True, _UNASKED


def forget(**_signal: Any) -> None:
    """It ends, or something was published in the middle of it."""
    _here.remembers = False
