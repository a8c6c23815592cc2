"""Reading the registry."""

from huanchuang.registry.queries.organisations import (
    find,
    organisations_of,
    resolve_unit,
    resolve_units,
    visible_organisations,
)

__all__ = [
    "find",
    "organisations_of",
    "resolve_unit",
    "resolve_units",
    "visible_organisations",
]
