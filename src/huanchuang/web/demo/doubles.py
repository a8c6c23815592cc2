"""Entries that stand in the register twice: one pair is merged already, the others wait for the visitor."""

from __future__ import annotations

from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Candidate, Organisation
from huanchuang.registry.queries.kinds import ACHIEVEMENT, ORGANISATION, PERSON
from huanchuang.registry.services import register_organisation
from huanchuang.registry.services.sameness import merge, put_forward, start_search

DOUBLED = "云澜栩峰高分子材料有限公司"


def find(officer: User) -> None:
    """Enter one firm a second time as a sign-up sheet had it, merge the two, and search for the other doubles."""
    if Candidate.objects.exists():
        return
    with transaction.atomic():
        firm = Organisation.objects.get(name=DOUBLED)
        double = register_organisation(
            SYSTEM, name="栩峰高分子", kind=firm.kind, region=firm.region, contact_phone=firm.contact_phone,
            source="2025年产学研对接会签到表",
        )  # fmt: skip
        put_forward(actor_of(officer), firm, double)
        merge(actor_of(officer), firm, double, {}, "同一联系电话，签到表写的是简称")
    for kind in (ORGANISATION, PERSON, ACHIEVEMENT):
        start_search(actor_of(officer), kind, inline=True)
