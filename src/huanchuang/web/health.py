"""Whether the installation is well: what monitoring asks for.

The worker and the ticker each touch a file in the data folder (`heartbeats/`) every few seconds; an old file means that
one of them has stopped. Where none was ever started (tests, a single command) there is nothing to miss.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext, gettext_noop

LABELS = {
    "database": gettext_noop("数据库"),
    "migrations": gettext_noop("数据库版本"),
    "worker": gettext_noop("后台处理"),
    "ticker": gettext_noop("定时器"),
    "disk": gettext_noop("磁盘空间"),
}
SILENT_SECONDS = 60
FREE_MEGABYTES = 200


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    well: bool
    note: str

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(LABELS[self.name])


def examine() -> list[Check]:
    """Database, migrations, worker and ticker, disk. Never raises, names no secrets and no paths."""
    database = _database()
    waits = Check("migrations", False, "unknown")
    return [
        database,
        _migrations() if database.well else waits,
        *map(_heartbeat, ("worker", "ticker")),
        _disk(),
    ]


def beat(name: str) -> None:
    """Say that `name` is alive."""
    path = _beats() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def forget_beats() -> None:
    """A stopped server leaves no heartbeat behind that a later one would be blamed for."""
    shutil.rmtree(_beats(), ignore_errors=True)


def is_serving() -> bool:
    """Whether a worker or ticker on this data folder was alive within the last seconds."""
    now = time.time()
    return any(now - path.stat().st_mtime < SILENT_SECONDS for path in _beats().glob("*"))


def _beats() -> Path:
    return Path(settings.HUANCHUANG_DATA) / "heartbeats"


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Check("database", False, type(error).__name__)
    return Check("database", True, connection.vendor)


def _migrations() -> Check:
    try:
        waiting = _waiting()
    except DatabaseError as error:
        return Check("migrations", False, type(error).__name__)
    return Check("migrations", waiting == 0, f"{waiting} waiting")


def _waiting() -> int:
    if _all_applied.cache_info().currsize:
        return 0
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        _all_applied()
    return waiting


@cache
def _all_applied() -> bool:
    """Remembered: a running program cannot fall behind its own migrations."""
    return True


def _heartbeat(name: str) -> Check:
    try:
        age = time.time() - (_beats() / name).stat().st_mtime
    except OSError:
        return Check(name, True, "not started here")
    return Check(name, age < SILENT_SECONDS, f"{max(0, round(age))} s ago")


def _disk() -> Check:
    free = shutil.disk_usage(settings.HUANCHUANG_DATA).free // 1_000_000
    return Check("disk", free >= FREE_MEGABYTES, f"{free} MB free")
