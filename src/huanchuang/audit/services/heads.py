"""`audit-heads.log` beside the data: one line a seal, appended after the seal stands in the database.

The file is the witness outside the table: whoever cuts the newest entries together with their seals leaves lines
here without a seal. A line holds, separated by spaces: number, head, count, first and last entry, moment.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.conf import settings

from huanchuang.audit.models import Seal


@dataclass(frozen=True)
class Head:
    """What one line witnesses."""

    number: int
    head: str


class BrokenLine(ValueError):
    """A line of the file that is not ours; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is not a head")
        self.line = line


def heads_file() -> Path:
    """Where the heads are kept."""
    return Path(settings.HUANCHUANG_DATA) / "audit-heads.log"


def read_heads() -> list[Head]:
    """The heads in the file, oldest first; none where there is no file. Raises BrokenLine."""
    path = heads_file()
    return _parse(path.read_text(encoding="utf-8")) if path.is_file() else []


def append_missing() -> None:
    """Write a line for every seal newer than the last line, so that a crash between commit and file heals itself."""
    with _locked(heads_file()) as handle:
        heads = _parse(handle.read())
        newest = heads[-1].number if heads else 0
        for seal in Seal.objects.filter(number__gt=newest).order_by("number"):
            handle.write(_line(seal))


def _line(seal: Seal) -> str:
    moment = seal.at.astimezone(dt.UTC).isoformat(timespec="seconds")
    return f"{seal.number} {seal.head} {seal.count} {seal.first_entry} {seal.last_entry} {moment}\n"


def _parse(text: str) -> list[Head]:
    heads = []
    for place, line in enumerate(text.splitlines(), start=1):
        parts = line.split()
        if len(parts) != 6 or not parts[0].isdecimal():
            raise BrokenLine(place)
        heads.append(Head(int(parts[0]), parts[1]))
    return heads


@contextmanager
def _locked(path: Path) -> Iterator[TextIO]:
    """The file open for reading and appending, held by this process alone, on the disk before it is let go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        yield handle
        handle.flush()
        os.fsync(handle.fileno())
