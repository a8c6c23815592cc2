"""The demonstration's nine people. They can sign in only while the demonstration is on."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction

from huanchuang.accounts.models import Role, User
from huanchuang.audit.services import Actor, record

DEMO_PASSWORD = "huanchuang-demo"  # noqa: S105  (public on purpose: refused by the backend outside the demonstration)

PEOPLE = (
    (Role.OFFICER, "林科长", "13800000001"),
    (Role.MANAGER, "周工", "13800000002"),
    (Role.CLERK, "何会计", "13800000003"),
    (Role.RESEARCHER, "秦教授", "13800000004"),
    (Role.REPORTER, "吴站长", "13800000005"),
    (Role.REVIEWER, "郑专家", "13800000006"),
    (Role.LEADER, "罗主任", "13800000007"),
    (Role.AUDITOR, "唐审计", "13800000008"),
    (Role.ADMINISTRATOR, "管理员", "13800000009"),
)
"""Role, name and an invented phone number; the user name is `demo-` and the role."""


@transaction.atomic
def set_demo_users(actor: Actor) -> dict[str, User]:
    """Make the nine people, or bring them back to how they were. Returns role → user. Repeatable."""
    password = make_password(DEMO_PASSWORD)
    made = {}
    for role, name, phone in PEOPLE:
        values = {
            "name": name,
            "role": role.value,
            "phone": phone,
            "is_demo": True,
            "is_active": True,
            "password": password,
        }
        made[role.value], _new = User.objects.update_or_create(username=f"demo-{role.value}", defaults=values)
    record(actor, "accounts.user.set_demo", "accounts.user:demo", None, {"count": len(made)})
    return made
