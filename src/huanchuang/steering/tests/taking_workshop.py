"""A program of its own for the test that kills a worker while a corrected version takes the place of the one before.

`prepare`, `reclaim`, `work`, and `hang` (a worker that stops in the middle of the transaction) on the database of HUANCHUANG_DATA.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings

django.setup()
settings.HUANCHUANG_JOB_LEASE = 1

from django.core.management import call_command  # noqa: E402

from huanchuang.accounts.models import User  # noqa: E402
from huanchuang.jobs import services as jobs  # noqa: E402
from huanchuang.steering.services import news, taking  # noqa: E402
from huanchuang.steering.services.plan import upload_plan  # noqa: E402
from huanchuang.steering.services.review import put_in_force  # noqa: E402
from huanchuang.steering.services.revision import revise  # noqa: E402

PLAN = "某区工作方案\n各有关单位：\n一、任务\n1.建平台。2026年底前，服务企业20家。\n2.办活动。2026年底前，举办活动6场。\n某区人民政府\n2026年3月18日\n"
FOLDER = Path(os.environ["HUANCHUANG_DATA"])


def prepare() -> None:
    """A plan in force, its corrected version under review, and the job asked for."""
    call_command("migrate", verbosity=0)
    officer = User.objects.create_user(username="o", name="林科长", role="officer")
    plan = upload_plan(officer, PLAN.encode(), "方案.txt", inline=True)
    put_in_force(officer, plan, accept_rest=True)
    new = revise(officer, plan, PLAN.replace("20家", "25家").encode(), "修订.txt", "调高", inline=True)
    taking.AT_ONCE = 0
    taking.ask_to_take_place(officer, new.revision, accept_rest=True)


def work() -> None:
    """The worker of the product, until nothing waits."""
    call_command("db_worker", batch=True, interval=0.1, startup_delay=False, reload=False, verbosity=0)


def hang() -> None:
    """The same, but it stops when nearly everything is written and nothing is committed."""

    def stop(*_given: object) -> None:
        (FOLDER / "written").touch()
        time.sleep(600)

    news.revised = stop
    work()


if __name__ == "__main__":
    {"prepare": prepare, "reclaim": jobs.reclaim, "work": work, "hang": hang}[sys.argv[1]]()
