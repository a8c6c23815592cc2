"""After a merge of two organisations, and after it was undone: what the office has to look at, and a line in the trail."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse

from huanchuang.accounts.models import Role
from huanchuang.accounts.queries import users_with_role
from huanchuang.audit import services as audit
from huanchuang.money.models import State, sure
from huanchuang.notices.services import notify
from huanchuang.policies.models import Award
from huanchuang.policies.queries.doubled import Doubled, doubled_of
from huanchuang.registry.models import Merge, Organisation

NOTICE = "policies.merge"
OWN = "policies."


def follow_merge(merge: Merge, kept: Organisation) -> list[Doubled]:
    """Write down what came along and what stayed; tell the office what is reserved twice now. Nothing is let go.

    Call it inside the transaction of the merge, which moved the rows.
    """
    found = doubled_of(kept)
    after = {
        "lost": str(merge.lost),
        "moved": _counts(merge.moved),
        "stayed": _counts(merge.stayed),
        "doubled": [{"reservation": one.reservation.pk, "fen": one.money.fen} for one in found],
    }
    if after["moved"] or after["stayed"] or found:
        actor = audit.Actor(merge.by, merge.by_name)
        audit.record(actor, "policies.merge.follow", kept.subject, after=after)
    if found:
        lines = [f"{one.title}：为“{one.holder}”预留的{one.money.text()}——{one.why}" for one in found]
        _tell(
            f"合并后有重复预留：{kept.name}",
            "；".join([*lines, "没有自动释放，请核对后撤回或释放其中一笔"]),
            reverse("policies:outlook", args=[kept.pk]),
            f"{NOTICE}:{merge.pk}",
        )
    return found


def part_again(merge: Merge, kept: Organisation, lost: Organisation) -> list[Award]:
    """After a merge was undone: name the awards that went back while their amount, reserved since, is the other one's."""
    back = Award.objects.filter(
        organisation=lost, reservation__holder=kept.subject, reservation__state=State.HELD
    )
    found = list(back.select_related("reservation"))
    if not found:
        return []
    actor = audit.Actor(merge.by, merge.by_name)
    after = {"kept": kept.subject, "awards": [award.pk for award in found]}
    audit.record(actor, "policies.merge.part", lost.subject, after=after)
    amounts = "、".join(sure(award.reservation.amount).text() for award in found if award.reservation)
    _tell(
        f"撤销合并后预留对象不符：{lost.name}",
        f"合并期间确认的免申即享（{amounts}）已回到“{lost.name}”，额度仍为“{kept.name}”预留，请核对后撤回重提",
        reverse("policies:award", args=[found[0].pk]),
        f"{NOTICE}.undone:{merge.pk}",
    )
    return found


def _counts(groups: list[list[object]]) -> dict[str, int]:
    """Model of this slice → how many of its rows."""
    found: Counter[str] = Counter()
    for label, _column, keys in groups:
        if str(label).startswith(OWN) and isinstance(keys, list):
            found[str(label)] += len(keys)
    return dict(found)


def _tell(title: str, body: str, link: str, dedupe: str) -> None:
    notify(users_with_role(Role.OFFICER), NOTICE, title[:200], body, link, dedupe)
