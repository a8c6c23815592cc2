"""Who answers for the facts of which kind of subject.

may_see("steering.target", lambda user, subject: Access(reads=True, records=False, title="…", url="…"))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huanchuang.accounts.models import User


@dataclass(frozen=True)
class Access:
    """What one person may do with the facts of one subject, and what the subject is called."""

    reads: bool
    records: bool
    title: str = ""
    url: str = ""


Checker = Callable[[User, str], Access | None]
_checkers: dict[str, Checker] = {}


def may_see(kind: str, checker: Checker) -> None:
    """Register who answers for subjects of a kind (`steering.target`); one for each kind."""
    if _checkers.setdefault(kind, checker) is not checker:
        raise ValueError(f"somebody answers for facts of {kind!r} already")


def checker_of(kind: str) -> Checker | None:
    """Who answers for subjects of a kind; None where nobody does."""
    return _checkers.get(kind)
