"""Telling organisations of a policy: chosen from a run's list, told as a job, each once for a version of the policy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, allows
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import refuse
from huanchuang.jobs.services import Run as JobRun
from huanchuang.jobs.services import perform, start
from huanchuang.notices.services import notify
from huanchuang.orm import clock
from huanchuang.policies.models import Push, Run, Segment, Telling, TellingState
from huanchuang.policies.queries.letter import letter_of
from huanchuang.policies.queries.library import Listed, policy_named
from huanchuang.policies.queries.outlook import Card, cards_of
from huanchuang.policies.queries.push import people_of, preview_of, told_before, told_for
from huanchuang.policies.queries.segments import TELLING, belongs, segment_list
from huanchuang.policies.services.standing import outdated, refuse_outdated
from huanchuang.registry.models import Organisation

JOB, SEND = "policies.push", "policies.push.send"
AT_ONCE = 50
"""Organisations told in one transaction: those are told, or none of them."""
FEWEST = 2


def begin_push(
    user: User,
    run: Run,
    one: Listed,
    segment: str,
    chosen: Sequence[int] = (),
    *,
    message: str = "",
    again_because: str = "",
    inline: bool = False,
) -> Push:
    """Tell organisations of a run's list of a policy; all of the list where none is chosen.

    Those told of this version before are left out, unless a reason is given to tell them again; while the same push is
    under way (a double click), that one is it. ProblemError for a list that nobody is told from, one of a version that
    decides no more, organisations that are not on it, and where nobody is left to tell.
    """
    refuse_outdated(one)
    keys = chosen_of(run, one, segment, chosen)
    reason = again_because.strip()
    if again_because and len(reason) < FEWEST:
        raise _refuse(
            "再次推送的理由",
            "太短",
            "请写明为什么要再告知一次",
            "Reason",
            "is too short",
            "Say why they are told again",
        )
    preview = preview_of(one.id, one.policy.version, keys, again=bool(reason))
    if not preview.reached:
        raise _refuse(
            "推送名单", "没有能收到的单位：没有账户，或这一版政策已经告知过", "换一份名单；要再告知一次，请勾选并写明理由",
            "List", "nobody on it can be told: no account, or told of this version already",
            "Choose others; to tell them again, tick the box and say why",
        )  # fmt: skip
    actor = actor_of(user)
    with transaction.atomic():
        made = Push.objects.create(
            run=run, policy=one.id, title=one.title()[:200], version=one.policy.version, digest=one.pack.hash,
            segment=segment, chosen=keys, message=message.strip()[:300], again_because=reason[:300],
            asked_at=timezone.now(), asked_by=actor.id, asked_by_name=actor.name,
        )  # fmt: skip
        title = _("推送“%(title)s”") % {"title": one.title()}
        job = start(JOB, actor, {"push": made.pk}, title[:200], made.subject, user.pk, dedupe=_asked(made))
        if job.payload["push"] != made.pk:
            made.delete()
            return Push.objects.get(pk=job.payload["push"])
        made.job = job
        made.save(update_fields=["job"])
        after = {"policy": one.id, "version": made.version, "list": segment, "chosen": len(keys)}
        audit.record(actor, SEND, made.subject, after=after, note=reason)
    if inline and made.job is not None:
        perform(made.job.pk)
        made.refresh_from_db()
    return made


def _asked(push: Push) -> str:
    """A digest of all that makes two pushes the same."""
    words = [push.run_id, push.digest, push.segment, push.chosen, push.message, push.again_because]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def chosen_of(run: Run, one: Listed, segment: str, chosen: Sequence[int]) -> list[int]:
    """Those chosen, in the order of the list; ProblemError where the list is none to tell from or lacks one of them."""
    if segment not in TELLING:
        raise _refuse(
            "推送名单", "只能推送符合、差一点和差一两项数据的单位", "请回到测算结果，换一个结果再选",
            "List", "only those eligible, nearly eligible or short of a figure are told", "Choose another list of the run",
        )  # fmt: skip
    every = [row.organisation for row in segment_list(run, one, segment)]
    if set(chosen) - set(every):
        raise _refuse(
            "推送名单", "所选单位有的不在这份名单里", "请回到测算结果重新勾选",
            "List", "some of those chosen are not on it", "Go back to the run and tick them again",
        )  # fmt: skip
    return [key for key in every if key in set(chosen)] if chosen else every


def carry_out(job: JobRun) -> dict[str, Any]:
    """The body: told in steps, each in one transaction with its place, so that nobody is told twice or left out."""
    push = Push.objects.select_related("run").get(pk=job.payload["push"])
    one = policy_named(push.policy)
    if one is None or job.job.owner is None or not allows(job.job.owner, SEND):
        raise _refuse(
            "推送", "提交人已没有推送权限，或政策已不在政策库", "请由有权限的主管科室人员重新推送",
            "Push", "whoever asked for it may no longer, or the policy is gone", "Let an officer start it again",
        )  # fmt: skip
    if one.pack.hash != push.digest:
        raise outdated(push.title, push.version)
    total = len(push.chosen)
    for first in range(int(job.cursor.get("done", 0)), total, AT_ONCE):
        some = push.chosen[first : first + AT_ONCE]
        with transaction.atomic():
            tell(push, one, some, job.actor)
            job.checkpoint({"done": first + len(some)})
        job.progress(first + len(some), total, _("逐家告知"))
    return {"url": reverse("policies:push", args=[push.pk]), "text": push.title}


def tell(push: Push, one: Listed, chosen: Sequence[int], actor: audit.Actor) -> list[Telling]:
    """Decide each anew for today and tell those that still belong to the list; one that was merged, as what it is now."""
    done = set(
        push.tellings.filter(organisation__in=told_for(chosen)).values_list("organisation_id", flat=True)
    )
    chosen = [key for key in told_for(chosen) if key not in done]
    firms = Organisation.objects.in_bulk(chosen)
    cards = cards_of([firms[key] for key in chosen if key in firms], one, clock.today())
    people = people_of(chosen)
    is_again = bool(push.again_because)
    before = set() if is_again else told_before(push.policy, push.version, chosen)
    rows = []
    for key, card in cards.items():
        state = _state(card, push.segment, reached=key in people, before=key in before)
        rows.append(_telling(push, key, card, state, len(people.get(key, ())), is_again=is_again))
    told = _write(push, rows)
    for row in told:
        letter = letter_of(row.organisation, cards[row.organisation_id], push.segment, push.message)
        notify(
            people[row.organisation_id], "policies.push", letter.title, letter.body, letter.link, row.notice
        )
        after = {"policy": push.policy, "version": push.version, "people": row.people}
        audit.record(
            actor, "policies.push.tell", row.organisation.subject, after=after, note=push.again_because
        )
    return told


def _write(push: Push, rows: Sequence[Telling]) -> list[Telling]:
    """The rows written; those to be told now. Another push that tells the same organisation right now comes first."""
    Telling.objects.bulk_create(rows, ignore_conflicts=True)
    keys = [row.organisation_id for row in rows]
    written = list(push.tellings.filter(organisation__in=keys).select_related("organisation"))
    lost = [row for row in rows if row.organisation_id not in {one.organisation_id for one in written}]
    for row in lost:
        row.state = TellingState.BEFORE
    Telling.objects.bulk_create(lost)
    return [row for row in written if row.state == TellingState.TOLD]


def _state(card: Card, segment: str, *, reached: bool, before: bool) -> TellingState:
    if before:
        return TellingState.BEFORE
    if not belongs(card, Segment(segment)):
        return TellingState.CHANGED
    return TellingState.TOLD if reached else TellingState.NOBODY


def _telling(
    push: Push, key: int, card: Card, state: TellingState, people: int, *, is_again: bool
) -> Telling:
    return Telling(
        push=push, organisation_id=key, policy=push.policy, version=push.version, state=state, result=card.result,
        addressed=key, fen=card.money.fen if card.money else None, people=people, is_again=is_again, told_at=clock.now(),
    )  # fmt: skip


def _refuse(where: str, what: str, remedy: str, where_en: str, what_en: str, remedy_en: str) -> Exception:
    return refuse("policies.push", (where, what, remedy), (where_en, what_en, remedy_en))
