"""Looking at personal data without the mask: a deed of its own, with a purpose and an audit entry."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.registry.models import Organisation

FEWEST_CHARACTERS = 4


@dataclass(frozen=True)
class Contact:
    """Whom to call, unmasked."""

    name: str
    phone: str


def look_at_contact(actor: audit.Actor, organisation: Organisation, purpose: str) -> Contact:
    """The contact person and number in full; ProblemError without a purpose of at least four characters."""
    purpose = purpose.strip()
    if len(purpose) < FEWEST_CHARACTERS:
        raise ProblemError(
            Problem(
                "查看用途", f"至少写{FEWEST_CHARACTERS}个字", "请写明为何需要联系，例如“通知补正材料”",
                code="registry.look.purpose",
                en=ProblemText("Purpose", f"needs at least {FEWEST_CHARACTERS} characters", "Say why you need to make contact"),
            )
        )  # fmt: skip
    with transaction.atomic():
        audit.record_look(actor, organisation.subject, ["contact_name", "contact_phone"], purpose)
    return Contact(organisation.contact_name, organisation.contact_phone)
