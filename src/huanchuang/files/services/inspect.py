"""What an upload really is, and whether it may be taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from huanchuang.files.services.names import suffix_of
from huanchuang.files.services.refusals import refusal


@dataclass(frozen=True)
class Finding:
    """The kind of the content, and what shall be known about it."""

    kind: str
    notes: list[dict[str, str]] = field(default_factory=list)


def inspect(path: Path, name: str, accept: frozenset[str]) -> Finding:
    """Check the content of `path`, shown as `name`; refused files raise ProblemError."""
    kind = suffix_of(name)
    if kind not in accept:
        raise refusal("not_accepted", name, kind=kind, accept="、".join(sorted(accept)))
    return Finding(kind)
