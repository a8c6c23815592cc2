"""Load the demonstration, once; every further call changes nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.accounts.services.demo import set_demo_users
from huanchuang.audit.services import SYSTEM
from huanchuang.orm import clock
from huanchuang.steering.models import Letter, Plan, PlanState, Report
from huanchuang.steering.services.letters.remind import remind_letters
from huanchuang.steering.services.plan import upload_plan
from huanchuang.steering.services.review import put_in_force
from huanchuang.steering.services.slips import send_slips
from huanchuang.web.demo import decided, district, doubles, letters, paper, sheet, sheets, story, written


def load() -> None:
    """People, organisations, figures; a sheet that waits to be imported; then the plan, read by the reader and accepted by the officer; then its story, the proposals, and who may have which policy.

    Each part is left alone when it is there. An interrupted load is taken up by the next call; a load that
    reached its end with the same sources is not gone through again, so that a second start is quick.
    """
    told = _fingerprint()
    if Letter.objects.exists() and _mark().is_file() and _mark().read_text(encoding="ascii") == told:
        return
    people = set_demo_users(SYSTEM)
    district.load(SYSTEM)
    sheet.bring_in(people["officer"], people["clerk"])
    doubles.find(people["officer"])
    sheets.write(Path(settings.HUANCHUANG_DATA))
    plan = _plan(people["officer"])
    if not Report.objects.filter(target__plan=plan).exists():
        with transaction.atomic():  # the whole story or nothing: half of it would never be told to its end
            story.tell(plan, people["officer"], people["reporter"], SYSTEM)
            send_slips(clock.today())
    if not Letter.objects.exists():
        with transaction.atomic():
            letters.tell(plan, people)
            remind_letters(clock.today())
    decided.tell(people["officer"], people["clerk"])
    written.tell(people["officer"], people["administrator"])
    _mark().write_text(told, encoding="ascii")


def _mark() -> Path:
    return Path(settings.HUANCHUANG_DATA) / "demonstration.loaded"


def _fingerprint() -> str:
    """Digest of everything the demonstration is made from, and of the day it stands on."""
    digest = hashlib.sha256(clock.today().isoformat().encode())
    here = Path(__file__).parent
    for source in sorted(
        path for path in here.rglob("*") if path.suffix in {".py", ".yaml", ".txt", ".docx"}
    ):
        digest.update(source.relative_to(here).as_posix().encode() + source.read_bytes())
    return digest.hexdigest()


def _plan(officer: User) -> Plan:
    plan = upload_plan(officer, paper.PLAN.read_bytes(), paper.PLAN_NAME, inline=True)
    if plan.state == PlanState.FAILED:
        raise RuntimeError(plan.failure)
    if plan.state == PlanState.REVIEW:
        put_in_force(officer, plan, accept_rest=True)
        plan.refresh_from_db()
    return plan
