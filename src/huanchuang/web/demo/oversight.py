"""What stands beside the plan: a task force, desks of units, a campaign, a dispatch meeting. The data stand in `oversight.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from huanchuang.accounts.models import User
from huanchuang.orm import clock
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import resolve_units
from huanchuang.steering.queries.assessment import preview
from huanchuang.steering.queries.dispatch import dispatch
from huanchuang.steering.services.assessment import publish
from huanchuang.steering.services.bodies import (
    BodyGiven,
    fill_post,
    set_unit_desk,
    set_up_body,
    vacate_post,
)
from huanchuang.steering.services.meeting import (
    DecisionGiven,
    MeetingGiven,
    issue_minutes,
    note_decision,
    note_meeting,
)
from huanchuang.steering.services.oversight import (
    CampaignGiven,
    ShortcomingGiven,
    plan_campaign,
    raise_shortcoming,
    submit_rectification,
)

WORDS = Path(__file__).resolve().parent / "oversight.yaml"
Words = dict[str, Any]


def tell(officer: User, colleague: User) -> None:
    """Let everything of the file happen; each step through its service."""
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    for entry in words["bodies"]:
        _body(officer, entry)
    for entry in words["desks"]:
        set_unit_desk(officer, _unit(entry["unit"]), entry["leader"], entry["office"], entry["clerk"])
    _campaign(officer, colleague, words["campaign"])
    _meeting(officer, words["meeting"])
    _assess(colleague, words["assessment"])


def _body(officer: User, entry: Words) -> None:
    given = BodyGiven(entry["name"], entry["kind"], entry["founded"], entry["duty"], entry["basis"])
    body = set_up_body(officer, given)
    for seat in entry["seats"]:
        unit = _unit(seat["unit"]) if "unit" in seat else None
        held = fill_post(officer, body, seat["post"], seat["name"], unit, seat["since"])
        if "until" in seat:
            vacate_post(officer, held, seat["until"])


def _campaign(officer: User, colleague: User, entry: Words) -> None:
    given = CampaignGiven(
        entry["title"], entry["scope"], entry["starts"], entry["ends"], _unit(entry["lead"]), entry["basis"]
    )
    campaign = plan_campaign(officer, "demo-campaign", given)
    for number, one in enumerate(entry["findings"]):
        problem = ShortcomingGiven(
            one["title"], one["measure"], _unit(one["unit"]), one["due"], one["detail"], campaign
        )
        found = raise_shortcoming(officer, f"demo-finding-{number}", problem)
        if "answer" in one:
            submit_rectification(colleague, found, found.version, one["answer"], None)


def _meeting(officer: User, entry: Words) -> None:
    names = ("kind", "title", "place", "chair", "attendees", "notes")
    given = MeetingGiven(held_on=entry["held"], **{name: entry[name] for name in names})
    meeting = note_meeting(officer, "demo-meeting", given)
    for one in entry["decisions"]:
        note_decision(officer, meeting, DecisionGiven(one["text"], one["lead"], one["co"], one["due"]))
    issue_minutes(officer, meeting)


def _assess(colleague: User, year: int) -> None:
    """The scores of last year, by the figures of the day; published by the colleague, so that the officer may answer."""
    publish(colleague, year, preview(dispatch(colleague, clock.today())))


def _unit(name: str) -> Organisation:
    found = resolve_units([name])[name]
    if found is None:
        raise LookupError(f"web/demo/oversight.yaml: no unit of the register is called “{name}”")
    return found
