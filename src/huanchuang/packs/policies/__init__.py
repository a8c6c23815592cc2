"""Policies: from the files of a pack to values the engine decides by.

1. `reading` takes the entries of ``policy.yaml`` as texts with their lines.
2. `criteria` makes the fact dictionary and the code lists of the library the vocabulary of conditions.
3. `build` reads every expression, parameter and group; mistakes come with line and advice.
4. `samples` and `asking` put the example cases to the engine.
5. `kind` gives the loader all of it; `policies` below hands the policies of a library to callers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from huanchuang.engines.rules import Policy
from huanchuang.packs.library import library
from huanchuang.packs.policies.criteria import Criteria, criteria_of

__all__ = ["Criteria", "criteria", "criteria_of", "policies", "policy"]


def policies(extra_dirs: Iterable[Path] = ()) -> tuple[Policy, ...]:
    """All policies, shipped ones first. ProblemError where a pack is faulty."""
    return _policies(tuple(extra_dirs))


def policy(pack_id: str, extra_dirs: Iterable[Path] = ()) -> Policy:
    """One policy. ProblemError where there is no such pack or it is faulty."""
    found: Policy = library(tuple(extra_dirs)).get(pack_id).content.policy
    return found


def criteria(extra_dirs: Iterable[Path] = ()) -> Criteria:
    """The facts and codes that conditions may speak of."""
    return criteria_of(library(tuple(extra_dirs)))


@cache
def _policies(extra_dirs: tuple[Path, ...]) -> tuple[Policy, ...]:
    return tuple(pack.content.policy for pack in library(extra_dirs).all("policies"))
