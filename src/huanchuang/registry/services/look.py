"""Looking at personal data without the mask: a deed of its own, with a purpose and an audit entry."""

from __future__ import annotations

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import kind_of

FEWEST_CHARACTERS = 4


def look(actor: audit.Actor, entry: Entry, purpose: str) -> dict[str, str]:
    """The personal fields of an entry in full; ProblemError without a purpose of at least four characters."""
    purpose = purpose.strip()
    if len(purpose) < FEWEST_CHARACTERS:
        raise ProblemError(
            Problem(
                "查看用途", f"至少写{FEWEST_CHARACTERS}个字", "请写明为何需要联系，例如“通知补正材料”",
                code="registry.look.purpose",
                en=ProblemText("Purpose", f"needs at least {FEWEST_CHARACTERS} characters", "Say why you need to make contact"),
            )
        )  # fmt: skip
    fields = [field.name for field in kind_of(entry).fields if field.personal]
    with transaction.atomic():
        audit.record_look(actor, entry.subject, fields, purpose)
    return {name: getattr(entry, name) for name in fields}
