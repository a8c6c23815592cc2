"""Fixtures for all tests: the reference material beside the repository, and the stock cast of people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

from prepared import prepared_folder

# A loaded machine is no fault of a property: no deadlines, and no complaint that examples are slow to make.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """One folder for what is prepared once, for this process and its workers."""
    while_it_runs = ExitStack()
    while_it_runs.enter_context(prepared_folder())
    config.add_cleanup(while_it_runs.close)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material that lies beside the repository on the builders' machines and in CI."""
    folder = Path(__file__).resolve().parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no reference material beside the repository")
    return folder


@pytest.fixture(scope="session", autouse=True)
def trail_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions empty every table afterwards; guards of the trail and of versions step aside for it."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    guards = [
        import_module(f"huanchuang.{name}.migrations.0001_initial") for name in ("audit", "definitions")
    ]
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unguarded(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        vendor = operations.connection.vendor
        down = [statement for one in guards for statement in one.unguard_statements(vendor)]
        up = [statement for one in guards for statement in one.guard_statements(vendor)]
        flush(operations, [*down, *statements, *up])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_unguarded)
        yield


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """One user of each role, a stranger (a clerk who belongs nowhere) and nobody at all."""
    from huanchuang.accounts.models import Role, User

    people = {}
    for role in Role:
        people[role.value] = User.objects.create_user(
            username=f"cast-{role.value}", name=str(role.label), role=role.value, password="cast-pass-9x"
        )
    people["stranger"] = User.objects.create_user(
        username="cast-stranger", name="外人", role=Role.CLERK.value, password="cast-pass-9x"
    )
    return SimpleNamespace(**people, anonymous=None)
