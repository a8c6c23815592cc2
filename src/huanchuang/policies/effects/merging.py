"""When organisations of the register are merged: their rows go along of themselves, the office hears what is doubled."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import key_of_subject
from huanchuang.policies.services.merging import follow_merge, part_again
from huanchuang.registry.effects import merged, name_rows, unmerged
from huanchuang.registry.models import Merge, Organisation
from huanchuang.registry.queries.kinds import ORGANISATION

name_rows(
    {
        "policies.Answer": _("政策条件的答复"),
        "policies.Award": _("免申即享"),
        "policies.Decision": _("存档的政策测算"),
        "policies.Supposition": _("政策推演"),
        "policies.Telling": _("政策告知"),
        "policies.WindowKey": _("申报日历地址"),
    }
)


@receiver(merged, dispatch_uid="policies.merged")
def follow(merge: Merge, kept: str, **_more: Any) -> None:
    """Write down what came along; tell the office what is reserved twice."""
    if merge.kind == ORGANISATION.name:
        follow_merge(merge, _organisation(kept))


@receiver(unmerged, dispatch_uid="policies.unmerged")
def go_back(merge: Merge, kept: str, lost: str, **_more: Any) -> None:
    """Tell the office of amounts that were reserved for the two as one."""
    if merge.kind == ORGANISATION.name:
        part_again(merge, _organisation(kept), _organisation(lost))


def _organisation(subject: str) -> Organisation:
    return Organisation.objects.get(pk=key_of_subject(subject) or 0)
