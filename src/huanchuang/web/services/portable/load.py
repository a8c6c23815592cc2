"""Filling an empty system from an archive: all of it in one transaction, with the keys that the rows had."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.files.queries import place_of
from huanchuang.files.services import blobs
from huanchuang.orm.inserting import insert_rows
from huanchuang.orm.statistics import refresh_statistics
from huanchuang.registry.models import NameKey, Organisation
from huanchuang.registry.services.prepare import name_keys
from huanchuang.web.services.portable.check import PIECE, check, opened
from huanchuang.web.services.portable.manifest import Part, damaged
from huanchuang.web.services.portable.plain import NotThisColumn, from_plain
from huanchuang.web.services.portable.tables import Table, tables

AT_ONCE = 2000


@dataclass(frozen=True)
class Loaded:
    """How much came in."""

    rows: int
    files: int


def load(actor: audit.Actor, source: Path) -> Loaded:
    """Load a whole archive into a system that holds nothing yet, or nothing at all.

    Raises ProblemError for an archive that is damaged, foreign or newer, and for a system with data in it.
    """
    refuse_data()
    manifest = check(source)
    by_name = {f"{table.word}.jsonl": table for table in tables()}
    rows = sum(part.rows for part in manifest.parts)
    with opened(source) as archive, _contents(archive, manifest.files), _told(), transaction.atomic():
        refuse_data()
        for part in manifest.parts:
            _fill(archive, part, by_name[part.name])
        connection.check_constraints()
        _spell_names()
        _go_on_counting()
        after = {"rows": rows, "files": len(manifest.files), "product": manifest.product}
        audit.record(actor, "web.everything.import", "web.everything:archive", after=after)
    refresh_statistics()
    return Loaded(rows, len(manifest.files))


def refuse_data() -> None:
    """Raise ProblemError where there is anything in the tables that an archive fills."""
    for table in tables():
        if table.model._default_manager.exists():
            raise refuse(
                "web.archive.not_empty",
                ("本系统", f"已有数据（{table.word}），没有写入任何内容", "请在刚运行过 huanchuang migrate 的空系统上装入，先不要建立账户"),
                ("This system", f"holds data already ({table.word}); nothing was written", "Load into an empty system just after huanchuang migrate, before the first account"),
            )  # fmt: skip


@contextmanager
def _told() -> Iterator[None]:
    """What the database refuses, told as damage of the archive: two rows of one key, a link that leads nowhere."""
    try:
        yield
    except DatabaseError as error:
        first = (str(error).splitlines() or ["?"])[0][:200]
        raise damaged(f"内容自相矛盾（{first}）", f"its rows contradict each other ({first})") from error


def _fill(archive: zipfile.ZipFile, part: Part, table: Table) -> None:
    given = [field for field in table.columns if field.name in part.columns]
    absent = [field for field in table.columns if field.name not in part.columns]
    secret = [field for field in table.model._meta.concrete_fields if field.name in table.secrets]
    fixed = [
        *((field, field.get_default()) for field in absent),
        *((field, table.secrets[field.name]) for field in secret),
    ]
    columns = [str(field.column) for field in given] + [str(field.column) for field, _ in fixed]
    rest = tuple(field.get_db_prep_save(value, connection) for field, value in fixed)
    turns = [(field.name, from_plain(field)) for field in given]
    with archive.open(part.name) as member:
        rows = (_row(part, number, line, turns, rest) for number, line in enumerate(member, start=1))
        while some := list(islice(rows, AT_ONCE)):
            insert_rows(table.model, columns, some)


def _row(
    part: Part, number: int, line: bytes, turns: list[tuple[str, Callable[[Any], Any]]], rest: tuple[Any, ...]
) -> tuple[Any, ...]:
    where = f"{part.name} 第{number}行", f"{part.name} line {number}"
    try:
        given = json.loads(line)
    except ValueError:
        raise damaged(f"{where[0]}不是 JSON", f"{where[1]} is no JSON") from None
    if not isinstance(given, dict) or given.keys() != {name for name, _ in turns}:
        raise damaged(f"{where[0]}的栏目与清单不符", f"the columns of {where[1]} differ from the manifest")
    values = []
    for name, turn in turns:
        try:
            values.append(turn(given[name]))
        except NotThisColumn as error:
            raise damaged(
                f"{where[0]}的 {name} 应为 {error}", f"{name} in {where[1]} should be {error}"
            ) from None
    return (*values, *rest)


def _spell_names() -> None:
    """Every spelling under which an organisation is met, made anew from its names."""
    every = Organisation.objects.order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(every, AT_ONCE)):
        NameKey.objects.bulk_create([key for one in some for key in name_keys(one)], batch_size=AT_ONCE)


def _go_on_counting() -> None:
    """New rows get keys after those that came in, where the database does not see to that by itself."""
    models = [table.model for table in tables()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


@contextmanager
def _contents(archive: zipfile.ZipFile, digests: Sequence[str]) -> Iterator[None]:
    """The contents of files in their places; taken away again when the rows do not come in."""
    new: list[str] = []
    try:
        for digest in digests:
            if not place_of(digest).is_file():
                new.append(digest)
                _settle(archive, digest)
        yield
    except BaseException:
        for digest in new:
            place_of(digest).unlink(missing_ok=True)
        raise


def _settle(archive: zipfile.ZipFile, digest: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=blobs.incoming())
    with os.fdopen(descriptor, "wb") as handle, archive.open(f"files/{digest}") as member:
        while piece := member.read(PIECE):
            handle.write(piece)
        handle.flush()
        os.fsync(handle.fileno())
    blobs.settle(Path(name), digest)
