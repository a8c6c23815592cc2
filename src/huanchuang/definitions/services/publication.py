"""A draft becomes a version: by a second person, if it checks clean, and once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from huanchuang.audit import services as audit
from huanchuang.definitions import effects
from huanchuang.definitions.models import Draft, Published, State
from huanchuang.definitions.queries.newest import forget
from huanchuang.definitions.queries.standing import standing_against
from huanchuang.engines.kernel import ProblemError, refuse
from huanchuang.orm.models import save_versioned
from huanchuang.packs.texts import read_texts


def publish(actor: audit.Actor, draft: Draft, expected_version: int, reason: str) -> Published:
    """Make a submitted draft a version; publishing twice (a double click) gives the version that stands.

    ProblemError where the actor wrote some of it, where the check or a case fails, where the version is not above the
    one before or clashes with other definitions; EditedMeanwhile where it was saved since the actor read it.
    """
    if len(reason.strip()) < 2:
        raise refuse(
            "definitions.reason",
            ("发布说明", "没有填写", "请写明依据，例如“区政府第12次常务会议通过”"),
            ("Reason", "is missing", "Say on what grounds it is published"),
        )
    with transaction.atomic():
        stored = Draft.objects.select_for_update().get(pk=draft.pk)
        standing: Published | None = Published.objects.filter(draft=stored).first()
        if standing is not None:
            return standing
        _refuse_own(actor, stored)
        _refuse_state(stored)
        problems = standing_against(stored)
        if problems:
            raise ProblemError(problems)
        made = _made(actor, stored, reason)
        stored.state = State.PUBLISHED
        save_versioned(stored, expected_version)
        after = {"pack": made.pack, "version": made.version, "digest": made.digest, "author": made.author}
        audit.record(actor, "definitions.version.publish", made.subject, after=after, note=made.reason)
        effects.published.send(Draft, draft=stored, version=made)
    forget()
    return made


def _made(actor: audit.Actor, stored: Draft, reason: str) -> Published:
    pack = read_texts(stored.kind, stored.pack, stored.files)
    return Published.objects.create(
        kind=stored.kind, pack=stored.pack, version=pack.version, digest=pack.hash, title=pack.title.zh[:200],
        files=stored.files, valid_from=pack.valid_from, valid_to=pack.valid_to, draft=stored,
        author=stored.author, author_name=stored.author_name, publisher=actor.id, publisher_name=actor.name,
        published_at=timezone.now(), reason=reason.strip()[:500],
    )  # fmt: skip


def _refuse_own(actor: audit.Actor, stored: Draft) -> None:
    if actor.id in (stored.author, *stored.editors):
        raise refuse(
            "definitions.publish.own",
            (stored.pack, "您起草或修改过这份草稿，不能自己发布", "请没有参与起草的同事审核后发布"),
            (
                stored.pack,
                "was written by you in part, so you cannot publish it",
                "Have somebody review and publish it who did not write any of it",
            ),
        )


def _refuse_state(stored: Draft) -> None:
    if stored.state != State.SUBMITTED:
        label = str(stored.get_state_display())
        raise refuse(
            "definitions.publish.state",
            (stored.pack, f"现在是“{label}”，不能发布", "请起草人先提交发布"),
            (stored.pack, f'is "{label}" now and cannot be published', "Have its author submit it first"),
        )
