"""What was supposed and came of it, kept under a name and thrown away again. Facts are never touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import refuse
from huanchuang.policies.models import Supposition
from huanchuang.policies.queries.outlook import Card
from huanchuang.registry.models import Organisation

MOST = 50
"""Suppositions kept for one policy of one organisation."""
Change = Mapping[str, str]


def keep_supposition(
    actor: audit.Actor,
    organisation: Organisation,
    name: str,
    now: Card,
    then: Card,
    changed: Sequence[Change],
) -> Supposition:
    """Keep figures that were changed and the result with them. ProblemError without name or change, for a name taken, for too many."""
    called = " ".join(name.split())[:80]
    if not called or not changed:
        raise refuse(
            "policies.supposition.empty",
            ("推演", "没有名称，或没有改动任何数", "请先改一两个数推演，再起个名称保存"),
            ("What-if", "has no name, or changes nothing", "Change a figure first, then give it a name"),
        )
    one, decision = then.listed, then.decision
    mine = Supposition.objects.filter(organisation=organisation, policy=one.id)
    if mine.count() >= MOST:
        raise refuse(
            "policies.supposition.many",
            ("推演", f"这项政策已保存{MOST}个", "请先删去不用的"),
            ("What-if", f"{MOST} are kept for this policy", "Delete some first"),
        )
    try:
        with transaction.atomic():
            made = Supposition.objects.create(
                organisation=organisation, policy=one.id, name=called, policy_version=one.policy.version,
                digest=one.pack.hash, as_of=decision.as_of, changed=list(changed), result_before=now.result,
                fen_before=now.decision.fen, result=then.result, fen=decision.fen, kept_at=timezone.now(),
                kept_by_name=actor.name,
            )  # fmt: skip
            after = {"policy": one.id, "name": called, "result": then.result}
            audit.record(actor, "policies.supposition.keep", organisation.subject, after=after)
    except IntegrityError as error:
        raise refuse(
            "policies.supposition.name",
            ("名称", f"已有名为“{called}”的推演", "请换一个名称，或先删去原来的"),
            ("Name", f'"{called}" is taken', "Take another, or delete the old one"),
        ) from error
    return made


def drop_supposition(actor: audit.Actor, one: Supposition) -> None:
    """Throw it away; that it was there stays in the trail."""
    with transaction.atomic():
        before = {"policy": one.policy, "name": one.name, "result": one.result}
        audit.record(actor, "policies.supposition.drop", one.organisation.subject, before=before)
        one.delete()
