"""A draft that can be published, and the people around it."""

from __future__ import annotations

import pytest

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of
from huanchuang.definitions.services import start_draft, submit
from huanchuang.definitions.services.start import skeleton_files

PACK = "qingcen.trial-subsidy"


@pytest.fixture
def second(db) -> User:
    """Another officer."""
    return User.objects.create_user(
        username="cast-second", name="高科长", role=Role.OFFICER.value, password="cast-pass-9x"
    )


@pytest.fixture
def draft(cast):
    """The skeleton of a new policy, begun by the officer."""
    return start_draft(actor_of(cast.officer), "policies", PACK, skeleton_files("policies", PACK))


@pytest.fixture
def waiting(cast, draft):
    """The same, submitted."""
    return submit(actor_of(cast.officer), draft, draft.version)
