"""The demonstration loaded once for the tests that walk all pages, and taken back at their end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole fictional district, inside a transaction that is rolled back; its people sign in only while it is on."""
    from huanchuang.accounts.services import grant
    from huanchuang.audit.services import SYSTEM
    from huanchuang.web import demo
    from pages.samples import demo_user

    with override_settings(HUANCHUANG_DEMO=True), django_db_blocker.unblock(), transaction.atomic():
        demo.load()
        grant(SYSTEM, demo_user("manager"), "registry.organisation:1", "对接项目", field_class="matched")
        yield
        transaction.set_rollback(True)
