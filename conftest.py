"""Fixtures for all tests: the reference material beside the repository, and the stock cast of people."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material that lies beside the repository on the builders' machines and in CI."""
    folder = Path(__file__).resolve().parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no reference material beside the repository")
    return folder


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """One user of each role, a stranger (a clerk who belongs nowhere) and nobody at all."""
    from huanchuang.accounts.models import Role, User

    people = {}
    for role in Role:
        people[role.value] = User.objects.create_user(username=f"cast-{role.value}", name=role.label, role=role.value, password="cast-pass-9x")
    people["stranger"] = User.objects.create_user(username="cast-stranger", name="外人", role=Role.CLERK.value, password="cast-pass-9x")
    return SimpleNamespace(**people, anonymous=None)
