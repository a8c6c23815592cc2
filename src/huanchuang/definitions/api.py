"""Definitions as JSON: drafts with their check, saved and submitted; versions; publication by a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, allows
from huanchuang.audit.services import Actor
from huanchuang.definitions.models import Draft, Published
from huanchuang.definitions.queries.drafts import PUBLISH, WRITE, check_of, drafts, published
from huanchuang.definitions.services import give_back, publish, save_draft, start_draft, submit, withdraw
from huanchuang.engines.kernel import Problem

router = Router(tags=["definitions"])
VIEW, READ = "definitions.draft.view", "definitions.version.view"
MOST = 200


class DraftOut(Schema):
    """A draft; `version` is sent back with each change, so that nobody overwrites another."""

    id: int
    kind: str
    pack: str
    title: str
    state: str
    author_name: str
    version: int
    remark: str


class CaseOut(Schema):
    """An example case: what it has to give and what it gives."""

    name: str
    ask: str
    expected: str
    got: str
    passed: bool


class CheckOut(Schema):
    """What stands against publication, each case, and what differs from the version before."""

    is_clean: bool
    problems: list[dict[str, Any]]
    cases: list[CaseOut]
    changes: list[str]


class DraftWhole(DraftOut):
    """A draft with its files and its check."""

    files: dict[str, str]
    check: CheckOut


class VersionOut(Schema):
    """A published version; `digest` is the hash that decisions name."""

    id: int
    kind: str
    pack: str
    version: str
    digest: str
    title: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    author_name: str
    publisher_name: str
    published_at: dt.datetime
    reason: str


class StartIn(Schema):
    """A new draft from files (name → text)."""

    kind: str = Field(max_length=40)
    pack: str = Field(max_length=120)
    files: dict[str, str]
    source: str = Field("", max_length=200)


class SaveIn(Schema):
    """Other files for a draft whose version was read as `version`."""

    version: int
    files: dict[str, str]


class StepIn(Schema):
    """A step of a draft: the version that was read, and the reason where one is asked for."""

    version: int
    remark: str = Field("", max_length=500)


@router.get("drafts", response=list[DraftOut])
def list_drafts(request: HttpRequest, state: str = "") -> list[Draft]:
    """Drafts that somebody works on, or those in a state."""
    _user(request, VIEW)
    return list(drafts(state)[:MOST])


@router.post("drafts", response=DraftWhole)
def start(request: HttpRequest, given: StartIn) -> dict[str, Any]:
    """Begin a draft."""
    _user(request, WRITE)
    return _whole(start_draft(actor_of(request), given.kind, given.pack, given.files, source=given.source))


@router.get("drafts/{pk}", response=DraftWhole)
def one_draft(request: HttpRequest, pk: int) -> dict[str, Any]:
    """A draft with its check."""
    _user(request, VIEW)
    return _whole(_draft(pk))


@router.put("drafts/{pk}", response=DraftWhole)
def save(request: HttpRequest, pk: int, given: SaveIn) -> dict[str, Any]:
    """Other files; those that are not named stay."""
    _user(request, WRITE)
    one = _draft(pk)
    return _whole(save_draft(actor_of(request), one, given.version, {**one.files, **given.files}))


@router.post("drafts/{pk}/submit", response=DraftOut)
def ask_for_publication(request: HttpRequest, pk: int, given: StepIn) -> Draft:
    """Ask somebody else to publish it."""
    _user(request, WRITE)
    return submit(actor_of(request), _draft(pk), given.version)


@router.post("drafts/{pk}/return", response=DraftOut)
def return_to_author(request: HttpRequest, pk: int, given: StepIn) -> Draft:
    """Return it with a remark."""
    return _step(request, PUBLISH, give_back, pk, given)


@router.post("drafts/{pk}/withdraw", response=DraftOut)
def end(request: HttpRequest, pk: int, given: StepIn) -> Draft:
    """End it, with the reason."""
    return _step(request, WRITE, withdraw, pk, given)


@router.post("drafts/{pk}/publish", response=VersionOut)
def make_version(request: HttpRequest, pk: int, given: StepIn) -> Published:
    """Publish it; refused to everybody who wrote some of it."""
    _user(request, PUBLISH)
    return publish(actor_of(request), _draft(pk), given.version, given.remark)


@router.get("versions", response=list[VersionOut])
def versions(request: HttpRequest, pack: str = "") -> list[Published]:
    """What was published here, the newest first; of one definition where it is named."""
    _user(request, READ)
    found = published().filter(pack=pack) if pack else published()
    return list(found[:MOST])


def _step(
    request: HttpRequest, deed: str, step: Callable[[Actor, Draft, int, str], Draft], pk: int, given: StepIn
) -> Draft:
    _user(request, deed)
    return step(actor_of(request), _draft(pk), given.version, given.remark)


def _user(request: HttpRequest, deed: str) -> None:
    user = request.user
    if not isinstance(user, User) or not allows(user, deed):
        raise PermissionDenied


def _draft(pk: int) -> Draft:
    found = Draft.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _whole(one: Draft) -> dict[str, Any]:
    checked = check_of(one)
    names = ("id", "kind", "pack", "title", "state", "author_name", "version", "remark", "files")
    check = {
        "is_clean": checked.is_clean,
        "problems": [_plain(found.problem) for found in checked.found],
        "cases": [
            {"name": asked.case.name, "ask": asked.case.ask, "expected": asked.case.gives, "got": asked.got, "passed": asked.passed}
            for asked in checked.asked
        ],
        "changes": list(checked.words),
    }  # fmt: skip
    return {**{name: getattr(one, name) for name in names}, "check": check}


def _plain(found: Problem) -> dict[str, Any]:
    english = found.en and {"where": found.en.where, "what": found.en.what, "remedy": found.en.remedy}
    return {
        "where": found.where,
        "what": found.what,
        "remedy": found.remedy,
        "code": found.code,
        "en": english,
    }
