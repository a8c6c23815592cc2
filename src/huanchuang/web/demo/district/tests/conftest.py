"""The district, loaded once for each file of tests."""

from __future__ import annotations

import pytest

from huanchuang.accounts.services.demo import set_demo_users
from huanchuang.audit.services import SYSTEM
from huanchuang.web.demo.district import load


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker):
    """What a first load brought; it is taken back when the file is done."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        set_demo_users(SYSTEM)
        yield load(SYSTEM)
        transaction.set_rollback(True)
