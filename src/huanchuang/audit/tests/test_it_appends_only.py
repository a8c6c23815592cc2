"""The trail takes new rows and refuses every other change, in Python and in SQL."""
# ruff: noqa: S608  (the SQL here plays the intruder; its parts are our own constants)

import pytest
from django.db import DatabaseError, connection, transaction

from huanchuang.audit import services
from huanchuang.audit.models import AppendOnly, Entry, Seal


@pytest.fixture
def entry(db) -> Entry:
    services.record(
        services.SYSTEM, "steering.task.close", "steering.task:7", {"state": "open"}, {"state": "closed"}
    )
    return Entry.objects.get()


def test_it_refuses_to_save_again(entry):
    entry.note = "changed"
    with pytest.raises(AppendOnly):
        entry.save()


def test_it_refuses_to_delete(entry):
    with pytest.raises(AppendOnly):
        entry.delete()


@pytest.mark.parametrize(
    "deed",
    [lambda rows: rows.update(note="x"), lambda rows: rows.delete(), lambda rows: rows.bulk_update([], [])],
)
def test_it_refuses_change_of_many(entry, deed):
    with pytest.raises(AppendOnly):
        deed(Entry.objects.all())


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
def test_it_refuses_change_by_sql(entry, tmp_path, settings, table):
    settings.HUANCHUANG_DATA = tmp_path
    services.seal()
    whole = [f"TRUNCATE {table}"] if connection.vendor == "postgresql" else []
    for statement in [f"UPDATE {table} SET id = id", f"DELETE FROM {table}", *whole]:
        with (
            pytest.raises(DatabaseError, match="appended only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Entry.objects.count() == 1
    assert Seal.objects.count() == 1


def test_it_falls_with_the_transaction_it_belongs_to(db):
    def close_and_fail() -> None:
        services.record(services.SYSTEM, "steering.task.close", "steering.task:7")
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        close_and_fail()
    assert not Entry.objects.exists()


def test_it_costs_one_insert(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        services.record(services.SYSTEM, "steering.task.close", "steering.task:7", None, {"state": "closed"})
