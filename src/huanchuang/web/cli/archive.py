"""The archive of a backup: one tar.gz with a manifest that names every member by its SHA-256.

manifest.json                      form, version, moment, kind of database, applied migrations, sealed audit head, digests
database.sqlite3 | database.dump   a copy made by SQLite's backup, or pg_dump's custom form
files/…                            stored files
audit-heads.log                    the witness of the audit trail
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from huanchuang.web.cli.words import CommandError

FORM = 1
MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
PIECE = 1024 * 1024
MANIFEST_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What the archive says of itself. `members` maps each name to its SHA-256 and size."""

    version: str
    made_at: str
    database: str
    migrations: list[str]
    audit_head: str
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    form: int = FORM


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def pack(target: Path, members: dict[str, Path], manifest: Manifest) -> None:
    """Write the archive; the manifest comes last, so that an archive cut short has none."""
    for name, path in members.items():
        manifest.members[name] = {"sha256": digest_of(path), "size": path.stat().st_size}
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        for name, path in members.items():
            archive.add(path, arcname=name, recursive=False)
        text = target.parent / f"{target.name}.manifest"
        text.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
        try:
            archive.add(text, arcname=MANIFEST)
        finally:
            text.unlink()


def unpack(source: Path, folder: Path) -> Manifest:
    """Take the archive apart into `folder`, checking names, kinds, sizes and digests. CommandError where it is damaged."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            found = {name: _take(archive, member, folder) for name, member in _members(archive, source)}
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, OSError) as error:
        if isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError):
            raise
        raise damaged(source, "文件不完整或不是备份", "is cut short or not a backup") from error
    return _checked(source, folder, found)


def damaged(source: Path, zh: str, en: str) -> CommandError:
    """Why an archive is refused."""
    return CommandError(
        f"{source}：{zh}，没有恢复任何内容，请换一份备份",
        f"{source}: {en}; nothing was restored, take another backup",
    )


def _members(archive: tarfile.TarFile, source: Path) -> Iterator[tuple[str, tarfile.TarInfo]]:
    seen: set[str] = set()
    for member in archive:
        place = PurePosixPath(member.name)
        safe = (
            not place.is_absolute()
            and ".." not in place.parts
            and str(place) == member.name
            and "\\" not in member.name
        )
        if not safe or not member.isfile() or member.name in seen:
            raise damaged(
                source, f"含有不安全的成员“{member.name}”", f"holds an unsafe member ({member.name})"
            )
        seen.add(member.name)
        yield member.name, member


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    content = archive.extractfile(member)
    digest = hashlib.sha256()
    with target.open("wb") as handle:
        while content is not None and (piece := content.read(PIECE)):
            digest.update(piece)
            handle.write(piece)
    return digest.hexdigest()


def _checked(source: Path, folder: Path, found: dict[str, str]) -> Manifest:
    manifest = _manifest(source, folder)
    named = {name: str(entry.get("sha256")) for name, entry in manifest.members.items()}
    held = {name: digest for name, digest in found.items() if name != MANIFEST}
    wrong = sorted({*named, *held} - {name for name in named if held.get(name) == named[name]})
    if wrong:
        raise damaged(source, f"“{wrong[0]}”与清单不符", f"{wrong[0]} differs from the manifest")
    if manifest.database not in held:
        raise damaged(source, "缺少数据库", "holds no database")
    return manifest


def _manifest(source: Path, folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file() or path.stat().st_size > MANIFEST_LIMIT:
        raise damaged(source, "没有清单 manifest.json", "has no manifest.json")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(**data)
    except (ValueError, TypeError) as error:
        raise damaged(
            source, "清单 manifest.json 无法读取", "has a manifest.json that cannot be read"
        ) from error
    if manifest.form != FORM or manifest.database not in (SQLITE, POSTGRESQL):
        raise damaged(
            source,
            f"备份格式 {manifest.form} 不受此版本支持",
            f"is of form {manifest.form}, unknown to this version",
        )
    return manifest
