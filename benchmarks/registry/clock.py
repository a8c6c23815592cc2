"""How both sides are timed: the comparing process calls for one round after the other, of each side in turn."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.test import Client


class Stopwatch:
    """Seconds of the wall clock and of this process since it began or was last asked."""

    def __init__(self) -> None:
        self._wall, self._own = time.perf_counter(), time.process_time()

    def lap(self) -> tuple[float, float]:
        """Both, and begin anew."""
        wall, own = time.perf_counter(), time.process_time()
        taken = (wall - self._wall, own - self._own)
        self._wall, self._own = wall, own
        return taken


def answer(loaded: dict[str, Any], client: Client, pages: Mapping[str, str]) -> None:
    """Say what was loaded, then for each line on standard input ask for every page once: a line of JSON each time."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _say({**loaded, "memory_mb": memory, "database": connection.display_name})
    for _line in sys.stdin:
        _say({name: _milliseconds(client, name, url) for name, url in pages.items()})


def _milliseconds(client: Client, name: str, url: str) -> tuple[float, float]:
    """The time of one request, by the wall and of the process. A page that does not answer 200 ends the run."""
    watch = Stopwatch()
    status = client.get(url).status_code
    wall, own = watch.lap()
    if status != 200:
        raise SystemExit(f"{name}: {url} answered {status}")
    return wall * 1000, own * 1000


def _say(words: Mapping[str, Any]) -> None:
    print(json.dumps(words), flush=True)
