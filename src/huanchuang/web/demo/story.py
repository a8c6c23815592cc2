"""What has happened to the plan: reports, evidence, requests, verification. The data stand in `story.yaml`.

Each step goes through its service, under the person who would do it: the reporter for the own unit, else the officer.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.services.people import create_user, new_password
from huanchuang.audit.services import Actor
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Plan, Target
from huanchuang.steering.services.changes import adjust, end
from huanchuang.steering.services.closing import request_close, return_for_more, verify
from huanchuang.steering.services.progress import ProgressGiven, report_progress

STORY = Path(__file__).resolve().parent / "story.yaml"
Words = dict[str, Any]


def tell(plan: Plan, officer: User, reporter: User, actor: Actor) -> None:
    """Let everything of the story happen to a plan that has just come into force."""
    story = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    colleague = _colleague(story["colleague"], actor)
    for number, entry in enumerate(story["reports"]):
        target = line_at(plan, entry["at"], task=entry.get("task", False))
        speaker = reporter if _leads(reporter, target) else officer
        report_progress(speaker, target, _given(entry), f"demo-report-{number}", _evidence(entry))
        _close(entry, target, speaker, officer, colleague, story["return_reason"])
    for number, entry in enumerate(story["adjustments"]):
        target = line_at(plan, entry["at"])
        value = Decimal(str(entry["value"]))
        adjust(
            officer,
            target,
            f"demo-adjust-{number}",
            target.version,
            entry["reason"],
            due_on=entry["due"],
            value=value,
        )
    for number, entry in enumerate(story["endings"]):
        target = line_at(plan, entry["at"])
        end(officer, target, f"demo-end-{number}", target.version, entry["reason"])


def _leads(user: User, target: Target) -> bool:
    """Whether the person's unit leads the line; where it only helps, the bureau writes the report."""
    return target.responsibilities.filter(duty="lead", organisation__in=organisations_of(user)).exists()


def line_at(plan: Plan, words: str, *, task: bool = False) -> Target:
    """The line whose own words lie within these words of the plan. LookupError where the reader found none."""
    places = _places(plan.text, words)
    lines = plan.targets.filter(kind="task") if task else plan.targets.exclude(kind="task")
    for target in lines:
        spans = [(target.start, target.end), *((place["start"], place["end"]) for place in target.also)]
        if any(start < last and end > first for start, end in spans for first, last in places):
            return target
    raise LookupError(f"web/demo/story.yaml: no line of the plan at “{words}”")


def _places(text: str, words: str) -> list[tuple[int, int]]:
    found, place = [], text.find(words)
    while place >= 0:
        found.append((place, place + len(words)))
        place = text.find(words, place + 1)
    return found


def _given(entry: Words) -> ProgressGiven:
    figure = entry.get("figure")
    day: dt.date = entry["day"]
    return ProgressGiven(
        as_of=day,
        text=entry["text"],
        percent=entry.get("percent"),
        figure=None if figure is None else Decimal(str(figure)),
        next_step=entry.get("next", ""),
        difficulty=entry.get("difficulty", ""),
    )


def _evidence(entry: Words) -> list[tuple[str, bytes]]:
    name = entry.get("evidence")
    if not name:
        return []
    words = (
        f"演示材料,{entry['day']}\n{entry['text']},{name}\n"
        if name.endswith(".csv")
        else f"演示材料\n{entry['day']}\n{entry['text']}\n"
    )
    return [(name, words.encode())]


def _close(entry: Words, target: Target, speaker: User, officer: User, colleague: User, why: str) -> None:
    """The unit asks; somebody else of the bureau answers, or has not come to it yet."""
    if "close" not in entry:
        return
    key = f"demo-close-{target.pk}"
    second = colleague if speaker == officer else officer
    asking = colleague if entry["close"] == "requested" and speaker == officer else speaker
    target.refresh_from_db()
    request_close(asking, target, key, target.version, entry["text"])
    target.refresh_from_db()
    if entry["close"] == "verified":
        verify(second, target, f"{key}-v", target.version)
    elif entry["close"] == "returned":
        return_for_more(second, target, f"{key}-r", target.version, why)


def _colleague(words: Words, actor: Actor) -> User:
    """A second officer, without whom nothing could be verified; nobody signs in as them."""
    found = User.objects.filter(username=words["username"]).first()
    return found or create_user(actor, words["username"], words["name"], Role.OFFICER.value, new_password())
