"""Writing the registry: every change is one transaction with its audit entry."""

from huanchuang.registry.services.bulk import register_organisations
from huanchuang.registry.services.members import join, leave
from huanchuang.registry.services.register import (
    change_organisation,
    register_organisation,
    retire_organisation,
)

__all__ = [
    "change_organisation",
    "join",
    "leave",
    "register_organisation",
    "register_organisations",
    "retire_organisation",
]
