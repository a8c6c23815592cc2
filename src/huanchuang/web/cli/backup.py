"""`huanchuang backup FILE`: database, files and the sealed head of the audit trail, while the site runs."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from huanchuang.audit import services as audit
from huanchuang.audit.services.heads import heads_file, read_heads
from huanchuang.web.cli.archive import POSTGRESQL, SQLITE, Manifest, pack
from huanchuang.web.cli.output import written_whole
from huanchuang.web.cli.words import CommandError, say


def backup(options: argparse.Namespace) -> int:
    """Seal the audit, copy the database, add the files that existed then, and write one archive whole or not at all."""
    target = Path(options.file)
    audit.seal()
    with (
        tempfile.TemporaryDirectory(prefix="backup-", dir=settings.HUANCHUANG_DATA) as folder,
        written_whole(target) as temporary,
    ):
        database = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
        copy = Path(folder) / database
        _copy_sqlite(copy) if database == SQLITE else _dump_postgresql(copy)
        # The database first: a file that it names is there before its row is, and stays for days after its last use.
        members = {database: copy, **_files()}
        pack(temporary, members, _manifest(database))
    audit.record(audit.SYSTEM, "web.backup.make", "web.backup:latest", note=target.name)
    say(f"备份完成：{target}（{len(members)} 个文件）", f"backup written: {target} ({len(members)} files)")
    return 0


def _manifest(database: str) -> Manifest:
    heads = read_heads()
    return Manifest(
        version=product_version(),
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        database=database,
        migrations=sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations()),
        audit_head=heads[-1].head if heads else "",
    )


def product_version() -> str:
    """The version of the product, `development` when it runs from its source."""
    try:
        return version("huanchuang")
    except PackageNotFoundError:
        return "development"


def _files() -> dict[str, Path]:
    data = Path(settings.HUANCHUANG_DATA)
    stored = (path for path in (data / "files").rglob("*") if path.is_file() and not path.is_symlink())
    kept = {
        path.relative_to(data).as_posix(): path
        for path in sorted(stored)
        if path.name != ".lock" and "incoming" not in path.relative_to(data).parts
    }
    return {**kept, **({heads_file().name: heads_file()} if heads_file().is_file() else {})}


def _copy_sqlite(copy: Path) -> None:
    source = f"file:{settings.DATABASES['default']['NAME']}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as live, closing(sqlite3.connect(copy)) as made:
        live.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")


def _dump_postgresql(copy: Path) -> None:
    run_postgresql(
        ["pg_dump", "--format=custom", "--no-owner", f"--file={copy}", settings.DATABASES["default"]["NAME"]]
    )


def run_postgresql(command: list[str]) -> None:
    """Call one of PostgreSQL's programs with the connection of the settings; the password stays out of the call."""
    place = settings.DATABASES["default"]
    environment = {
        **os.environ,
        **{
            name: str(value)
            for name, value in (
                ("PGHOST", place["HOST"]),
                ("PGPORT", place["PORT"]),
                ("PGUSER", place["USER"]),
                ("PGPASSWORD", place["PASSWORD"]),
            )
            if value
        },
    }
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise CommandError(
            f"{command[0]}：没有找到，请安装 postgresql-client",
            f"{command[0]}: not found; install postgresql-client",
        ) from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise CommandError(f"{command[0]}：{last}，没有完成", f"{command[0]}: {last}")
