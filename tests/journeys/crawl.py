"""Finds one address of every page a person can reach, by following links as they would."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve

from journeys.conftest import Visitor

LIMIT = 150
"""Addresses looked at in one walk; the walk takes one address of each page, so this is never reached."""

PAGES_ONLY = "els => els.map(e => e.href).concat([...document.querySelectorAll('[data-why]')].map(e => new URL(e.dataset.why, location).href))"


@dataclass(frozen=True)
class Found:
    """A page as it was reached."""

    name: str
    url: str


def reachable(visitor: Visitor, starts: list[str]) -> list[Found]:
    """One address of every page with a name that the signed-in visitor reaches from `starts`, in the order found."""
    found: dict[str, Found] = {}
    waiting = deque(visitor.site.url + start for start in starts)
    while waiting and len(found) < LIMIT:
        url = urldefrag(waiting.popleft()).url
        name = page_name(url, visitor)
        if name is None or name in found:
            continue
        answer = visitor.page.request.head(url)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue  # a file to save, not a page to read
        answer = visitor.page.goto(url)
        if answer is None or answer.status != 200:
            continue
        found[name] = Found(name, url)
        waiting.extend(visitor.page.eval_on_selector_all("a[href]", PAGES_ONLY))
    return list(found.values())


def page_name(url: str, visitor: Visitor) -> str | None:
    """The name of the page behind an address of the site, or None for what is not ours."""
    if not url.startswith(visitor.site.url):
        return None
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None
