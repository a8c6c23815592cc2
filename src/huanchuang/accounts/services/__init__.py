"""Writing accounts: one verb per function, one transaction each, each with its audit entry."""

from huanchuang.accounts.services.demo import set_demo_users
from huanchuang.accounts.services.grants import grant, revoke
from huanchuang.accounts.services.people import (
    assign_role,
    change_user,
    create_user,
    deactivate,
    new_password,
    reactivate,
    reset_second_factor,
    set_password,
)
from huanchuang.accounts.services.privacy import unmask
from huanchuang.accounts.services.visits import note_own_password, note_second_factor, note_sign_in

__all__ = [
    "assign_role",
    "change_user",
    "create_user",
    "deactivate",
    "grant",
    "new_password",
    "note_own_password",
    "note_second_factor",
    "note_sign_in",
    "reactivate",
    "reset_second_factor",
    "revoke",
    "set_demo_users",
    "set_password",
    "unmask",
]
