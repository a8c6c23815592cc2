"""The policies there are, as pages tell of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from huanchuang.definitions.queries.newest import Mark, newest
from huanchuang.definitions.queries.versions import Version, deciding, version_with, versions_of
from huanchuang.engines.kernel import Money
from huanchuang.engines.rules import Coverage, Policy, coverage
from huanchuang.orm import clock
from huanchuang.packs.pack import Pack
from huanchuang.packs.policies.reading import PolicyText, Window, WithoutApplication


@dataclass(frozen=True, eq=False)
class Listed:
    """A policy with its definition, and the version it comes from."""

    pack: Pack
    version: Version

    @property
    def id(self) -> str:
        """The name of the pack."""
        return self.pack.id

    @property
    def policy(self) -> Policy:
        """What the engine decides by."""
        found: Policy = self.pack.content.policy
        return found

    @property
    def written(self) -> PolicyText:
        """What people are told beside the conditions."""
        found: PolicyText = self.pack.content.written
        return found

    def title(self, language: str = "zh") -> str:
        """Its title in a language."""
        return self.policy.title.text(language)

    @property
    def is_example(self) -> bool:
        """Whether it is invented, to show what a policy of a district can look like."""
        return self.written.confidence == "example"

    @property
    def is_here(self) -> bool:
        """Whether it is a policy of this district or of those above it (HUANCHUANG_REGIONS)."""
        regions: Sequence[str] = settings.HUANCHUANG_REGIONS
        return not regions or self.id.partition(".")[0] in regions

    @property
    def budget(self) -> Money | None:
        """What there is for it."""
        given = self.written.budget
        return None if given is None else Money.parse(given.value)

    @property
    def without_application(self) -> WithoutApplication | None:
        """The terms on which it is given without application; None where one has to apply."""
        given = self.written.without_application
        return None if given is None else given.value

    @property
    def for_carriers(self) -> bool:
        """Whether it is about incubators and the like."""
        return self.written.subject == "carrier"

    def coverage_on(self, day: dt.date) -> Coverage:
        """How much of it the machine can decide."""
        return coverage(self.policy.requirements_on(day))


KIND = "policies"
KEPT = 64


def listed(day: dt.date | None = None) -> Sequence[Listed]:
    """Every policy, in the version that decides on a day (today where none is named), in the order of the packs."""
    return tuple(_by_id(day or clock.today(), newest()).values())


def in_force(day: dt.date) -> Sequence[Listed]:
    """The policies of this district, its province and the state that hold on a day."""
    return [one for one in listed(day) if one.is_here and one.policy.is_in_force(day)]


@lru_cache(KEPT)
def _by_id(day: dt.date, _mark: Mark) -> Mapping[str, Listed]:
    """Id → the policy. One whose version cannot be read any more is left out: an older one must not decide in its place."""
    found = {name: deciding(versions, day) for name, versions in versions_of(KIND).items()}
    return {name: _listed(one) for name, one in found.items() if one.pack is not None}


@lru_cache(1024)
def _listed(version: Version) -> Listed:
    if version.pack is None:
        raise LookupError(version.id)
    return Listed(version.pack, version)


def policy_named(name: str, day: dt.date | None = None) -> Listed | None:
    """The policy of an id in the version that decides on a day (today where none is named); None where there is none."""
    return _by_id(day or clock.today(), newest()).get(name)


def policy_with(digest: str) -> Listed | None:
    """The version of a policy that decisions name by its hash; None where nobody has it any more."""
    found = version_with(KIND, digest)
    return _listed(found) if found is not None and found.pack is not None else None


@dataclass(frozen=True)
class Opening:
    """When one can apply next: a window that is open, or the next one."""

    window: Window
    opens: dt.date
    closes: dt.date
    is_open: bool


def next_opening(one: Listed, day: dt.date) -> Opening | None:
    """The window that is open on a day, else the first one to open; None for a policy without windows."""
    found = [opening for located in one.written.windows for opening in _around(located.value, day)]
    return min(found, key=lambda opening: (not opening.is_open, opening.opens), default=None)


def openings_until(one: Listed, day: dt.date, last: dt.date) -> list[Opening]:
    """Every window that is open on a day or opens until another, in order; those of a policy that ends before are cut off."""
    ends = one.policy.valid_to or dt.date.max
    found = {
        (opening.opens, opening.closes): opening
        for located in one.written.windows
        for year in range(day.year - 1, last.year + 1)
        if (opening := _opening(located.value, year, day)).closes >= day and opening.opens <= min(last, ends)
    }
    return [found[key] for key in sorted(found)]


def _around(window: Window, day: dt.date) -> list[Opening]:
    """The window of this year and of its neighbours, without those that are over."""
    every = (_opening(window, year, day) for year in (day.year - 1, day.year, day.year + 1))
    return [one for one in every if one.closes >= day]


def _opening(window: Window, year: int, day: dt.date) -> Opening:
    opens = _day(year, window.opens)
    closes = _day(year if window.closes >= window.opens else year + 1, window.closes)
    return Opening(window, opens, closes, opens <= day <= closes)


def _day(year: int, text: str) -> dt.date:
    """A day of a year; the last of February where a year has no 29th."""
    month, day = (int(part) for part in text.split("-"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, month, day - 1)
