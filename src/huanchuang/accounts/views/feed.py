"""A calendar under a private address: calendar programs cannot sign in, so the address itself is the secret."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from huanchuang.engines.kernel.icalendar import Event, calendar


def feed_address(url_name: str, token: str) -> str:
    """The whole address of a calendar, as it is shown once."""
    return f"{settings.HUANCHUANG_LINK_BASE}{reverse(url_name, args=[token])}"


def feed_answer(title: str, events: Iterable[Event], name: str) -> HttpResponse:
    """A calendar as its program fetches it; in Chinese, because the program says nothing of its reader."""
    with translation.override("zh-hans"):
        text = calendar(title, events, timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
