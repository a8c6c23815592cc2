"""Whether a person may speak for a line: the bureau for every one, a unit for its own."""

from __future__ import annotations

from huanchuang.accounts.models import Role, User
from huanchuang.engines.kernel.problem import refuse
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Target
from huanchuang.steering.queries.visibility import answering_organisation, may_answer_for


def must_answer_for(user: User, target: Target) -> Organisation | None:
    """The organisation for which the person speaks, None for the bureau. Raises ProblemError for strangers."""
    if may_answer_for(user, target):
        return answering_organisation(user, target)
    raise refuse(
        "steering.not_yours",
        (f"“{target.name}”", "不是贵单位牵头或配合的任务", "如果责任单位有误，请联系主管科室更正"),
        (
            f'"{target.name}"',
            "your unit is not responsible for it",
            "If the unit is wrong, ask the bureau to correct it",
        ),
    )


def must_be_bureau(user: User) -> None:
    """Refuse everybody but the bureau: what a line is measured by is not for the unit to set that is measured."""
    if user.role != Role.OFFICER:
        raise refuse(
            "steering.bureau_only",
            ("这项设置", "由主管科室管理", "需要修改请联系主管科室"),
            ("This setting", "is kept by the bureau", "Ask the bureau to change it"),
        )
