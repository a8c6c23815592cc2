"""The codes that a column of a whole table holds, each found by one step through its index.

DISTINCT reads every row on PostgreSQL: 40 ms for 100,000 organisations, for two dozen regions. From each code the next greater one
is one look into the index; both databases understand the same recursive question.
"""

from __future__ import annotations

from django.db import connection, models


def codes_in_table(model: type[models.Model], column: str) -> list[str]:
    """The distinct values of an indexed column of text, in its order, without the empty one."""
    quote = connection.ops.quote_name
    table, name = quote(model._meta.db_table), quote(column)
    words = f"""
        WITH RECURSIVE step (code) AS (
            SELECT MIN({name}) FROM {table} WHERE {name} > ''
            UNION ALL
            SELECT (SELECT MIN({name}) FROM {table} WHERE {name} > step.code) FROM step WHERE step.code IS NOT NULL
        )
        SELECT code FROM step WHERE code IS NOT NULL
    """  # noqa: S608  (names of our own model)
    with connection.cursor() as cursor:
        cursor.execute(words)
        return [code for (code,) in cursor.fetchall()]
