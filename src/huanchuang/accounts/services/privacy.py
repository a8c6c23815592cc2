"""Looking at personal data in clear."""

from __future__ import annotations

from django.db import transaction

from huanchuang.accounts.models import FieldClass, User
from huanchuang.accounts.queries import allows
from huanchuang.audit.services import Actor, record_look
from huanchuang.engines.kernel import refuse

DEED = "accounts.personal.unmask"


@transaction.atomic
def unmask(actor: Actor, user: User, subject: str, fields: list[str], purpose: str) -> None:
    """Let `user` see `fields` of `subject` in clear, and record the look with its purpose. Call it before showing them.

    ProblemError without a purpose, or without the right (by role, or by a grant of the owner's class on the subject).
    """
    if len(purpose.strip()) < 2:
        raise refuse(
            "accounts.unmask.purpose",
            ("用途", "没有写明为什么要看", "请用一句话写明用途，例如“电话核实参会人员”"),
            (
                "purpose",
                "why the data are needed is not stated",
                "say it in a sentence, for example “to confirm attendance by phone”",
            ),
        )
    if not (allows(user, DEED, subject) and allows(user, DEED, subject, FieldClass.OWNER.value)):
        raise refuse(
            "accounts.unmask.right",
            (subject, "您没有查看完整个人信息的权限", "如工作需要，请向主管科室申请授权"),
            (
                subject,
                "you may not see these personal data in clear",
                "ask the officer in charge for a grant",
            ),
        )
    record_look(actor, subject, fields, purpose.strip())
