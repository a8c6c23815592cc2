"""Folders that go when the process that made them ends."""

from __future__ import annotations

import atexit
import os
import shutil
from pathlib import Path


def at_the_end_of_this_process(folder: str | Path) -> None:
    """Remove a folder when this process ends; a copy of it (fork) that ends before leaves it alone."""
    atexit.register(_remove, folder, os.getpid())


def _remove(folder: str | Path, made_by: int) -> None:
    if os.getpid() == made_by:
        shutil.rmtree(folder, ignore_errors=True)
