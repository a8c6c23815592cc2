"""Write columns of many rows, each row its own values, in one call to the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def set_columns(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set the fields `names` (a key as `plan_id`) of many rows; the key of the row stands last in each.

    The caller is inside a transaction and holds the rows: no version is checked.
    """
    fields = [_field(model, name) for name in names]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    # only names of our own tables and columns are put together here, values are parameters
    statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {quote('id')} = %s"  # noqa: S608
    values = [
        (
            *(field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=False)),
            row[-1],
        )
        for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    found = model._meta.get_field(name.removesuffix("_id"))
    if not isinstance(found, Field):
        raise TypeError(f"{name} of {model.__name__} has no column")
    return found


def set_fields(objects: Iterable[Model], names: Sequence[str]) -> None:
    """Save the fields `names` of objects of one table as they stand on them; as `set_columns`."""
    found = list(objects)
    if found:
        set_columns(
            type(found[0]), names, ([*(getattr(one, name) for name in names), one.pk] for one in found)
        )
