"""What people type about entries of the register."""

from huanchuang.registry.forms.entry import EntryForm, initial_of, initial_of_new, meanwhile, rebased
from huanchuang.registry.forms.small import JoinForm, PurposeForm, ReasonForm, asked_in

__all__ = [
    "EntryForm",
    "JoinForm",
    "PurposeForm",
    "ReasonForm",
    "asked_in",
    "initial_of",
    "initial_of_new",
    "meanwhile",
    "rebased",
]
