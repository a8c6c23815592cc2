"""The demonstration loaded once for the tests that walk all pages, and taken back at their end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole fictional district, inside a transaction that is rolled back; its people sign in only while it is on."""
    from huanchuang.web import demo

    with override_settings(HUANCHUANG_DEMO=True), django_db_blocker.unblock(), transaction.atomic():
        demo.load()
        yield
        transaction.set_rollback(True)
