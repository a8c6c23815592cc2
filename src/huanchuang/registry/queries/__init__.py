"""Reading the registry."""

from huanchuang.registry.queries.organisations import (
    find,
    may_change,
    organisation_of_subject,
    organisations_of,
    resolve_unit,
    resolve_units,
    visible_organisations,
)

__all__ = [
    "find",
    "may_change",
    "organisation_of_subject",
    "organisations_of",
    "resolve_unit",
    "resolve_units",
    "visible_organisations",
]
