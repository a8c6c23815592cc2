"""Contents on the disk: `<data>/files/ab/cdef…`, written whole or not at all, readable by the product alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huanchuang.files.queries import folder, place_of


def incoming() -> Path:
    """Where uploads lie until they are checked."""
    path = folder() / "incoming"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextmanager
def lock(*, exclusive: bool) -> Iterator[None]:
    """Keep the removal of contents and the placing of contents apart, across processes."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder() / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def settle(temporary: Path, digest: str) -> None:
    """Move a checked, synced upload to its place. Content that lies there already is replaced by its equal,
    so that its age starts anew and the removal of old contents leaves it alone."""
    final = place_of(digest)
    with lock(exclusive=False):
        final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.replace(final)
        _sync_folder(final.parent)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
