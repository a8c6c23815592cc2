"""Writing the registry: every change is one transaction with its revision and its audit entry."""

from huanchuang.registry.services.bulk import register_many, register_organisations
from huanchuang.registry.services.bulk_links import Tie, relate_many
from huanchuang.registry.services.entries import change, confirm, register, retire
from huanchuang.registry.services.life import take_step
from huanchuang.registry.services.links import relate, unrelate
from huanchuang.registry.services.maturity import Evidence, lower_trl, raise_trl, withdraw_proof
from huanchuang.registry.services.members import join, leave
from huanchuang.registry.services.organisations import (
    change_organisation,
    register_organisation,
    retire_organisation,
)
from huanchuang.registry.services.qualifications import (
    change_qualification,
    qualify,
    reinstate_qualification,
    revoke_qualification,
)

__all__ = [
    "Evidence",
    "Tie",
    "change",
    "change_organisation",
    "change_qualification",
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
    "reinstate_qualification",
    "relate",
    "relate_many",
    "retire",
    "retire_organisation",
    "revoke_qualification",
    "take_step",
    "unrelate",
    "withdraw_proof",
]
