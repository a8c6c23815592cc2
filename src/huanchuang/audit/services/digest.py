"""The digest of an entry and the head of a seal: what exactly is taken, so that anybody can take it again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from huanchuang.audit.models import Entry

GENESIS = "0" * 64
"""The head before the first seal."""

FIELDS = (
    "kind",
    "actor_id",
    "actor_name",
    "address",
    "purpose",
    "verb",
    "subject",
    "before",
    "after",
    "note",
)


def canonical(value: Any) -> str:
    """JSON text with sorted keys and no spaces; values JSON does not know (dates, decimals) as their text.

    Two equal values have one text; lone surrogates, which no database takes, become `?`.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return text.encode("utf-8", "replace").decode("utf-8")


def entry_digest(entry: Entry) -> str:
    """sha256 of the canonical content: every column but id and digest; the moment in UTC with microseconds."""
    moment = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    content = {name: str(getattr(entry, name)) for name in FIELDS}
    return hashlib.sha256(canonical({"at": moment, **content}).encode()).hexdigest()


def seal_head(previous: str, rows: Iterable[tuple[int, str]]) -> str:
    """sha256 of the previous head, then of `id:digest` of every row in order, then of count, first and last id."""
    taken = hashlib.sha256(previous.encode())
    count, first, last = 0, 0, 0
    for identity, digest in rows:
        taken.update(f"\n{identity}:{digest}".encode())
        count, first, last = count + 1, first or identity, identity
    taken.update(f"\n{count} {first} {last}".encode())
    return taken.hexdigest()
