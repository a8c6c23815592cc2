"""The parts of an entry's page that the register itself adds to its fields: its life, its maturity, its completeness."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.files.models import Use
from huanchuang.registry.effects import Section
from huanchuang.registry.models import Achievement, Entry, Patent, Person, Step
from huanchuang.registry.queries.claims import standing
from huanchuang.registry.queries.completeness import completeness
from huanchuang.registry.queries.kinds import kind_of
from huanchuang.registry.queries.lives import Deed, deeds_open, life_of, obstacles, path_of, rank_of, steps_of
from huanchuang.registry.queries.maturity import level_name, levels_of
from huanchuang.registry.queries.visibility import may_change_entry, sees_inside


def leading(user: User, entry: Entry) -> list[Section]:
    """What stands before the fields: where the entry is in its life and what can be done now."""
    if isinstance(entry, Person):
        return _claim(user, entry)
    if life_of(entry) is None:
        return []
    steps = steps_of(entry)
    inner = sees_inside(user, entry)
    deeds = _deeds(user, entry)
    context = {
        "entry": entry,
        "path": path_of(entry, steps),
        "steps": _with_files(steps) if inner else [],
        "deeds": deeds,
        "rank": rank_of(entry) if isinstance(entry, Patent) else "",
        "obstacles": [(deed, found) for deed in deeds if (found := obstacles(entry, deed))],
    }
    return [Section(_("办理"), "registry/parts/life.html", context, "life")]


def trailing(user: User, entry: Entry) -> list[Section]:
    """What stands after the fields: the evidence of maturity, and what to add."""
    found = []
    inner = sees_inside(user, entry)
    may = inner and may_change_entry(user, entry)
    if isinstance(entry, Achievement):
        context = {
            "entry": entry,
            "levels": levels_of(entry) if inner else [],
            "now": level_name(entry.trl),
            "may_prove": may
            and entry.retired_on is None
            and allows(user, "registry.achievement.prove", entry.subject),
        }
        found.append(Section(_("技术成熟度"), "registry/parts/maturity.html", context, "maturity"))
    if inner and entry.retired_on is None:
        context = {"entry": entry, "completeness": completeness(entry), "may_change": may}
        found.append(Section(_("完整度"), "registry/parts/completeness.html", context, "completeness"))
    return found


def _claim(user: User, person: Person) -> list[Section]:
    found = standing(user, person)
    if not (found.own or found.may_claim or found.to_decide or found.holder):
        return []
    context = {
        "person": person,
        "own": found.own,
        "may_claim": found.may_claim,
        "to_decide": found.to_decide,
        "holder": found.holder,
    }
    return [Section(_("本人认领"), "registry/parts/claim.html", context, "claim")]


def _deeds(user: User, entry: Entry) -> list[Deed]:
    kind = kind_of(entry)
    may = [
        deed for deed in deeds_open(entry) if allows(user, f"registry.{kind.name}.{deed.name}", entry.subject)
    ]
    return may if may and may_change_entry(user, entry) else []


def _with_files(steps: Sequence[Step]) -> list[tuple[Step, list[Use]]]:
    """The steps, the newest first, each with its papers."""
    files: dict[str, list[Use]] = {}
    for use in Use.objects.filter(about__in=[step.subject for step in steps]).select_related("stored"):
        files.setdefault(use.about, []).append(use)
    return [(step, files.get(step.subject, [])) for step in reversed(steps)]
