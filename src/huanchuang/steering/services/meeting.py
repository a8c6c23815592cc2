"""Meetings and visits: note them, note what was decided, issue the minutes, which makes each decision a line of the ledger."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.files import services as files
from huanchuang.steering.models import Decision, Meeting, Plan, PlanState, Review
from huanchuang.steering.queries.minutes import Decided, minutes
from huanchuang.steering.services.reading import write_items, write_lines
from huanchuang.steering.services.rights import must_be_bureau


@dataclass(frozen=True)
class MeetingGiven:
    """What is noted of a meeting."""

    kind: str
    title: str
    held_on: dt.date
    place: str = ""
    chair: str = ""
    attendees: str = ""
    notes: str = ""


@dataclass(frozen=True)
class DecisionGiven:
    """What was decided."""

    text: str
    lead: str
    co: str = ""
    due_on: dt.date | None = None


@transaction.atomic
def note_meeting(user: User, token: str, given: MeetingGiven) -> Meeting:
    """Note a meeting; the second press of the button finds the first one's."""
    must_be_bureau(user)
    meeting, new = Meeting.objects.get_or_create(token=token, defaults={**vars(given), "made_by": user})
    if new:
        audit.record(actor_of(user), "steering.meeting.note", meeting.subject, after={"title": given.title})
    return meeting


@transaction.atomic
def note_decision(user: User, meeting: Meeting, given: DecisionGiven) -> Decision:
    """Add a decision to a meeting whose minutes are not issued."""
    meeting = _open(user, meeting)
    decision = Decision.objects.create(
        meeting=meeting,
        text=given.text.strip().rstrip("。；;")[:300],
        lead=given.lead.strip()[:200],
        co=given.co.strip()[:300],
        due_on=given.due_on,
    )
    audit.record(actor_of(user), "steering.meeting.decide", meeting.subject, after={"text": decision.text})
    return decision


@transaction.atomic
def strike_decision(user: User, meeting: Meeting, decision: int) -> None:
    """Take a decision off again, before the minutes are issued."""
    meeting = _open(user, meeting)
    found = meeting.decisions.filter(pk=decision).first()
    if found is not None:
        found.delete()
        audit.record(actor_of(user), "steering.meeting.strike", meeting.subject, before={"text": found.text})


@transaction.atomic
def issue_minutes(user: User, meeting: Meeting) -> Plan:
    """Issue the minutes: from now on they are a plan in force, and each decision is a line with its sentence."""
    must_be_bureau(user)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("minutes").get(pk=meeting.pk)
    if meeting.minutes is not None:
        return meeting.minutes
    decided = [
        Decided(one.text, _units(one.lead), _units(one.co), one.due_on)
        for one in meeting.decisions.order_by("pk")
    ]
    if not decided:
        raise refuse(
            "steering.nothing_decided",
            (f"“{meeting.title}”", "没有议定事项", "请先登记议定事项，再印发纪要"),
            (f'"{meeting.title}"', "nothing was decided", "Note what was decided, then issue the minutes"),
        )
    title = f"{meeting.title}纪要"
    text, proposed = minutes(title, _opening(meeting), decided)
    plan = _as_plan(user, meeting, title, text)
    write_items(plan, proposed.items)
    write_lines(plan, proposed.lines, 0)
    plan.targets.update(review=Review.ACCEPTED, version=F("version") + 1)
    Meeting.objects.filter(pk=meeting.pk).update(minutes=plan, version=F("version") + 1)
    after = {"meeting": meeting.pk, "decisions": len(decided)}
    audit.record(actor_of(user), "steering.meeting.issue", plan.subject, after=after)
    return plan


def _as_plan(user: User, meeting: Meeting, title: str, text: str) -> Plan:
    actor = actor_of(user)
    data = text.encode()
    stored = files.store(data, f"{title[:60]}.txt", actor)
    plan = Plan.objects.create(
        title=title,
        issued_on=meeting.held_on,
        head={"title": title, "kind": "会议纪要"},
        file=stored,
        file_digest=hashlib.sha256(f"meeting-{meeting.pk}".encode() + data).hexdigest(),
        text=text,
        state=PlanState.IN_FORCE,
        uploaded_by=user,
        accepted_by=user,
        accepted_at=timezone.now(),
    )
    files.attach(stored, plan.subject, actor)
    return plan


def _open(user: User, meeting: Meeting) -> Meeting:
    must_be_bureau(user)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.minutes_id is not None:
        raise refuse(
            "steering.minutes_issued",
            (f"“{meeting.title}”", "纪要已经印发，议定事项不能再改", "请在台账里申请调整"),
            (f'"{meeting.title}"', "its minutes are issued", "Ask for a change in the ledger instead"),
        )
    return meeting


def _opening(meeting: Meeting) -> str:
    held = f"{meeting.held_on.year}年{meeting.held_on.month}月{meeting.held_on.day}日"
    parts = [
        held + (f"，{meeting.place}" if meeting.place else ""),
        f"{meeting.chair}主持" if meeting.chair else "",
        f"参加：{meeting.attendees}" if meeting.attendees else "",
        meeting.notes.strip().replace("\n", ""),
    ]
    return "。".join(part.rstrip("。") for part in parts if part) + "。"


def _units(text: str) -> tuple[str, ...]:
    plain = text.replace("，", "、").replace(",", "、").replace("；", "、")
    return tuple(dict.fromkeys(unit.strip() for unit in plain.split("、") if unit.strip()))
