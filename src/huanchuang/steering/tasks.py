"""The bodies of the jobs that read a plan and that put a corrected version in the place of the one before."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse

from huanchuang import packs
from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.engines.intake import paper_from_file
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.problem import refuse
from huanchuang.engines.reader import read
from huanchuang.files import queries as files
from huanchuang.jobs import effects as jobs
from huanchuang.jobs.services import Run
from huanchuang.packs.documents import load_grammar
from huanchuang.steering.models import Plan, PlanState, Revision
from huanchuang.steering.queries.plans import TAKE_JOB
from huanchuang.steering.queries.proposal import proposal
from huanchuang.steering.queries.rebase import rebase_of
from huanchuang.steering.services import plan as plans
from huanchuang.steering.services import reading as writing
from huanchuang.steering.services.revision import take_place

GRAMMAR = "national.plan-documents"
BATCH = 50
"""Lines written in one transaction, with the cursor beside them."""


@jobs.body(plans.READ_JOB)
def read_plan(run: Run) -> dict[str, Any]:
    """Read a plan and write its proposed lines. Reading is quick and always gives the same, so a run that takes over
    reads again and goes on writing at the cursor."""
    plan = Plan.objects.select_related("file").get(pk=run.payload["plan"])
    if plan.state == PlanState.READING:
        try:
            _read(plan, run)
        except ProblemError as problem:
            plans.note_failure(plan, run.actor, str(problem))
            raise
    plan.refresh_from_db()
    return {"url": reverse("steering:review", args=[plan.pk]), "text": plan.title}


@jobs.body(TAKE_JOB)
def take_over(run: Run) -> dict[str, Any]:
    """Put a corrected version in force. The whole step is one transaction with its checkpoint: a run that was killed,
    called off or has lost the job leaves nothing behind, and one that takes over finds it done or does it once."""
    revision = _revision_of(run)
    user = _officer_of(run)
    plan = revision.plan
    if plan.state != PlanState.IN_FORCE:
        run.progress(0, 3, "对照两个版本")
        done = rebase_of(revision)
        changes = len(done.changed) + len(done.arrived) + len(done.gone)
        run.progress(1, 3, f"转移台账，{changes}条有变化")
        with transaction.atomic():
            take_place(user, revision, accept_rest=bool(run.payload["accept_rest"]))
            run.checkpoint({"in_force": plan.pk})
        run.progress(3, 3)
    return {"url": f"{reverse('steering:ledger')}?plan={plan.pk}", "text": plan.title}


def _revision_of(run: Run) -> Revision:
    found = Revision.objects.select_related("plan", "of").filter(pk=run.payload["revision"]).first()
    if found is None:
        raise refuse(
            "steering.revision.given_up",
            ("修订", "这次修订已经放弃", "原方案照旧执行；需要时请重新上传修订版"),
            ("Correction", "it has been given up", "The plan in force stays; upload the corrected version again if needed"),
        )  # fmt: skip
    return found


def _officer_of(run: Run) -> User:
    """Who asked; still somebody who may."""
    user = User.objects.filter(pk=run.payload["user"], is_active=True).first()
    if user is None or not allows(user, "steering.reading.review"):
        raise refuse(
            "steering.revision.rights",
            ("接替原版", "申请人已没有复核方案的权限", "请由主管科室的工作人员重新办理"),
            ("Taking the place", "whoever asked may no longer review plans", "Let an officer of the bureau ask again"),
        )  # fmt: skip
    return user


def _read(plan: Plan, run: Run) -> None:
    run.progress(0, None, "读取文件")
    paper = paper_from_file(files.content(plan.file), plan.file.kind, plan.file.name)
    reading = read(paper, load_grammar(GRAMMAR))
    pack = packs.library().get(GRAMMAR)
    proposed = proposal(reading, paper.text)
    total = len(proposed.lines)
    if not run.cursor.get("outline"):
        with transaction.atomic():
            writing.write_head(plan, paper, reading, (pack.id, pack.version, pack.hash))
            writing.write_items(plan, proposed.items)
            run.checkpoint({"outline": True, "lines": 0})
    for first in range(int(run.cursor["lines"]), total, BATCH):
        with transaction.atomic():
            writing.write_lines(plan, proposed.lines[first : first + BATCH], first)
            run.checkpoint({"outline": True, "lines": min(first + BATCH, total)})
        run.progress(min(first + BATCH, total), total, "写入任务和目标")
    writing.finish_reading(plan, run.actor, proposed)
