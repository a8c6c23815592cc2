"""The versions of a policy as its page shows them: how each stands, who published it, and what it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huanchuang.definitions.queries.differences import in_words
from huanchuang.definitions.queries.versions import Version, standing, versions_of
from huanchuang.policies.queries.library import KIND

STANDINGS: Mapping[str, tuple[str | Promise, str]] = {
    "current": (_("现行"), "green"),
    "future": (_("待生效"), "blue"),
    "superseded": (_("已被取代"), "grey"),
    "expired": (_("已到期"), "grey"),
    "broken": (_("读不出来"), "red"),
}
"""How a version stands → word and tone."""


@dataclass(frozen=True)
class Edition:
    """One version of a policy."""

    version: Version
    word: str | Promise
    tone: str
    changes: Sequence[str]
    """What it changed against the version before it, in sentences."""


def editions_of(name: str, day: dt.date, words: str) -> list[Edition]:
    """All versions of a policy, the one published last first."""
    every = versions_of(KIND).get(name, ())
    found = []
    for place, one in enumerate(every):
        word, tone = STANDINGS[standing(every, one, day)]
        changed = in_words(every[place - 1].pack, one.pack, words) if place else []
        found.append(Edition(one, word, tone, changed))
    return found[::-1]


def coming(name: str, day: dt.date) -> Version | None:
    """The next version that has not begun yet."""
    later = [one for one in versions_of(KIND).get(name, ()) if not one.has_begun(day)]
    return min(later, key=lambda one: one.valid_from or dt.date.max, default=None)
