"""Reading an archive through, to its last byte, before anything is written."""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huanchuang.web.services.portable.manifest import LARGEST, NAME, Manifest, damaged, newer, read_manifest
from huanchuang.web.services.portable.tables import tables

PIECE = 1 << 20
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, RuntimeError, OverflowError, UnicodeDecodeError)  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, with every way in which a zip can be broken told in one way."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except UNREADABLE as error:
        raise damaged("文件不完整或不是压缩包", "it is cut short or no zip") from error


def check(path: Path) -> Manifest:
    """The manifest of a whole archive: every part and file is there, none is more, and each has its digest and its rows.

    Raises ProblemError for a damaged, foreign or newer one.
    """
    with opened(path) as archive:
        manifest = _manifest(archive)
        _members(archive, manifest)
        _columns(manifest)
        for part in manifest.parts:
            digest, rows = _digest(archive, part.name)
            if (digest, rows) != (part.sha256, part.rows):
                raise damaged(f"{part.name} 与清单不符", f"{part.name} differs from the manifest")
        for content in manifest.files:
            if _digest(archive, f"files/{content}")[0] != content:
                raise damaged(f"文件 {content[:12]}… 已损坏", f"file {content[:12]}… is damaged")
    return manifest


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        info = archive.getinfo(NAME)
    except KeyError:
        raise damaged("没有清单 manifest.json", "it has no manifest.json") from None
    if info.file_size > LARGEST:
        raise damaged("清单 manifest.json 过大", "its manifest.json is too large")
    return read_manifest(archive.read(info))


def _members(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    named = [NAME, *(part.name for part in manifest.parts), *(f"files/{one}" for one in manifest.files)]
    held = [info.filename for info in archive.infolist()]
    odd = sorted(set(held) ^ set(named))
    if odd or len(held) != len(named):
        name = odd[0] if odd else held[0]
        raise damaged(f"“{name}”与清单不符", f"{name} differs from the manifest")


def _columns(manifest: Manifest) -> None:
    known = {f"{table.word}.jsonl": table for table in tables()}
    for part in manifest.parts:
        table = known.get(part.name)
        if table is None or table.label != part.table:
            raise newer(part.name, part.name)
        names = {field.name for field in table.columns}
        unknown = [name for name in part.columns if name not in names]
        if unknown:
            raise newer(f"{part.name} 的 {unknown[0]}", f"{unknown[0]} of {part.name}")
        needed = [
            field.name
            for field in table.columns
            if field.name not in part.columns and not (field.null or field.blank or field.has_default())
        ]
        if needed:
            raise damaged(f"{part.name} 缺少 {needed[0]}", f"{part.name} lacks {needed[0]}")


def _digest(archive: zipfile.ZipFile, name: str) -> tuple[str, int]:
    digest, lines = hashlib.sha256(), 0
    with archive.open(name) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
            lines += piece.count(b"\n")
    return digest.hexdigest(), lines
