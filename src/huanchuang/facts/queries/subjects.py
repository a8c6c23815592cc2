"""What subjects are called and where their pages are, many at once; which of them still count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huanchuang.registry.models import Organisation

ORGANISATION = Organisation._meta.label_lower


@dataclass(frozen=True)
class Subject:
    """A subject by its name."""

    subject: str
    title: str
    url: str


def subjects_named(subjects: Iterable[str]) -> dict[str, Subject]:
    """The subjects with title and page; one that is not known keeps its bare name."""
    wanted = list(dict.fromkeys(subjects))
    numbers = [int(one.partition(":")[2]) for one in wanted if one.startswith(f"{ORGANISATION}:")]
    found = {one.subject: one for one in Organisation.objects.filter(pk__in=numbers)}
    return {
        subject: Subject(subject, found[subject].name, found[subject].get_absolute_url())
        if subject in found
        else Subject(subject, subject, "")
        for subject in wanted
    }


def retired_subjects() -> frozenset[str]:
    """Subjects that are no longer in force: nobody keeps their figures up to date."""
    numbers = Organisation.objects.filter(retired_on__isnull=False).values_list("pk", flat=True)
    return frozenset(f"{ORGANISATION}:{number}" for number in numbers)
