"""Drafts as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.definitions.models import LIVING, Draft, Published, State
from huanchuang.definitions.queries.differences import FileDifference, differences, in_words
from huanchuang.definitions.queries.standing import problems_of
from huanchuang.definitions.queries.versions import Version, version_with, versions_of
from huanchuang.engines.kernel import Problem
from huanchuang.orm.language import language
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.texts import Asked, place_of, prove

WRITE, PUBLISH = "definitions.draft.write", "definitions.version.publish"


@dataclass(frozen=True)
class Found:
    """One problem with the file and line it stands in."""

    problem: Problem
    file: str
    line: int | None


@dataclass(frozen=True)
class Checked:
    """A draft as the check sees it."""

    found: Sequence[Found]
    asked: Sequence[Asked]
    words: Sequence[str]
    """What differs from the version before, in sentences."""
    before: Version | None

    @property
    def is_clean(self) -> bool:
        """Whether it can be published."""
        return not self.found

    @property
    def passed(self) -> int:
        """How many cases hold."""
        return sum(one.passed for one in self.asked)


def check_of(draft: Draft) -> Checked:
    """The check of a draft as its files stand (they need not be saved)."""
    proof = prove(draft.kind, draft.pack, draft.files)
    before = version_before(draft)
    words = in_words(before.pack if before else None, proof.pack, language())
    found = [Found(one, *place_of(one)) for one in problems_of(draft, proof)]
    return Checked(found, proof.asked, words, before)


def version_before(draft: Draft) -> Version | None:
    """The version that a draft goes on from: the one it names, else the last one of its pack."""
    named = version_with(draft.kind, draft.based_on) if draft.based_on else None
    if named is not None:
        return named
    every = [one for one in versions_of(draft.kind).get(draft.pack, ()) if not _is_of(one, draft)]
    return every[-1] if every else None


def _is_of(version: Version, draft: Draft) -> bool:
    return version.published is not None and version.published.draft_id == draft.pk


def difference_of(draft: Draft) -> list[FileDifference]:
    """The lines in which a draft differs from the version before."""
    before = version_before(draft)
    after = {name: draft.files[name] for name in file_names(draft)}
    return differences(before.files() if before else {}, after)


def drafts(state: str = "") -> QuerySet[Draft]:
    """Drafts in a state; those somebody works on where none is named."""
    return Draft.objects.filter(state__in=LIVING if state not in State.values else [state])


def published() -> QuerySet[Published]:
    """What was published here, the newest first."""
    return Published.objects.all()


def living_draft(kind: str, pack: str) -> Draft | None:
    """The draft of a definition that somebody works on."""
    return Draft.objects.filter(kind=kind, pack=pack, state__in=LIVING).first()


def may_publish(user: User, draft: Draft) -> bool:
    """Whether somebody may publish this draft: the right to, and no hand in it."""
    return allows(user, PUBLISH) and not has_written(user, draft)


def has_written(user: User, draft: Draft) -> bool:
    """Whether somebody wrote some of it."""
    return str(user.pk) in (draft.author, *draft.editors)


def file_names(draft: Draft) -> list[str]:
    """The names of its files, the definition first."""
    order = (kind_named(draft.kind).definition, "samples.yaml", "cases.yaml", "README.md")
    return sorted(draft.files, key=lambda name: (order.index(name) if name in order else len(order), name))
