"""The long steps of an import as jobs: check, take, undo. Each may be killed at any moment and is taken up again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.audit.services import Actor, record, record_bulk
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sheets import Row
from huanchuang.jobs.models import Job
from huanchuang.jobs.models import State as JobState
from huanchuang.jobs.services import Run, perform, start
from huanchuang.orm import clock
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.models import Import, ImportRow, ImportState, Outcome
from huanchuang.registry.queries.imports.sheets import table_of_file
from huanchuang.registry.services.imports.begin import NOT_NOW
from huanchuang.registry.services.imports.importer import (
    CellProblem,
    Checked,
    Importer,
    Order,
    Reading,
    importer_named,
)

CHECK_JOB, TAKE_JOB, UNDO_JOB = "registry.check_import", "registry.take_import", "registry.undo_import"
TITLES = {CHECK_JOB: _("检查导入文件"), TAKE_JOB: _("导入"), UNDO_JOB: _("撤销导入")}
WORKING = {CHECK_JOB: ImportState.CHECKING, TAKE_JOB: ImportState.TAKING, UNDO_JOB: ImportState.UNDOING}
FROM = {
    CHECK_JOB: (ImportState.COLUMNS, ImportState.PREVIEW),
    TAKE_JOB: (ImportState.PREVIEW, ImportState.STOPPED),
    UNDO_JOB: (ImportState.DONE, ImportState.STOPPED),
}
"""From which states a step may begin."""
TRIES = 5
"""Times that a batch is begun anew because somebody edited one of its entries in the same moment."""
AT_ONCE = 500
"""Rows checked and written in one transaction."""


def start_step(
    kind: str, actor: Actor, imported: Import, *, with_possible: bool | None = None, inline: bool = False
) -> Import:
    """Begin a step as a job. ProblemError where the import is not where the step begins; a double click is one step.

    `with_possible` says whether rows that may be in the register already are taken as new ones (None: as said before).
    """
    with transaction.atomic():
        locked = Import.objects.select_for_update().select_related("file").get(pk=imported.pk)
        if locked.state == WORKING[kind]:
            return locked
        if locked.state not in FROM[kind]:
            raise ProblemError(NOT_NOW)
        locked.state = WORKING[kind]
        locked.failure_zh = locked.failure_en = ""
        if with_possible is not None:
            locked.mapping = {**locked.mapping, "with_possible": with_possible}
        title = f"{TITLES[kind]}：{locked.file.name}"
        # No `dedupe`: the state above stops a double click, and the job of the step before may not have ended yet
        # though its result is shown already.
        locked.job = start(kind, actor, {"import": locked.pk}, title, locked.subject, locked.owner_id)
        locked.save()
    if inline:
        perform(locked.job.pk)
        locked.refresh_from_db()
    return locked


def importer_of(imported: Import) -> Importer:
    """What the sheet is imported as; LookupError where its slice is not installed."""
    found = importer_named(imported.importer)
    if found is None:
        raise LookupError(f"no importer {imported.importer!r}")
    return found


def order_of(imported: Import) -> Order:
    """The order of an import: its table read again, its reading, whoever gave it."""
    table = table_of_file(imported.file, imported.sheet)
    owner: User | None = imported.owner
    return Order(owner, table, Reading.of_plain(imported.mapping), imported.file.name)


# Check


def check_import(run: Run, imported: Import) -> None:
    """Check every row and keep what was found; nothing is written to the register."""
    run.progress(0, None, "读取文件")
    order = order_of(imported)
    checker = importer_of(imported).checker(order)
    rows, found = list(order.table.rows), list[Checked]()
    for first in range(0, len(rows), AT_ONCE):
        found.extend(checker.check(rows[first : first + AT_ONCE]))
        run.progress(len(found), len(rows), "逐行检查")
    turns = turns_of(found)
    with transaction.atomic():
        imported.rows.all().delete()
        made = [row_of(imported, one, turns[one.row.number]) for one in found]
        ImportRow.objects.bulk_create(made, batch_size=AT_ONCE)
        run.checkpoint({"checked": len(found)})
        _move(imported, ImportState.PREVIEW, counts=counts_of(imported))


def turns_of(found: Sequence[Checked]) -> dict[int, int]:
    """In which turn each row comes: after the one it names. A row that waits for a bad one, or in a circle, is bad too."""
    by_number = {one.row.number: one for one in found}
    turns: dict[int, int] = {}
    for one in found:
        chain = [one]
        while (last := chain[-1]).waits_for is not None and last.row.number not in turns:
            following = by_number.get(last.waits_for)
            if following is None or following in chain or following.outcome == Outcome.PROBLEM.value:
                _spoil(chain, last.waits_for)
                break
            chain.append(following)
        for place, each in enumerate(reversed(chain)):
            base = turns.get(chain[-1].row.number, 0)
            turns.setdefault(each.row.number, min(base + place, 1000))
    return turns


def _spoil(chain: Sequence[Checked], number: int) -> None:
    for one in chain:
        if one.outcome != Outcome.PROBLEM.value:
            one.outcome = Outcome.PROBLEM.value
            one.problems.append(
                CellProblem(
                    f"第{one.row.number}行",
                    "",
                    "",
                    (f"第{one.row.number}行", f"所指的单位在第{number}行，那一行不能导入", "请先改正那一行"),
                    (
                        f"row {one.row.number}",
                        f"names row {number}, which cannot be imported",
                        "Correct that row first",
                    ),
                    "registry.import.waits",
                )
            )


def row_of(imported: Import, one: Checked, turn: int) -> ImportRow:
    """A checked row as it is kept."""
    return ImportRow(
        imported=imported,
        number=one.row.number,
        turn=turn,
        outcome=one.outcome,
        title=one.title,
        values=one.values,
        before=one.before,
        subject_of=one.subject,
        entry_version=one.version,
        possible=one.possible,
        problems=[problem.plain() for problem in one.problems],
        remarks=one.remarks,
    )


def counts_of(imported: Import) -> dict[str, int]:
    """Rows by outcome, possible duplicates, and how many were taken."""
    rows = ImportRow.objects.filter(imported=imported)
    counts = {outcome.value: rows.filter(outcome=outcome.value).count() for outcome in Outcome}
    taken = {
        f"taken_{outcome}": rows.filter(outcome=outcome, is_taken=True).count()
        for outcome in ("new", "changed")
    }
    possible = rows.exclude(possible=[]).count()
    return {"rows": sum(counts.values()), **counts, **taken, "possible": possible}


# Take


def pending(imported: Import) -> QuerySet[ImportRow]:
    """Rows that are still to be taken, in the order in which they are."""
    rows = ImportRow.objects.filter(
        imported=imported, is_taken=False, outcome__in=(Outcome.NEW, Outcome.CHANGED)
    ).order_by("turn", "number")
    if not Reading.of_plain(imported.mapping).with_possible:
        rows = rows.filter(Q(possible=[]))
    return rows


def take_import(run: Run, imported: Import) -> None:
    """Write the good rows, some in each transaction; a run that takes over goes on with those that are not taken."""
    run.progress(0, None, "读取文件")
    order = order_of(imported)
    by_number = {row.number: row for row in order.table.rows}
    left = pending(imported).count()
    done = ImportRow.objects.filter(imported=imported, is_taken=True).count()
    total = left + done
    tries = 0
    while batch := _next(imported):
        try:
            with transaction.atomic():
                _take(run.actor, imported, order, batch, by_number)
                run.checkpoint({"taken": done + len(batch)})
        except EditedMeanwhile:  # somebody saved one of these just now: look again
            tries += 1
            if tries > TRIES:
                raise
            continue
        done, tries = done + len(batch), 0
        run.progress(min(done, total), total, "写入登记簿")
    _move(imported, ImportState.DONE, counts=counts_of(imported), taken_at=clock.now())


def _next(imported: Import) -> list[ImportRow]:
    """The next rows, all of one turn."""
    rows = list(pending(imported)[:AT_ONCE])
    return [row for row in rows if row.turn == rows[0].turn]


def _take(actor: Actor, imported: Import, order: Order, batch: list[ImportRow], rows: dict[int, Row]) -> None:
    importer = importer_of(imported)
    checked = importer.checker(order).check([rows[row.number] for row in batch])
    importer.take(actor, order, checked)
    written = []
    for row, one in zip(batch, checked, strict=True):
        fresh = row_of(imported, one, row.turn)
        fresh.is_taken = one.outcome != Outcome.PROBLEM.value
        written.append(fresh)
    write_rows(written, WRITTEN)
    taken = sum(one.outcome in (Outcome.NEW.value, Outcome.CHANGED.value) for one in checked)
    if taken:
        record_bulk(actor, f"registry.{importer.name}.import", imported.subject, imported.file.digest, taken)


def write_rows(rows: Sequence[ImportRow], columns: list[str]) -> None:
    """Write columns of rows that are there: far quicker for many rows than an update with a case for each."""
    ImportRow.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["imported", "number"],
        update_fields=columns,
    )


WRITTEN = ["outcome", "title", "values", "before", "subject_of", "entry_version", "problems", "is_taken"]


# Undo


@transaction.atomic
def undo_import(run: Run, imported: Import) -> None:
    """Take everything back at once, or nothing."""
    rows = list(
        ImportRow.objects.filter(imported=imported, is_taken=True, outcome__in=(Outcome.NEW, Outcome.CHANGED))
    )
    run.progress(0, len(rows), "撤销")
    importer_of(imported).undo(run.actor, rows)
    write_rows(rows, ["kept"])
    kept = sum(bool(row.kept) for row in rows)
    run.checkpoint({"undone": len(rows)})
    record(
        run.actor,
        "registry.import.undo",
        imported.subject,
        after={"count": len(rows) - kept, "kept": kept, "file_sha256": imported.file.digest},
    )
    counts = {**imported.counts, "undone": len(rows) - kept, "kept": kept}
    _move(imported, ImportState.UNDONE, counts=counts, undone_at=clock.now(), undone_by=run.actor.name)


def _move(imported: Import, state: ImportState, **values: object) -> None:
    Import.objects.filter(pk=imported.pk).update(state=state, updated_at=timezone.now(), **values)


STEPS = {CHECK_JOB: check_import, TAKE_JOB: take_import, UNDO_JOB: undo_import}


def perform_step(run: Run) -> dict[str, str]:
    """The body of all three jobs."""
    imported = Import.objects.select_related("file", "owner").get(pk=run.payload["import"])
    if imported.state == WORKING[run.job.kind] and imported.job_id == run.job.pk:
        STEPS[run.job.kind](run, imported)
    return {"url": reverse("registry:import", args=[imported.pk]), "text": imported.file.name}


ENDED = (JobState.FAILED, JobState.CANCELLED)


def settle_imports() -> int:
    """Imports whose job has ended without their hearing of it (the process died in between); returns how many."""
    left = Import.objects.filter(state__in=WORKING.values(), job__state__in=ENDED)
    found = [one.job for one in left.select_related("job") if one.job is not None]
    for job in found:
        step_came_to_nothing(job)
    return len(found)


def step_came_to_nothing(job: Job) -> None:
    """A step that failed or was called off leaves the import where it can be taken up by hand."""
    if job.kind not in STEPS or job.state not in ENDED:
        return
    back = {
        CHECK_JOB: ImportState.COLUMNS,
        TAKE_JOB: ImportState.STOPPED,
        UNDO_JOB: ImportState.DONE,
    }[job.kind]
    with transaction.atomic():
        imported = (
            Import.objects.select_for_update()
            .filter(pk=job.payload["import"], state=WORKING[job.kind], job=job)
            .first()
        )
        if imported is None:
            return
        if job.kind == TAKE_JOB and not imported.rows.filter(is_taken=True).exists():
            back = ImportState.PREVIEW
        imported.state = back
        imported.counts = counts_of(imported) if imported.rows.exists() else imported.counts
        imported.failure_zh = job.problem_zh or "已取消"
        imported.failure_en = job.problem_en or "Cancelled"
        imported.save()
