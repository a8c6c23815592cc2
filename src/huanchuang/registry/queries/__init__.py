"""Reading the registry."""

from huanchuang.registry.queries.organisations import (
    changeable,
    find,
    may_change,
    organisation_of_subject,
    organisations_of,
    resolve_unit,
    resolve_units,
    visible_organisations,
)

__all__ = [
    "changeable",
    "find",
    "may_change",
    "organisation_of_subject",
    "organisations_of",
    "resolve_unit",
    "resolve_units",
    "visible_organisations",
]
