"""`huanchuang restore FILE`: checks the archive fully, then puts database and files in place, or nothing at all."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader

from huanchuang.audit import services as audit
from huanchuang.audit.services.heads import heads_file
from huanchuang.web import health
from huanchuang.web.cli.archive import POSTGRESQL, SQLITE, Manifest, damaged, unpack
from huanchuang.web.cli.backup import run_postgresql
from huanchuang.web.cli.words import CommandError, say

FORMER = "before-restore"
"""Folder in the data folder that keeps what a restore replaced, until the next one."""


def restore(options: argparse.Namespace) -> int:
    """Replace the data by the archive's. Refuses while the site runs, and without --yes where data exists."""
    source, data = Path(options.file), Path(settings.HUANCHUANG_DATA)
    _refuse_while_serving()
    if not options.yes and _has_data():
        raise CommandError(
            f"{data}：已有数据，恢复会替换它；确认后请加 --yes",
            f"{data}: holds data that would be replaced; add --yes to go on",
            status=2,
        )
    with tempfile.TemporaryDirectory(prefix="restore-", dir=data) as name:
        folder = Path(name)
        manifest = unpack(source, folder)
        _check(source, folder, manifest)
        connections.close_all()
        _exchange(folder, data, manifest)
    call_command("migrate", interactive=False, verbosity=0)
    proof = audit.verify([manifest.audit_head] if manifest.audit_head else [])
    audit.record(
        audit.SYSTEM, "web.backup.restore", "web.backup:latest", note=f"{source.name} {manifest.made_at}"
    )
    say(
        f"已恢复 {manifest.made_at} 的备份；原数据在 {FORMER}/。",
        f"restored the backup of {manifest.made_at}; the former data lie in {FORMER}/.",
    )
    if not proof.ok:
        raise CommandError(
            f"{source}：数据已恢复，但其审计记录不完整，请运行 huanchuang audit verify",
            f"{source}: restored, but its audit trail is not whole; run huanchuang audit verify",
        )
    return 0


def _refuse_while_serving() -> None:
    if any(
        check.note.endswith("ago") and check.well
        for check in health.examine()
        if check.name in ("worker", "ticker")
    ):
        raise CommandError(
            "huanchuang serve：正在运行，请先停止再恢复", "huanchuang serve is running; stop it first"
        )


def _has_data() -> bool:
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return True


def _check(source: Path, folder: Path, manifest: Manifest) -> None:
    expected = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    if manifest.database != expected:
        raise damaged(
            source,
            f"备份的数据库是 {manifest.database}，与当前设置不同",
            f"holds {manifest.database}, the settings say {expected}",
        )
    known = {".".join(name) for name in MigrationLoader(None).disk_migrations}
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        raise damaged(source, f"来自更新的版本（{newer[0]}）", f"comes from a newer version ({newer[0]})")
    if expected == SQLITE and not _is_sound(folder / SQLITE):
        raise damaged(source, "其中的数据库已损坏", "holds a damaged database")


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as copy:
            return bool(copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _exchange(folder: Path, data: Path, manifest: Manifest) -> None:
    """Move the former data aside and the restored into place; on any failure the former come back."""
    former = data / FORMER
    shutil.rmtree(former, ignore_errors=True)
    former.mkdir()
    pairs = [(folder / "files", data / "files"), (folder / heads_file().name, heads_file())]
    if manifest.database == SQLITE:
        live = Path(settings.DATABASES["default"]["NAME"])
        pairs += [
            (folder / SQLITE, live),
            *((folder / "none", live.with_name(live.name + end)) for end in ("-wal", "-shm")),
        ]
    moved: list[tuple[Path, Path]] = []
    try:
        for _fresh, place in pairs:
            if place.exists():
                shutil.move(place, former / place.name)
                moved.append((former / place.name, place))
        for fresh, place in pairs:
            if fresh.exists():
                shutil.move(fresh, place)
        if manifest.database == POSTGRESQL:
            name = settings.DATABASES["default"]["NAME"]
            run_postgresql(
                [
                    "pg_restore",
                    "--clean",
                    "--if-exists",
                    "--no-owner",
                    "--single-transaction",
                    f"--dbname={name}",
                    str(folder / POSTGRESQL),
                ]
            )
    except BaseException:
        for kept, place in moved:
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
            shutil.move(kept, place)
        raise
