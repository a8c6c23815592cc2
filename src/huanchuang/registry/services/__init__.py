"""Writing the registry: every change is one transaction with its revision and its audit entry."""

from huanchuang.registry.services.bulk import register_many, register_organisations
from huanchuang.registry.services.entries import change, confirm, register, retire
from huanchuang.registry.services.links import qualify, relate, revoke_qualification, unrelate
from huanchuang.registry.services.members import join, leave
from huanchuang.registry.services.organisations import (
    change_organisation,
    register_organisation,
    retire_organisation,
)

__all__ = [
    "change",
    "change_organisation",
    "confirm",
    "join",
    "leave",
    "qualify",
    "register",
    "register_many",
    "register_organisation",
    "register_organisations",
    "relate",
    "retire",
    "retire_organisation",
    "revoke_qualification",
    "unrelate",
]
