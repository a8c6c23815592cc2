"""What was supposed for an organisation and came of it, as lists show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from huanchuang.orm.language import language
from huanchuang.policies.models import Supposition
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.queries.merged import brought_by, parts_of
from huanchuang.policies.queries.words import RESULTS
from huanchuang.registry.models import Organisation


@dataclass(frozen=True)
class Supposed:
    """One that is kept, with its words and the address that opens it with its figures."""

    one: Supposition
    title: str
    before: tuple[str | Promise, str]
    after: tuple[str | Promise, str]
    url: str
    origin: str
    """The name of the organisation that was merged into this one and brought it; "" for its own."""


def suppositions_of(organisation: Organisation, policy: str = "") -> Sequence[Supposed]:
    """What is kept about an organisation, the newest first; of one policy where asked."""
    rows = Supposition.objects.filter(organisation__in=[organisation.pk, *parts_of([organisation.pk])])
    some = list((rows.filter(policy=policy) if policy else rows).select_related("organisation")[:100])
    brought = brought_by(Supposition, organisation) if some else {}
    return [_supposed(row, organisation, brought.get(row.pk, "")) for row in some]


def _supposed(row: Supposition, organisation: Organisation, origin: str) -> Supposed:
    listed = policy_named(row.policy)
    page = reverse("policies:suppose", args=[organisation.pk, row.policy])
    figures = urlencode({one["place"]: one["after"] for one in row.changed})
    return Supposed(
        row,
        listed.title(language()) if listed else row.policy,
        RESULTS[row.result_before],
        RESULTS[row.result],
        f"{page}?{figures}",
        origin or ("" if row.organisation_id == organisation.pk else row.organisation.name),
    )
