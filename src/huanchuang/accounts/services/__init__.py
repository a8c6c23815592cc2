"""Writing accounts: one verb per function, one transaction each, each with its audit entry."""

from huanchuang.accounts.services.demo import set_demo_users
from huanchuang.accounts.services.grants import grant, revoke
from huanchuang.accounts.services.people import (
    assign_role,
    change_user,
    create_service,
    create_user,
    deactivate,
    new_password,
    reactivate,
    reset_second_factor,
    set_password,
)
from huanchuang.accounts.services.tokens import make_token, note_token_use, note_wrong_token, revoke_token
from huanchuang.accounts.services.visits import note_own_password, note_second_factor, note_sign_in

__all__ = [
    "assign_role",
    "change_user",
    "create_service",
    "create_user",
    "deactivate",
    "grant",
    "make_token",
    "new_password",
    "note_own_password",
    "note_second_factor",
    "note_sign_in",
    "note_token_use",
    "note_wrong_token",
    "reactivate",
    "reset_second_factor",
    "revoke",
    "revoke_token",
    "set_demo_users",
    "set_password",
]
