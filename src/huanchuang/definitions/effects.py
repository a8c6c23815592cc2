"""Doors for the slices above: which kinds of definitions they live by, and the news of drafts and publications."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.signals import request_finished, request_started
from django.dispatch import Signal

from huanchuang.accounts.models import User
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.kinds import Offer, Way, offer
from huanchuang.definitions.queries.newest import forget, remember

submitted = Signal()
"""Sent with `draft` when somebody asks for its publication."""
returned = Signal()
"""Sent with `draft` when it goes back to its author with a remark."""
published = Signal()
"""Sent with `draft` and `version` when it has become a version."""


def offer_kind(
    name: str,
    page: Callable[[str], str],
    ways: Callable[[User, Draft], Sequence[Way]] = lambda user, draft: (),
) -> None:
    """Let definitions of a kind be written here; `page` gives the address of the page on which a pack of it is read.

    `ways` gives what else a person may do with a draft: set it against what is published, put it to somebody.
    """
    offer(Offer(name, page, ways))


request_started.connect(remember, dispatch_uid="definitions.remember")
request_finished.connect(forget, dispatch_uid="definitions.forget")
