"""Taking a step in the life of an entry: evaluated, listed, transferred; granted, fee paid, lapsed; or back, with a reason.

`queries.lives` says which steps there are. Each is one transaction with its revision, its audit entry and its files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import ProblemError, refuse
from huanchuang.files import services as files
from huanchuang.files.models import StoredFile
from huanchuang.orm import clock
from huanchuang.registry.models import Entry, Patent, Step
from huanchuang.registry.queries.kinds import kind_of
from huanchuang.registry.queries.kinds.values import label_en, show_value
from huanchuang.registry.queries.lives import LIVES, Deed, deeds_open, earliest_day, next_fee, obstacles
from huanchuang.registry.services import entries
from huanchuang.registry.services.news import returned

Upload = tuple[str, UploadedFile[bytes] | bytes]
"""A file's name and its content, as they came."""


def take_step(
    actor: audit.Actor,
    entry: Entry,
    expected_version: int,
    deed_name: str,
    *,
    on: dt.date | None = None,
    note: str = "",
    uploads: Iterable[Upload] = (),
    values: Mapping[str, Any] | None = None,
) -> Entry:
    """Do one deed to an entry that was read at `expected_version`; `on` is the day it happened (today when not said).

    `values` are the further fields that the deed asks for. Raises ProblemError where the deed does not start from here,
    its reason or a needed field is missing or its day is out of order; EditedMeanwhile as `entries.change` does.
    """
    deed = LIVES[kind_of(entry).name].named(deed_name)
    day = on or clock.today()
    with transaction.atomic():
        stored = kind_of(entry).model._default_manager.select_for_update().get(pk=entry.pk)
        _refuse(stored, deed, day, note)
        given = {name: value for name, value in (values or {}).items() if name in deed.asks}
        changed = entries.change(
            actor, stored, expected_version, {**given, **_set_by(stored, deed, day)}, note=note.strip(), deed=deed.name
        )  # fmt: skip
        step = Step.objects.create(
            subject_of=changed.subject,
            deed=deed.name,
            state=getattr(changed, "state", ""),
            on=day,
            note=note.strip()[:300],
            by=actor.id,
            by_name=actor.name,
        )
        attach(actor, step.subject, [keep(actor, upload) for upload in uploads])
        if deed.officer_only:
            returned(changed, step)
    return changed


def keep(actor: audit.Actor, upload: Upload) -> StoredFile:
    """Check and store one upload."""
    name, content = upload
    return files.store(content, name, actor)


def attach(actor: audit.Actor, subject: str, stored: Iterable[StoredFile]) -> None:
    """Say that these files belong to a step or a proof; who sees its entry from inside may read them."""
    for one in stored:
        files.attach(one, subject, actor)


def _set_by(entry: Entry, deed: Deed, day: dt.date) -> dict[str, Any]:
    """What a deed itself sets: the state, the column of its day, the next fee."""
    values: dict[str, Any] = {"state": deed.end} if deed.end else {}
    if deed.stamps:
        values[deed.stamps] = day
    if deed.name == "pay-fee" and isinstance(entry, Patent):
        values["fee_due_on"] = next_fee(entry)
    return values


def _refuse(entry: Entry, deed: Deed, day: dt.date, note: str) -> None:
    if deed.name not in {one.name for one in deeds_open(entry)}:
        raise _not_from_here(entry, deed)
    found = list(obstacles(entry, deed))
    if deed.back and not note.strip():
        found += refuse(
            "registry.step.reason", (str(deed.note), "不能为空", "请写明原因和依据"),
            ("Reason", "is empty", "Say why, and on what ground"),
        ).problems  # fmt: skip
    first = earliest_day(entry)
    if day > clock.today():
        found += refuse(
            "registry.step.day", (str(deed.day), f"{day}晚于今天", "请填实际发生的日期"),
            ("Date", f"{day} is later than today", "Give the day on which it happened"),
        ).problems  # fmt: skip
    elif first is not None and day < first:
        found += refuse(
            "registry.step.order", (str(deed.day), f"{day}早于上一步的{first}", "请核对先后顺序"),
            ("Date", f"{day} is before {first}, when the step before was taken", "Check the order"),
        ).problems  # fmt: skip
    if found:
        raise ProblemError(found)


def _not_from_here(entry: Entry, deed: Deed) -> ProblemError:
    kind = kind_of(entry)
    field = kind.by_name["state"]
    now = (
        show_value(field, getattr(entry, "state", ""), "zh"),
        show_value(field, getattr(entry, "state", ""), "en"),
    )
    if entry.retired_on is not None:
        now = "已停用", "retired"
    return refuse(
        "registry.step.start",
        (str(field.label), f"现在是“{now[0]}”，不能{deed.word}", "请刷新页面，按现在可办的事项办理"),
        (label_en(field), f'is "{now[1]}", from where this cannot be done', "Reload the page and choose among what can be done now"),
    )  # fmt: skip
