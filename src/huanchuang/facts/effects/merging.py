"""When entries of the register are merged, their facts go along, and come back when the merge is undone."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.facts.models import Fact
from huanchuang.facts.queries.access import reader_of
from huanchuang.facts.services.merging import move_facts, move_facts_back
from huanchuang.registry.effects import counts_for_merge, merged, unmerged


@receiver(merged, dispatch_uid="facts.merged")
def follow(kept: str, lost: str, **_more: Any) -> tuple[str, dict[str, object]]:
    """Take the facts along; how many is kept with the merge."""
    return "facts", {"zh": "数据", "en": "Facts", "moved": move_facts(kept, lost)}


@receiver(unmerged, dispatch_uid="facts.unmerged")
def go_back(kept: str, lost: str, **_more: Any) -> None:
    """Bring the facts back."""
    move_facts_back(kept, lost)


@counts_for_merge
def facts_about(user: User, subject: str) -> tuple[str | Promise, int] | None:
    """How many current facts there are about a subject; nothing for those who may not read them."""
    if reader_of(user, subject) is None:
        return None
    return _("年度数据"), Fact.objects.filter(subject=subject, current_until__isnull=True).count()
