"""The first steps of an import: the file is taken, its columns are matched, a person says how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huanchuang.accounts.models import Role, User
from huanchuang.audit.services import Actor, record
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.engines.sheets import Book, Matching, Table, match_columns
from huanchuang.files.services import attach, store
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Import, ImportState, SheetShape
from huanchuang.registry.queries.imports.sheets import ACCEPTED, book_of, shape_of, table_in
from huanchuang.registry.services.imports.importer import Importer, Reading

MOST_SHEETS = 12
"""Sheets that are looked into to find the one that is meant."""


def begin(
    actor: Actor,
    user: User | None,
    importer: Importer,
    upload: UploadedFile[bytes] | bytes,
    name: str,
    sheet: str = "",
) -> Import:
    """Take a file: keep it, find its table and the fields of its columns. ProblemError where it cannot be read.

    Of several sheets the one is taken whose columns are known best, unless `sheet` names one.
    """
    stored = store(upload, name, actor, ACCEPTED)
    book = book_of(stored)
    chosen, table = _table(book, importer, sheet)
    shape = shape_of(table)
    with transaction.atomic():
        made = Import.objects.create(
            importer=importer.name,
            file=stored,
            sheet=chosen,
            shape=shape,
            mapping=reading_for(user, importer, table, shape).plain(),
            notes=[{"zh": note.zh, "en": note.en} for note in table.notes],
            counts={"rows": len(table.rows)},
            owner=user,
            by=actor.id,
            by_name=actor.name,
        )
        attach(stored, made.subject, actor, personal=True)
        record(
            actor, "registry.import.begin", made.subject, after={"kind": importer.name, "file": stored.name}
        )
    return made


def _table(book: Book, importer: Importer, sheet: str) -> tuple[str, Table]:
    if sheet or len(book.sheets) == 1:
        name = sheet or book.first
        return name, table_in(book, name)
    shown = [one.name for one in book.sheets if not one.is_hidden] or [book.first]
    found: list[tuple[float, str, Table]] = []
    refused: ProblemError | None = None
    for name in shown[:MOST_SHEETS]:
        try:
            table = table_in(book, name)
        except ProblemError as error:
            refused = refused or error
            continue
        found.append((matching_for(importer, table).score, name, table))
    if not found:
        raise refused or ProblemError()
    _score, name, table = max(found, key=lambda one: one[0])
    return name, table


def matching_for(importer: Importer, table: Table, before: Mapping[str, str] | None = None) -> Matching:
    """The fields of a table's columns, with the reason for each."""
    return match_columns(table, importer.wanted(table), vocabulary.register_columns().layout.ignored, before)


def reading_for(user: User | None, importer: Importer, table: Table, shape: str) -> Reading:
    """How a sheet of this shape was read last; else as its headings say."""
    remembered = remembered_reading(user, importer, shape)
    if remembered is not None:
        return remembered
    return Reading(
        columns={column.index: name for name, column in matching_for(importer, table).fields.items()}
    )


def remembered_reading(user: User | None, importer: Importer, shape: str) -> Reading | None:
    """How a sheet of this shape was read last by the person, or by any officer where an officer asks; or None."""
    kept = SheetShape.objects.filter(importer=importer.name, shape=shape, holder=_holder(user)).first()
    return Reading.of_plain(kept.mapping) if kept else None


def _holder(user: User | None) -> str:
    return "" if user is None or user.role == Role.OFFICER else str(user.pk)


@transaction.atomic
def choose_sheet(actor: Actor, imported: Import, importer: Importer, sheet: str) -> None:
    """Read another sheet of the same file. ProblemError where it has no table."""
    table = table_in(book_of(imported.file), sheet)
    locked = _open(imported)
    locked.sheet, locked.shape = sheet, shape_of(table)
    locked.mapping = reading_for(locked.owner, importer, table, locked.shape).plain()
    locked.notes = [{"zh": note.zh, "en": note.en} for note in table.notes]
    locked.counts = {"rows": len(table.rows)}
    locked.state = ImportState.COLUMNS
    locked.failure_zh = locked.failure_en = ""
    locked.save()
    locked.rows.all().delete()
    record(actor, "registry.import.choose_sheet", locked.subject, after={"sheet": sheet})


@transaction.atomic
def choose_reading(actor: Actor, imported: Import, importer: Importer, reading: Reading) -> Import:
    """Say how the sheet is read, and remember it for sheets of the same shape. ProblemError while something is missing."""
    problems = [_missing(label) for label in importer.missing(reading)]
    if problems:
        raise ProblemError(problems)
    locked = _open(imported)
    locked.mapping = reading.plain()
    locked.failure_zh = locked.failure_en = ""
    locked.save()
    SheetShape.objects.update_or_create(
        importer=importer.name,
        shape=locked.shape,
        holder=_holder(locked.owner),
        defaults={"mapping": reading.plain(), "by_name": actor.name},
    )
    record(actor, "registry.import.choose_columns", locked.subject, after=_told(reading))
    return locked


def _told(reading: Reading) -> dict[str, Any]:
    return {"columns": len(reading.columns), "constants": sorted(reading.constants)}


OPEN = (ImportState.COLUMNS, ImportState.PREVIEW)


def _open(imported: Import) -> Import:
    """The import, locked, while it can still be read in another way."""
    locked = Import.objects.select_for_update().select_related("file").get(pk=imported.pk)
    if locked.state not in OPEN:
        raise ProblemError(NOT_NOW)
    return locked


NOT_NOW = Problem(
    "导入", "已经开始或已经结束，不能再改", "请刷新页面查看现在的状态", "registry.import.not_now",
    ProblemText("The import", "has begun or ended and cannot be changed", "Reload the page to see where it stands"),
)  # fmt: skip


@transaction.atomic
def drop(actor: Actor, imported: Import) -> Import:
    """Give an import up before anything was taken; the file stays for the record."""
    locked = _open(imported)
    locked.state = ImportState.DROPPED
    locked.save()
    locked.rows.all().delete()
    record(actor, "registry.import.drop", locked.subject)
    return locked


def _missing(label: str) -> Problem:
    return Problem(
        label, "没有对应的列", "请在表里选一列，或在“全表统一填写”里给出", "registry.import.missing",
        ProblemText(label, "has no column", "Choose a column, or give one value for all rows"),
    )  # fmt: skip
