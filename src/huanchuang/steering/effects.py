"""News from below: files ask who may read them, the ticker asks for slips and for evidence that ran out."""

from __future__ import annotations

from huanchuang.audit.services import SYSTEM
from huanchuang.files.effects import may_read
from huanchuang.jobs.effects import every, finished
from huanchuang.jobs.models import Job
from huanchuang.jobs.models import State as JobState
from huanchuang.orm import clock
from huanchuang.steering.models import Plan
from huanchuang.steering.queries import visibility
from huanchuang.steering.queries.dispatch import may_read_proof
from huanchuang.steering.queries.letters import visibility as letters
from huanchuang.steering.services.evidence import reopen_expired
from huanchuang.steering.services.letters.remind import remind_letters
from huanchuang.steering.services.plan import READ_JOB, note_failure
from huanchuang.steering.services.slips import send_slips

HOURLY = 3600.0


def reading_came_to_nothing(sender: object, job: Job, **_more: object) -> None:
    """A reading that was called off, or given up after its worker died again and again, is said at the plan too."""
    if job.kind != READ_JOB or job.state not in (JobState.FAILED, JobState.CANCELLED):
        return
    plan = Plan.objects.filter(pk=job.payload["plan"]).first()
    if plan is not None:
        note_failure(plan, SYSTEM, job.problem_zh or "读取已取消，需要时请重新上传")


def connect() -> None:
    """Answer what the slices below ask."""
    finished.connect(reading_came_to_nothing, dispatch_uid="steering.reading_came_to_nothing")
    may_read("steering.plan", visibility.may_read_plan)
    may_read("steering.shortcoming", may_read_proof)
    may_read("steering.target", visibility.may_read_evidence)
    every(HOURLY, "steering.send_slips")(lambda: send_slips(clock.today()))
    every(HOURLY, "steering.reopen_expired")(lambda: reopen_expired(clock.today()))
    may_read("steering.letter", letters.may_read_letter_file)
    every(HOURLY, "steering.remind_letters")(lambda: remind_letters(clock.today()))
