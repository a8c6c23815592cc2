"""Doors for the slices above: bodies of work, regular work, and the news that a job has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.dispatch import Signal

if TYPE_CHECKING:
    from huanchuang.jobs.services.run import Run

Body = Callable[["Run"], dict[str, Any] | None]

finished = Signal()
"""Sent with `job` after a job has come to its end (done, failed or cancelled)."""


class Bodies:
    """Kind → the function that does the work."""

    def __init__(self) -> None:
        self._functions: dict[str, Body] = {}

    def register(self, kind: str, function: Body) -> Body:
        """Add a body; the same kind twice is a mistake of the program."""
        if self._functions.get(kind, function) is not function:
            raise ImproperlyConfigured(f"jobs: the kind {kind!r} has two bodies")
        self._functions[kind] = function
        return function

    def get(self, kind: str) -> Body | None:
        """The body of `kind`, or None where none is installed."""
        return self._functions.get(kind)


bodies = Bodies()
regular: dict[str, tuple[float, Callable[[], object]]] = {}
"""Name → (least seconds between two calls, function), called by `services.tick`."""


def body(kind: str) -> Callable[[Body], Body]:
    """Register the decorated function as the body of jobs of `kind`. Returns its result: `{"url", "text"}`."""
    return lambda function: bodies.register(kind, function)


def every(seconds: float, name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Let the ticker call the decorated function at most once per `seconds`. It must be idempotent."""

    def keep(function: Callable[[], object]) -> Callable[[], object]:
        regular[name] = (seconds, function)
        return function

    return keep
