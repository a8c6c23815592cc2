"""Files of lists that were made in the background: whose they are, and which a person still has."""

from __future__ import annotations

from collections.abc import Sequence

from huanchuang.accounts.models import User
from huanchuang.files.models import Use
from huanchuang.jobs.models import Job
from huanchuang.orm.models import key_of_subject

EXPORT = "registry.export"
"""Jobs of this kind make them."""
KEPT_DAYS = 7


def may_read_export(user: User, subject: str) -> bool:
    """For the download: a file of a list is for whoever asked for it; it holds what this person may see, nobody else."""
    key = key_of_subject(subject)
    return key is not None and Job.objects.filter(pk=key, kind=EXPORT, owner=user).exists()


def exports_of(user: User) -> Sequence[Use]:
    """The files that a person can still download, the newest first."""
    mine = Job.objects.filter(kind=EXPORT, owner=user).order_by("-pk").values_list("pk", flat=True)[:50]
    about = [f"{Job._meta.label_lower}:{key}" for key in mine]
    return list(Use.objects.filter(about__in=about).select_related("stored").order_by("-pk"))
