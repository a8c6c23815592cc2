"""The kind ``policies``: who may have what under which conditions, in a form that is computed and can be read."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.rules import Group, Policy, Wording
from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.library import library
from huanchuang.packs.pack import Header, Kind, Pack
from huanchuang.packs.policies import asking
from huanchuang.packs.policies.build import Builder
from huanchuang.packs.policies.changes import changes
from huanchuang.packs.policies.criteria import Criteria, criteria_of
from huanchuang.packs.policies.form import FORM
from huanchuang.packs.policies.reading import PolicyText, Window, read_policy
from huanchuang.packs.policies.samples import FILE, Facts, read_samples
from huanchuang.packs.policies.skeleton import skeleton
from huanchuang.packs.problems import Gather
from huanchuang.packs.schema import Located, Words
from huanchuang.packs.tree import Mapping
from huanchuang.packs.vocabulary import work_calendar

DEFINITION = "policy.yaml"
LEAP_YEAR = 2000


@dataclass(frozen=True)
class Content:
    """A policy as the engine decides by it, and what people are told about it beside the conditions."""

    policy: Policy
    written: PolicyText
    criteria: Criteria
    samples: MappingType[str, Facts]


def _read(body: Mapping, folder: PackFolder) -> Content:
    criteria = criteria_of(folder.library or library())
    written = read_policy(body)
    gather = Gather()
    policy = gather.take(lambda: Builder(criteria).policy(written))
    for window in written.windows:
        _check_window(window, gather)
    samples: dict[str, Facts] | None = {}
    if folder.has(FILE):
        samples = gather.take(lambda: read_samples(folder.definition(FILE), criteria))
    if policy is None or gather.problems:
        raise ProblemError(gather.problems)
    return Content(policy, written, criteria, MappingProxyType(samples or {}))


def _check_window(window: Located[Window], gather: Gather) -> None:
    for value in (window.value.opens, window.value.closes):
        try:
            date.fromisoformat(f"{LEAP_YEAR}-{value}")
        except ValueError:
            gather.add("not-a-day-of-year", window.place, value=value)


def _complete(content: Content, header: Header) -> Content:
    policy = replace(
        content.policy,
        id=header.id,
        version=header.version,
        title=Wording(header.title, header.title_en),
        valid_from=header.valid_from,
        valid_to=header.valid_to,
    )
    return replace(content, policy=policy)


def _answer(content: Content, case: Case) -> str:
    return asking.answer(context_of(content), case)


def context_of(content: Content) -> asking.Context:
    """What the cases of a policy are put to."""
    given = content.written.without_application is not None
    return asking.Context(content.policy, content.criteria, content.samples, work_calendar(), given)


def _check_together(packs: tuple[Pack, ...]) -> None:
    """A group means the same in every policy."""
    gather = Gather()
    known: dict[str, tuple[Group, str]] = {}
    for pack in packs:
        content: Any = pack.content
        for group, written in zip(content.policy.groups, content.written.groups, strict=True):
            first, other = known.setdefault(group.name, (group, pack.id))
            if (group.rule, group.limit) != (first.rule, first.limit):
                gather.add("groups-differ", written.rule.place, name=group.name, other=other)
    gather.settle()


KIND = Kind(
    name="policies",
    definition=DEFINITION,
    title=Words("政策", "Policies"),
    read=_read,
    skeleton=skeleton,
    answer=_answer,
    check_together=_check_together,
    complete=_complete,
    changes=changes,
    form=FORM,
)
