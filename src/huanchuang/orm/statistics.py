"""What the database knows of the sizes of its own tables, from which it chooses its way through them.

PostgreSQL gathers this by itself, SQLite only when told. Without it SQLite takes an index that leads to nearly every row
for a short cut: the thousandth page of a list of 100,000 then takes 370 ms instead of 3. Both understand ANALYZE.
"""

from __future__ import annotations

from django.db import connection, models

MANY = 10_000
"""Loads of so many rows and more change the picture."""


def refresh_statistics(*tables: type[models.Model]) -> None:
    """Look at the sizes anew: of some tables, without any of all (0.6 s for a million facts)."""
    with connection.cursor() as cursor:
        if not tables:
            cursor.execute("ANALYZE")
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")
