"""Definitions as JSON: drafts with their check, saved and submitted; versions; publication by a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.views.calls import PAGE_SIZE, Paged, PageNumber, PageSize, caller, turned
from huanchuang.audit.services import Actor
from huanchuang.definitions.models import Draft, Published
from huanchuang.definitions.queries.drafts import PUBLISH, WRITE, check_of, drafts, published
from huanchuang.definitions.services import give_back, publish, save_draft, start_draft, submit, withdraw
from huanchuang.engines.kernel import Problem
from huanchuang.orm.language import language

router = Router(tags=["definitions"])
VIEW, READ = "definitions.draft.view", "definitions.version.view"
LARGEST, LARGEST_KEY = 2**31 - 1, 2**63 - 1


class RuleDraftOut(Schema):
    """A draft; `version` is sent back with each change, so that nobody overwrites another."""

    id: int
    kind: str
    pack: str
    title: str
    state: str
    author_name: str
    version: int
    remark: str


class RuleCaseOut(Schema):
    """An example case: what it has to give and what it gives."""

    name: str
    ask: str
    expected: str
    got: str
    passed: bool


class RuleCheckOut(Schema):
    """What stands against publication, each case, and what differs from the version before."""

    is_clean: bool
    problems: list[dict[str, str]]
    cases: list[RuleCaseOut]
    changes: list[str]


class RuleDraftWhole(RuleDraftOut):
    """A draft with its files and its check."""

    files: dict[str, str]
    check: RuleCheckOut


class RuleVersionOut(Schema):
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


class RuleDraftsOut(Paged):
    """Drafts, the last changed first."""

    drafts: list[RuleDraftOut]


class RuleVersionsOut(Paged):
    """Versions, the newest first."""

    versions: list[RuleVersionOut]


class RuleStartIn(Schema):
    """A new draft from files (name → text)."""

    kind: str = Field(max_length=40)
    pack: str = Field(max_length=120)
    files: dict[str, str]
    source: str = Field("", max_length=200)


class RuleSaveIn(Schema):
    """Other files for a draft whose version was read as `version`."""

    version: int = Field(ge=1, le=LARGEST)
    files: dict[str, str]


class RuleStepIn(Schema):
    """A step of a draft: the version that was read, and the reason where one is asked for."""

    version: int = Field(ge=1, le=LARGEST)
    remark: str = Field("", max_length=500)


@router.get("drafts", response=RuleDraftsOut, summary="规则草稿")
def list_drafts(
    request: HttpRequest, state: str = "", page: PageNumber = 1, page_size: PageSize = PAGE_SIZE
) -> dict[str, Any]:
    """Drafts that somebody works on, or those in a state."""
    caller(request, VIEW)
    return turned(request, drafts(state), page, page_size, "drafts")


@router.post("drafts", response=RuleDraftWhole, summary="建立规则草稿")
def start(request: HttpRequest, given: RuleStartIn) -> dict[str, Any]:
    """Begin a draft."""
    caller(request, WRITE)
    return _whole(start_draft(actor_of(request), given.kind, given.pack, given.files, source=given.source))


@router.get("drafts/{int:pk}", response=RuleDraftWhole, summary="规则草稿及其检查")
def one_draft(request: HttpRequest, pk: int) -> dict[str, Any]:
    """A draft with its check."""
    caller(request, VIEW)
    return _whole(_draft(pk))


@router.put("drafts/{int:pk}", response=RuleDraftWhole, summary="修改规则草稿")
def save(request: HttpRequest, pk: int, given: RuleSaveIn) -> dict[str, Any]:
    """Other files; those that are not named stay."""
    caller(request, WRITE)
    one = _draft(pk)
    return _whole(save_draft(actor_of(request), one, given.version, {**one.files, **given.files}))


@router.post("drafts/{int:pk}/submit", response=RuleDraftOut, summary="提交发布")
def ask_for_publication(request: HttpRequest, pk: int, given: RuleStepIn) -> Draft:
    """Ask somebody else to publish it."""
    caller(request, WRITE)
    return submit(actor_of(request), _draft(pk), given.version)


@router.post("drafts/{int:pk}/return", response=RuleDraftOut, summary="退回草稿")
def return_to_author(request: HttpRequest, pk: int, given: RuleStepIn) -> Draft:
    """Return it with a remark."""
    return _step(request, PUBLISH, give_back, pk, given)


@router.post("drafts/{int:pk}/withdraw", response=RuleDraftOut, summary="撤销草稿")
def end(request: HttpRequest, pk: int, given: RuleStepIn) -> Draft:
    """End it, with the reason."""
    return _step(request, WRITE, withdraw, pk, given)


@router.post("drafts/{int:pk}/publish", response=RuleVersionOut, summary="由另一人发布")
def make_version(request: HttpRequest, pk: int, given: RuleStepIn) -> Published:
    """Publish it; refused to everybody who wrote some of it."""
    caller(request, PUBLISH)
    return publish(actor_of(request), _draft(pk), given.version, given.remark)


@router.get("versions", response=RuleVersionsOut, summary="在本平台发布的版本")
def versions(
    request: HttpRequest, pack: str = "", page: PageNumber = 1, page_size: PageSize = PAGE_SIZE
) -> dict[str, Any]:
    """What was published here, the newest first; of one definition where it is named."""
    caller(request, READ)
    found = published().filter(pack=pack) if pack else published()
    return turned(request, found, page, page_size, "versions")


def _step(
    request: HttpRequest,
    deed: str,
    step: Callable[[Actor, Draft, int, str], Draft],
    pk: int,
    given: RuleStepIn,
) -> Draft:
    caller(request, deed)
    return step(actor_of(request), _draft(pk), given.version, given.remark)


def _draft(pk: int) -> Draft:
    found = Draft.objects.filter(pk=pk).first() if pk <= LARGEST_KEY else None
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


def _plain(found: Problem) -> dict[str, str]:
    said = found.en if language() == "en" and found.en else found
    return {"where": said.where, "what": said.what, "remedy": said.remedy, "code": found.code}
