"""The demonstration for the tests that walk all pages, and the database as it was at their end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from prepared import demonstration_database


@contextmanager
def _loaded() -> Iterator[None]:
    """The whole fictional district inside a transaction that is rolled back, for databases that are no file to copy."""
    from huanchuang.web import demo

    with transaction.atomic():
        demo.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole fictional district; its people sign in only while it is on."""
    from huanchuang.accounts.services import grant
    from huanchuang.audit.services import SYSTEM
    from pages.samples import demo_user

    district = demonstration_database if connection.vendor == "sqlite" else _loaded
    with override_settings(HUANCHUANG_DEMO=True), django_db_blocker.unblock(), district():
        grant(SYSTEM, demo_user("manager"), "registry.organisation:1", "对接项目", field_class="matched")
        yield
