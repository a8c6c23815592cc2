"""Register a proposal: its paper, its head, who proposes; and look at who that is."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.intake import paper_from_file
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.problem import refuse
from huanchuang.files import queries as stored_files
from huanchuang.files import services as files
from huanchuang.files.models import StoredFile
from huanchuang.steering.models import Letter, LetterState, Proposer
from huanchuang.steering.queries.letters.visibility import may_look
from huanchuang.steering.services.letters import news
from huanchuang.steering.services.letters.steps import (
    Press,
    Verb,
    already_done,
    locked,
    must_be,
    must_be_yours,
    must_say,
    take,
)

PAPERS = frozenset({"docx", "pdf", "html", "txt", "md"})
FEWEST_CHARACTERS = 4


@dataclass(frozen=True)
class Who:
    """One proposer."""

    name: str
    unit: str = ""
    phone: str = ""


@dataclass(frozen=True)
class LetterGiven:
    """What stands on a proposal. `contents` may be left to the paper."""

    kind: str
    session: str
    number: str
    title: str
    received_on: dt.date
    contents: str = ""
    proposers: Sequence[Who] = field(default_factory=tuple)


def register_letter(
    user: User, given: LetterGiven, upload: UploadedFile[bytes] | bytes | None = None, name: str = ""
) -> Letter:
    """Enter a proposal; without typed contents those of its paper are read. ProblemError: twice, empty, no proposer."""
    actor = actor_of(user)
    stored = files.store(upload, name, actor, accept=PAPERS) if upload else None
    contents = given.contents.strip() or (_read(stored) if stored else "")
    must_say(contents, "内容", "Contents")
    if not given.proposers:
        must_say("", "提案人", "Proposers")
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                kind=given.kind,
                session=given.session.strip(),
                number=given.number.strip(),
                title=given.title.strip(),
                contents=contents,
                received_on=given.received_on,
                file=stored,
                added_by=user,
            )
            _add_proposers(letter, given.proposers)
            if stored:
                files.attach(stored, letter.subject, actor, personal=True)
            take(letter, Press(user, f"register-{letter.pk}-{secrets.token_hex(8)}", None), Verb.REGISTER)
            news.tell_office(
                letter, "steering.letter.registered", "待交办", "请确定主办和会办单位。", but=user
            )
    except IntegrityError as twice:
        raise _twice(given) from twice
    return letter


@transaction.atomic
def change_letter(letter: Letter, press: Press, given: LetterGiven) -> Letter:
    """Put right what was registered, with the reason; contents and proposers stay where none are given."""
    letter = locked(letter)
    if already_done(letter, press, Verb.CHANGE):
        return letter
    must_be(letter, [state for state in LetterState if state != LetterState.CLOSED], Verb.CHANGE)
    must_say(press.reason, "更正原因", "Reason for the change")
    twins = Letter.objects.filter(kind=given.kind, session=given.session.strip(), number=given.number.strip())
    if twins.exclude(pk=letter.pk).exists():
        raise _twice(given)
    wanted = {
        "kind": given.kind, "session": given.session.strip(), "number": given.number.strip(), "title": given.title.strip(),
        "received_on": given.received_on, "contents": given.contents.strip() or letter.contents,
    }  # fmt: skip
    sets = {name: value for name, value in wanted.items() if value != getattr(letter, name)}
    take(letter, press, Verb.CHANGE, None, None, **sets)
    if given.proposers:
        letter.proposers.all().delete()
        _add_proposers(letter, given.proposers)
    return letter


def _add_proposers(letter: Letter, proposers: Sequence[Who]) -> None:
    Proposer.objects.bulk_create(
        Proposer(letter=letter, name=one.name, unit=one.unit, phone=one.phone, order=place)
        for place, one in enumerate(proposers, 1)
    )


def _read(stored: StoredFile) -> str:
    paper = paper_from_file(stored_files.content(stored), stored.kind, stored.name)
    return paper.text.strip()


def _twice(given: LetterGiven) -> ProblemError:
    return refuse(
        "steering.letter.twice",
        (f"{given.session}第{given.number}号", "已经登记过", "请在列表中按编号查找；编号写错的请改正"),
        (
            f"{given.session} No. {given.number}",
            "is registered already",
            "Look for its number in the list, or correct the number",
        ),
    )


@transaction.atomic
def look_at_proposers(user: User, letter: Letter, purpose: str) -> list[Proposer]:
    """The proposers with their full names and numbers; recorded with its purpose. ProblemError without one."""
    must_be_yours(may_look(user, letter), letter)
    if len(purpose.strip()) < FEWEST_CHARACTERS:
        raise refuse(
            "steering.letter.purpose",
            ("查看用途", f"至少写{FEWEST_CHARACTERS}个字", "请写明为何需要联系，例如“约定面商时间”"),
            ("Purpose", f"needs at least {FEWEST_CHARACTERS} characters", "Say why you need to make contact"),
        )
    audit.record_look(actor_of(user), letter.subject, ["person_name", "phone"], purpose.strip())
    return list(letter.proposers.all())
