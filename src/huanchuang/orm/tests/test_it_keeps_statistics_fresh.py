"""After a large load the database knows how large its tables are; both databases understand how they are told."""

from __future__ import annotations

import pytest
from django.db import connection

from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM, record
from huanchuang.orm.statistics import refresh_statistics


@pytest.mark.django_db
@pytest.mark.parametrize("tables", [(), (Entry,)])
def test_the_database_knows_the_size_of_a_table(tables):
    for _ in range(3):
        record(SYSTEM, "facts.fact.record", "district:1")
    refresh_statistics(*tables)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'audit_entry'")
        else:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'audit_entry'")
        [(found, *_), *_rest] = cursor.fetchall()
    assert int(float(str(found).split()[0])) == 3
