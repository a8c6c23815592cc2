"""Files of lists that are made in the background, kept for a week for whoever asked for them, and then forgotten."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit.services import SYSTEM
from huanchuang.files.models import Use
from huanchuang.files.services import detach
from huanchuang.jobs.models import Job
from huanchuang.jobs.services import start
from huanchuang.orm.language import language
from huanchuang.registry.queries.exports import EXPORT, KEPT_DAYS
from huanchuang.registry.queries.kinds import Kind


def start_export(
    user: User,
    kind: Kind | None,
    form: str,
    words: Mapping[str, Sequence[object]],
    columns: Sequence[str] = (),
) -> Job:
    """Have the list of a kind (of all kinds for None) made as a file; asking twice for the same is one job.

    `words` is what the list's address asks for. The file holds what this person may see when the job runs.
    """
    title = _("导出%(label)s") % {"label": kind.label} if kind else _("导出全部登记")
    payload: dict[str, Any] = {
        "kind": kind.name if kind else "",
        "form": form,
        "words": {name: [str(value) for value in values] for name, values in sorted(words.items())},
        "columns": list(columns),
        "language": language(),
    }
    same = hashlib.sha256(json.dumps([user.pk, payload]).encode()).hexdigest()
    return start(EXPORT, actor_of(user), payload, title, owner_id=user.pk, dedupe=same)


def forget_exports() -> int:
    """Take files of exports away that are older than a week; how many."""
    before = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    old = Use.objects.filter(about__startswith=f"{Job._meta.label_lower}:", created_at__lt=before)
    jobs = {job.subject for job in Job.objects.filter(kind=EXPORT, created_at__lt=before).only("pk")}
    gone = [use for use in old.select_related("stored") if use.about in jobs]
    for use in gone:
        detach(use.stored, use.about, SYSTEM)
    return len(gone)
