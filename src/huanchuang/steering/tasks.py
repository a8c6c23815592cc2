"""The body of the job that reads a plan."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse

from huanchuang import packs
from huanchuang.engines.intake import paper_from_file
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.reader import read
from huanchuang.files import queries as files
from huanchuang.jobs import effects as jobs
from huanchuang.jobs.services import Run
from huanchuang.packs.documents import load_grammar
from huanchuang.steering.models import Plan, PlanState
from huanchuang.steering.queries.proposal import proposal
from huanchuang.steering.services import plan as plans
from huanchuang.steering.services import reading as writing

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
