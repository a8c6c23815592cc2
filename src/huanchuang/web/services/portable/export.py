"""Writing the archive: row by row, as of one moment; memory stays small whatever the number of rows."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.problem import refuse
from huanchuang.files.models import StoredFile
from huanchuang.files.queries import place_of
from huanchuang.orm.snapshot import one_moment
from huanchuang.web.services.portable.manifest import NAME, Manifest, Part, product_version
from huanchuang.web.services.portable.plain import to_plain
from huanchuang.web.services.portable.tables import LEFT_OUT, Table, tables

AT_ONCE = 2000
PIECE = 1 << 20
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The day of every member: the same data give the same bytes."""


@dataclass(frozen=True)
class Exported:
    """How much an archive holds."""

    rows: int
    files: int


def export(actor: audit.Actor, target: Path) -> Exported:
    """Write everything to `target`, which its caller puts in place when this has ended well.

    Raises ProblemError when the content of a stored file is missing or was changed.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        with one_moment():
            parts = [_part(archive, table) for table in tables()]
            files = _files(archive)
        manifest = Manifest(product_version(), parts, files, dict(LEFT_OUT))
        with archive.open(_member(NAME), "w") as member:
            member.write(manifest.text().encode())
    done = Exported(sum(part.rows for part in parts), len(files))
    after = {"rows": done.rows, "files": done.files}
    audit.record(actor, "web.everything.export", "web.everything:archive", after=after)
    return done


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _part(archive: zipfile.ZipFile, table: Table) -> Part:
    name, digest, count = f"{table.word}.jsonl", hashlib.sha256(), 0
    with archive.open(_member(name), "w", force_zip64=True) as member:
        for lines, rows in _lines(table):
            digest.update(lines)
            member.write(lines)
            count += rows
    columns = [field.name for field in table.columns]
    return Part(name, table.label, columns, count, digest.hexdigest())


def _lines(table: Table) -> Iterator[tuple[bytes, int]]:
    names = [field.name for field in table.columns]
    turns = [(place, turn) for place, field in enumerate(table.columns) if (turn := to_plain(field))]
    emptied = [place for place, field in enumerate(table.columns) if field.name in table.emptied]
    columns = [field.attname for field in table.columns]
    rows = table.rows().values_list(*columns).iterator(chunk_size=AT_ONCE)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    while some := list(islice(rows, AT_ONCE)):
        lines = []
        for row in some:
            values = list(row)
            for place, turn in turns:
                if values[place] is not None:
                    values[place] = turn(values[place])
            for place in emptied:
                values[place] = None
            lines.append(encode(dict(zip(names, values, strict=True))))
        yield ("\n".join(lines) + "\n").encode(), len(some)


def _files(archive: zipfile.ZipFile) -> list[str]:
    stored = next(table for table in tables() if table.model is StoredFile).rows()
    digests = sorted(set(stored.values_list("digest", flat=True)))
    for digest in digests:
        path = place_of(digest)
        if not path.is_file():
            raise _lost(digest)
        member = archive.open(_member(f"files/{digest}"), "w", force_zip64=True)
        with member, path.open("rb") as content:
            copied = _copied(content, member)
        if copied != digest:
            raise _lost(digest)
    return digests


def _copied(content: IO[bytes], member: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
        member.write(piece)
    return digest.hexdigest()


def _lost(digest: str) -> ProblemError:
    name = StoredFile.objects.filter(digest=digest).values_list("name", flat=True).first()
    return refuse(
        "files.content_lost",
        (f"文件“{name}”", "存储中的内容缺失或已被改动，没有导出任何内容", "请从备份恢复该文件，或重新上传原件"),
        (f"File {name}", "its stored content is missing or was changed; nothing was exported", "Restore it from a backup or upload it again"),
    )  # fmt: skip
