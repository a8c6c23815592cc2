"""The address table as data: every page with its deed, and a sample for every kind of argument.

A new page cannot be forgotten: what the table holds is tested, and an argument without a sample fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

OUTSIDE = ("ninja", "django.views.static")
"""Views of libraries: the API has its own test (test_every_call.py)."""


@dataclass(frozen=True)
class Page:
    """One entry of the address table."""

    route: str
    name: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def deed(self) -> str | None:
        """The deed that opens it, or None."""
        return getattr(self.view, "deed", None)

    @property
    def public(self) -> str | None:
        """Why anybody may open it, or None."""
        return getattr(self.view, "public", None)

    def __str__(self) -> str:
        return self.name or self.route


def pages() -> list[Page]:
    """Every page of the product."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, namespace: str) -> Iterator[Page]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _walk(entry.url_patterns, route, inner)
        elif not getattr(entry.callback, "func", entry.callback).__module__.startswith(OUTSIDE):
            name = ":".join(part for part in (namespace, entry.name) if part)
            yield Page(route, name, tuple(entry.pattern.converters), entry.callback)
