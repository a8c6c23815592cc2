"""Walks to one address of every page a person can reach, by following links as they would."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve

from journeys.conftest import Visitor

HREFS = "links => links.map(link => link.href)"


def walk(visitor: Visitor, starts: list[str]) -> Iterator[str]:
    """Go to one address of each page reachable from `starts`; yields the page's name while the visitor stands on it."""
    been: set[str] = set()
    waiting = deque(visitor.site.url + start for start in starts)
    while waiting:
        url = urldefrag(waiting.popleft()).url
        name = page_name(url, visitor)
        if name is None or name in been:
            continue
        answer = visitor.page.request.head(url)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue  # not for this person here, or a file to save
        been.add(name)
        visitor.page.goto(url)
        waiting.extend(visitor.page.eval_on_selector_all("a[href]", HREFS))
        yield name


def page_name(url: str, visitor: Visitor) -> str | None:
    """The name of the page behind an address of the site, or None for what is not ours."""
    if not url.startswith(visitor.site.url):
        return None
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None
