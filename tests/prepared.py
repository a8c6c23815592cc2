"""The demonstration, loaded once for a whole run of tests; who wants it takes a copy.

`./run test` gives all its parts one folder; otherwise the workers of one pytest share one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from throw_away import at_the_end_of_this_process

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "HUANCHUANG_PREPARED"
"""Names the folder in the environment, so that workers and the processes they start find it."""
DATABASE = "huanchuang.sqlite3"


@contextmanager
def prepared_folder() -> Iterator[None]:
    """A folder for what is prepared while this lasts, unless there is one already."""
    if os.environ.get(FOLDER):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="huanchuang-prepared-") as made:
        os.environ[FOLDER] = made
        try:
            yield
        finally:
            del os.environ[FOLDER]


def demonstration_environment(data: Path) -> dict[str, str]:
    """What a process is told that serves or loads the demonstration in a folder of data, whatever this one was told."""
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("HUANCHUANG_", "DJANGO_"))
    }
    return {
        **own,
        "HUANCHUANG_DEMO": "1",
        "HUANCHUANG_TODAY": "2026-06-30",
        "HUANCHUANG_DATA": str(data),
        "PYTHONPATH": str(ROOT / "src"),
    }


def demonstration() -> Path:
    """The folder of data as `huanchuang demo load` leaves it. Who asks first makes it, and the others wait."""
    root = Path(os.environ[FOLDER])
    data, ready = root / "demonstration", root / "ready"
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.is_file():
            shutil.rmtree(data, ignore_errors=True)
            subprocess.run(
                [sys.executable, "-m", "huanchuang.web.cli", "demo", "load"],
                cwd=ROOT,
                env=demonstration_environment(data),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            ready.touch()
    return data


@contextmanager
def demonstration_database() -> Iterator[None]:
    """The database of the tests is a copy of the demonstration's while this lasts, its files beside it (SQLite only).

    Each copy has a place of its own, since workers share one folder of data, and stays until the process ends: an answer
    that nobody read to its end keeps its connection, and a new file must not take the place of one that is open.
    """
    made, data = demonstration(), Path(settings.HUANCHUANG_DATA)
    copies = Path(tempfile.mkdtemp(prefix="demonstration-", dir=data))
    at_the_end_of_this_process(copies)
    usual = connection.settings_dict["NAME"]
    shutil.copytree(made / "files", data / "files", dirs_exist_ok=True)
    shutil.copyfile(made / DATABASE, copies / DATABASE)
    connection.close()
    connection.settings_dict["NAME"] = copies / DATABASE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
