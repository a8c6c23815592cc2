"""A policy paper on its way to a draft: read as a job, its proposals confirmed one by one, the draft made of those."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.intake import paper_from_file
from huanchuang.engines.kernel import ProblemError, refuse
from huanchuang.files import queries as stored_files
from huanchuang.files import services as files
from huanchuang.jobs.services import Run as JobRun
from huanchuang.jobs.services import perform, start
from huanchuang.orm.models import EditedMeanwhile, save_versioned
from huanchuang.packs.documents import load_grammar
from huanchuang.packs.drafting import STANDARD, load_words
from huanchuang.packs.library import library
from huanchuang.packs.policies.proposal import Item, propose
from huanchuang.policies.models import PaperState, PolicyPaper, Verdict
from huanchuang.policies.queries.papers import is_open, review_of, sure_lines
from huanchuang.policies.services.wording import clean_value

JOB = "policies.paper.read"
KINDS = frozenset({"docx", "pdf", "html", "txt", "md"})
LONGEST = 200_000
"""Characters of a paper: a policy has some thousands."""
_PAGE = re.compile(r"\s+")


def upload_paper(
    user: User, upload: UploadedFile[bytes] | bytes, name: str, *, inline: bool = False
) -> PolicyPaper:
    """Keep a paper and begin to read it; the same file again gives the one that is there. ProblemError for a refused file."""
    actor = actor_of(user)
    kept = files.store(upload, name, actor, accept=KINDS)
    with transaction.atomic():
        paper, new = PolicyPaper.objects.get_or_create(
            digest=kept.digest, defaults={"title": kept.name, "file": kept, "given_by_name": actor.name}
        )
        if new:
            files.attach(kept, paper.subject, actor)
            audit.record(
                actor,
                "policies.paper.upload",
                paper.subject,
                after={"file": kept.name, "digest": kept.digest},
            )
        if new or paper.state == PaperState.FAILED:
            paper.state, paper.failure = PaperState.READING, ""
            title = _("读取政策文件《%(title)s》") % {"title": paper.title}
            paper.job = start(
                JOB, actor, {"paper": paper.pk}, title, paper.subject, user.pk, dedupe=str(paper.pk)
            )
            paper.save()
    if inline and paper.job is not None:
        perform(paper.job.pk)
    paper.refresh_from_db()
    return paper


def carry_out(job: JobRun) -> dict[str, Any]:
    """The body: the same file always gives the same proposals, so a run that is taken over begins anew."""
    paper = PolicyPaper.objects.select_related("file").get(pk=job.payload["paper"])
    if paper.state == PaperState.READING:
        try:
            _read(paper, job)
        except ProblemError as error:
            _note_failure(paper, job, error)
            raise
    return {"url": reverse("policies:paper", args=[paper.pk]), "text": paper.title}


def _read(paper: PolicyPaper, job: JobRun) -> None:
    job.progress(0, None, _("读取文件"))
    read = paper_from_file(stored_files.content(paper.file), paper.file.kind, paper.file.name)
    if len(read.text) > LONGEST:
        raise refuse(
            "policies.paper.long",
            (f"文件“{paper.file.name}”", f"有{len(read.text)}字，超过{LONGEST}字", "请只上传政策正文，汇编请拆开"),
            (f"File {paper.file.name}", f"has {len(read.text)} characters, more than {LONGEST}", "Upload the policy itself; split a collection"),
        )  # fmt: skip
    proposed = propose(read, load_grammar(), load_words(), library())
    pack = library().get(STANDARD)
    items = [
        {key: value for key, value in asdict(item).items() if key != "text"}
        for item in _plain(proposed.items)
    ]
    with transaction.atomic():
        stored = PolicyPaper.objects.select_for_update().get(pk=paper.pk)
        if stored.state != PaperState.READING:
            return
        stored.text, stored.items = read.text, items
        stored.title = (_PAGE.sub(" ", proposed.frame("title")).strip() or paper.file.name)[:300]
        stored.words = {"id": pack.id, "version": pack.version, "hash": pack.hash}
        stored.state = PaperState.REVIEW
        stored.save()
        audit.record(
            job.actor,
            "policies.paper.read",
            stored.subject,
            after={"items": len(items), "forms": pack.version},
        )


def _plain(items: Sequence[Item]) -> list[Item]:
    """Items whose values can be written as JSON."""
    return [replace(item, value=dict(item.value)) for item in items]


@transaction.atomic
def _note_failure(paper: PolicyPaper, job: JobRun, error: ProblemError) -> None:
    """The reading came to nothing; the paper says why and may be uploaded again."""
    if PolicyPaper.objects.filter(pk=paper.pk, state=PaperState.READING).update(
        state=PaperState.FAILED, failure=str(error)
    ):
        audit.record(job.actor, "policies.paper.fail", paper.subject, note=str(error))


def decide(
    user: User, paper: PolicyPaper, item: str, expected_version: int, given: Mapping[str, str] | None
) -> Verdict:
    """Take a proposal with a value, or drop it (`given` None). The version is of what was said before, 0 for nothing.

    EditedMeanwhile where somebody else decided in between; ProblemError for a value that the draft could not hold.
    """
    actor = actor_of(user)
    with transaction.atomic():
        locked = PolicyPaper.objects.select_for_update().get(pk=paper.pk)
        line = review_of(locked).line(item)
        if line is None or not is_open(locked):
            raise _gone()
        if given is not None and line.item.kind == "amount":
            _refuse_second_amount(locked, item)
        value = dict(line.item.value) if given is None else clean_value(line.item, given)
        said = line.verdict or Verdict(paper=locked, item=item)
        if line.version != expected_version:
            raise EditedMeanwhile(said)
        before = {"taken": line.verdict.is_taken, **line.verdict.value} if line.verdict else None
        said.is_taken, said.value, said.given_by_name = given is not None, value, actor.name
        if line.verdict:
            save_versioned(said, expected_version)
        else:
            said.save()
        audit.record(
            actor, "policies.paper.decide", locked.subject, before=before,
            after={"taken": said.is_taken, **value}, note=f"{item} {line.item.text[:120]}",
        )  # fmt: skip
    return said


@transaction.atomic
def take_sure(user: User, paper: PolicyPaper) -> int:
    """Take every proposal that was read word by word and waits; how many these were."""
    locked = PolicyPaper.objects.select_for_update().get(pk=paper.pk)
    if not is_open(locked):
        raise _gone()
    actor = actor_of(user)
    lines = sure_lines(review_of(locked))
    Verdict.objects.bulk_create(
        Verdict(
            paper=locked,
            item=one.item.id,
            is_taken=True,
            value=clean_value(one.item, one.item.value),
            given_by_name=actor.name,
        )
        for one in lines
    )
    if lines:
        audit.record(
            actor, "policies.paper.take", locked.subject, after={"items": [one.item.id for one in lines]}
        )
    return len(lines)


def _refuse_second_amount(paper: PolicyPaper, item: str) -> None:
    other = next(
        (
            one
            for one in review_of(paper).lines
            if one.item.kind == "amount" and one.state == "taken" and one.item.id != item
        ),
        None,
    )
    if other is not None:
        raise refuse(
            "policies.paper.amount",
            ("金额", f"已经采纳了另一条：{other.item.text[:60]}", "一项政策只有一个金额：先把那一条改为不用，或另做一项政策"),
            ("Amount", f"another one was taken: {other.item.text[:60]}", "A policy has one amount: drop that one first, or make another policy"),
        )  # fmt: skip


def _gone() -> ProblemError:
    return refuse(
        "policies.paper.item",
        ("这一条", "已经不在这份文件的提议里，或文件还没有读完", "请刷新页面后再试"),
        (
            "This item",
            "is no proposal of this paper, or the paper is still being read",
            "Load the page again",
        ),
    )
