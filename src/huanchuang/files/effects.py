"""The door for owners of files: each kind of subject says who may read what is attached to it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from huanchuang.accounts.models import User

Checker = Callable[[User, str], bool]
"""(user, subject `app.model:id`) → may this user read the files of this subject?"""

_checkers: dict[str, Checker] = {}


def may_read(kind_of_subject: str, function: Checker) -> None:
    """Let `function` decide for subjects `kind_of_subject` ("steering.task"). Without a checker nobody may read."""
    if _checkers.get(kind_of_subject, function) is not function:
        raise ImproperlyConfigured(f"files: {kind_of_subject!r} has two checkers")
    _checkers[kind_of_subject] = function


def reader_allowed(user: User, subject: str) -> bool:
    """Whether the owner of `subject` lets `user` read its files; no by default."""
    checker = _checkers.get(subject.partition(":")[0])
    return checker is not None and checker(user, subject)
