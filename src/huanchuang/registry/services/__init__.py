"""Writing the registry: every change is one transaction with its revision and its audit entry."""

from huanchuang.registry.services.bulk import register_many, register_organisations
from huanchuang.registry.services.entries import change, confirm, register, retire
from huanchuang.registry.services.life import take_step
from huanchuang.registry.services.links import qualify, relate, revoke_qualification, unrelate
from huanchuang.registry.services.maturity import Evidence, lower_trl, raise_trl, withdraw_proof
from huanchuang.registry.services.members import join, leave
from huanchuang.registry.services.organisations import (
    change_organisation,
    register_organisation,
    retire_organisation,
)

__all__ = [
    "Evidence",
    "change",
    "change_organisation",
    "confirm",
    "join",
    "leave",
    "lower_trl",
    "qualify",
    "raise_trl",
    "register",
    "register_many",
    "register_organisation",
    "register_organisations",
    "relate",
    "retire",
    "retire_organisation",
    "revoke_qualification",
    "take_step",
    "unrelate",
    "withdraw_proof",
]
