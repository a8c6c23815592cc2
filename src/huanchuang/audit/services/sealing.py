"""Closing batches of entries and chaining them. Called once a minute by the ticker of `huanchuang serve`.

**Which entries may be sealed.** A sealed stretch of ids must never gain a row later. On SQLite one writer writes at a
time, so ids become visible in their order. On PostgreSQL an id is drawn before its transaction commits, so a lower id
can appear after a higher one. A period of grace would only make that rare (a bulk load runs for minutes). Instead the
sealer asks for a lock on the table that waits for every transaction holding uncommitted entries, and for other sealers;
once it is granted, what is visible is all there is up to the newest id. If such a transaction does not end within a
second, nothing is sealed this minute, and writers have waited no longer than that. Ids that are missing belong to
transactions that were rolled back; the seal names its first and last id and its count, so no row can slip in later.
"""

from __future__ import annotations

import logging

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from huanchuang.audit.models import Entry, Seal
from huanchuang.audit.services.digest import GENESIS, seal_head
from huanchuang.audit.services.heads import append_missing

log = logging.getLogger("huanchuang.audit.seal")

BATCH = 10_000
"""Entries in one seal at most, so that the lock is held for milliseconds."""

WAIT = "1s"
"""How long the sealer may make writers wait on PostgreSQL."""


def seal() -> int:
    """Seal every entry that is not sealed yet; write the heads to the log and to the file. Number of seals made."""
    made = 0
    try:
        while (done := _seal_batch()) is not None:
            made += 1
            log.info(
                "sealed number=%d head=%s count=%d last=%d",
                done.number,
                done.head,
                done.count,
                done.last_entry,
            )
            if done.count < BATCH:
                break
    except OperationalError as busy:
        log.warning("sealing put off, the trail is being written: %s", type(busy).__name__)
    append_missing()
    return made


@transaction.atomic
def _seal_batch() -> Seal | None:
    _wait_for_writers()
    newest = Seal.objects.order_by("-number").first()
    after = newest.last_entry if newest else 0
    rows = list(Entry.objects.filter(id__gt=after).order_by("id").values_list("id", "digest")[:BATCH])
    if not rows:
        return None
    previous = newest.head if newest else GENESIS
    made = Seal(
        number=newest.number + 1 if newest else 1,
        at=timezone.now(),
        first_entry=rows[0][0],
        last_entry=rows[-1][0],
        count=len(rows),
        previous=previous,
        head=seal_head(previous, rows),
    )
    made.save(force_insert=True)
    return made


def _wait_for_writers() -> None:
    """See the module: SQLite's IMMEDIATE transaction is already alone; PostgreSQL needs the lock."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
        cursor.execute("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE")
