"""A confidential achievement is nowhere for those without the right: not a word of it, and nothing that differs by it.

Everything that can hang on one is planted with a marked word in each text; then the whole product is read, page by page,
file by file, call by call, as every role. What is new in the address table is read without anybody remembering it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction

from huanchuang.accounts.models import Role, User
from huanchuang.registry.models import Entry
from pages import crawl
from pages.samples import demo_user
from pages.secrets import MARK, Ground, ground, plant

pytestmark = pytest.mark.django_db
DIFFERS = ("web:audit", "accounts:", "usersessions", "mfa")
"""Pages that differ anyway: the trail tells that something was done (not to what), accounts tell of one's own session."""


COMPARED = ("officer", "auditor", "clerk", "researcher")
"""One role of each way of seeing: the district with and without writing, one's own, the public part."""

Told = tuple[Ground, list[Entry], dict[str, dict[str, str]]]


def everywhere(user: User, on: Ground, entries: list[Entry]) -> Iterator[str]:
    for page in crawl.readable_pages():
        if crawl.may_open(page, user):
            yield from crawl.addresses(page, entries)
    yield from crawl.list_addresses(MARK, on.unit)
    yield from crawl.calls(MARK, entries)


def innocent(user: User, on: Ground) -> Iterator[str]:
    """Addresses that exist with and without the secret."""
    for page in crawl.readable_pages():
        known = page.name.startswith(("registry:", "facts:subject")) or not page.arguments
        if known and not page.name.startswith(DIFFERS) and crawl.may_open(page, user):
            yield from (where for where in crawl.addresses(page, on.entries) if "/files/" not in where)
    yield from crawl.list_addresses("公开", on.unit)


@pytest.fixture
def told(demonstration: None) -> Iterator[Told]:
    """The ground, what was planted on it, and how everything looked before to some roles."""
    with transaction.atomic():
        on = ground()
        before = {
            role: {where: crawl.settled(text) for where, _, text in crawl.visit(user, innocent(user, on))}
            for role in COMPARED
            if (user := demo_user(role))
        }
        yield on, plant(on), before
        transaction.set_rollback(True)


def test_it_shows_nothing_and_changes_nothing_for_those_without_the_right(
    told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    on, secrets, before = told
    caplog.set_level(logging.DEBUG)
    leaks, differs, broken = [], [], []
    for role in Role.values:
        user, then = demo_user(role), before.get(role, {})
        for where, status, text in crawl.visit(user, [*then, *everywhere(user, on, [*on.entries, *secrets])]):
            if MARK in _unasked(text):
                leaks.append((role, where))
            if where in then and crawl.settled(text) != then[where]:
                differs.append((role, where))
            if status >= 500:
                broken.append((role, where))
    assert leaks == []
    assert differs == []
    assert broken == []
    assert MARK not in caplog.text


def test_its_own_people_find_it(demonstration: None) -> None:
    """The crawl would see it: to whom it belongs it is there."""
    with transaction.atomic():
        on = ground()
        secrets = plant(on)
        found = [
            where
            for where, _, text in crawl.visit(on.inside, everywhere(on.inside, on, secrets))
            if MARK in _unasked(text)
        ]
        transaction.set_rollback(True)
    assert {entry.get_absolute_url() for entry in secrets} <= set(found)


def _unasked(text: str) -> str:
    """The page without the words that the visitor typed into its own search box."""
    for echo in (f'value="{MARK}"', f"“{MARK}”", f"q={MARK}"):
        text = text.replace(echo, "")
    return text
