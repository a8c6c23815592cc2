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
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import organisations_of, resolve_units
from huanchuang.steering.models import Change, Plan, SplitWay, Target
from huanchuang.steering.services.asking import Wanted, ask_change, decide_change
from huanchuang.steering.services.closing import request_close, return_for_more, verify
from huanchuang.steering.services.measure import (
    NodeGiven,
    cover,
    finish_node,
    list_members,
    record_basis,
    set_node,
)
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.services.split import PortionGiven, set_duties, set_portions, set_weights
from huanchuang.web.demo import oversight

STORY = Path(__file__).resolve().parent / "story.yaml"
Words = dict[str, Any]


def tell(plan: Plan, officer: User, reporter: User, actor: Actor) -> None:
    """Let everything of the story happen to a plan that has just come into force."""
    story = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    colleague = _colleague(story["colleague"], actor)
    _measure(plan, officer, story)
    _share_out(plan, officer, story)
    for number, entry in enumerate(story["reports"]):
        target = line_at(plan, entry["at"], task=entry.get("task", False))
        speaker = reporter if entry.get("by") == "unit" or _leads(reporter, target) else officer
        report_progress(speaker, target, _given(entry), f"demo-report-{number}", _evidence(entry))
        _close(entry, target, speaker, officer, colleague, story["return_reason"])
    for number, entry in enumerate([*story["adjustments"], *story["endings"]]):
        target = line_at(plan, entry["at"])
        asked = ask_change(officer, target, f"demo-change-{number}", _wanted(entry))
        decide_change(colleague, asked, asked.version, True, "")
    for number, entry in enumerate(story["wishes"]):
        target = line_at(plan, entry["at"])
        ask_change(colleague, target, f"demo-wish-{number}", _wanted(entry))
    oversight.tell(officer, colleague)


def _wanted(entry: Words) -> Wanted:
    if "due" not in entry:
        return Wanted(Change.Wish.END, entry["reason"])
    value = entry.get("value")
    return Wanted(
        Change.Wish.ADJUST, entry["reason"], entry["due"], None if value is None else Decimal(str(value))
    )


def _measure(plan: Plan, officer: User, story: Words) -> None:
    """Baselines, the list of a coverage with real firms of the district, and nodes."""
    for entry in story["bases"]:
        value = Decimal(str(entry["value"]))
        record_basis(officer, line_at(plan, entry["at"]), entry["day"], value, entry["unit"], entry["source"])
    for entry in story["lists"]:
        target = line_at(plan, entry["at"])
        firms = Organisation.objects.filter(kind="company").order_by("pk")[: entry["names"]]
        list_members(officer, target, [firm.name for firm in firms])
        chosen = target.members.order_by("pk").values_list("pk", flat=True)[: entry["covered"]]
        cover(officer, target, chosen, entry["day"])
    for entry in story["nodes"]:
        target, value = line_at(plan, entry["at"], task=entry.get("task", False)), entry.get("value")
        figure = None if value is None else Decimal(str(value))
        node = set_node(officer, target, NodeGiven(entry["day"], entry.get("text", ""), figure))
        if "done" in entry:
            finish_node(officer, target, node.pk, entry["done"])


def _share_out(plan: Plan, officer: User, story: Words) -> None:
    """Targets by unit and year, people beside units, weights of parts."""
    for entry in story["splits"]:
        target, named = line_at(plan, entry["at"]), resolve_units(entry["units"])
        given = [
            PortionGiven(known, year, Decimal(value))
            for unit, years in entry["units"].items()
            if (known := named[unit]) is not None
            for year, value in years.items()
        ]
        set_portions(officer, target, target.version, SplitWay(entry["way"]), given)
    for entry in story["people"]:
        target = line_at(plan, entry["at"], task=entry.get("task", False))
        duty = target.responsibilities.get(unit=entry["unit"])
        set_duties(officer, target, {duty.pk: (entry["leader"], entry["person"])})
    for entry in story["weights"]:
        parts = {line_at(plan, words).pk: Decimal(weight) for words, weight in entry["parts"].items()}
        set_weights(officer, line_at(plan, entry["at"], task=True), parts)


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
    figure, amount = entry.get("figure"), entry.get("amount")
    day: dt.date = entry["day"]
    return ProgressGiven(
        as_of=day,
        text=entry["text"],
        percent=entry.get("percent"),
        figure=None if figure is None else Decimal(str(figure)),
        amount=None if amount is None else Decimal(str(amount)),
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
