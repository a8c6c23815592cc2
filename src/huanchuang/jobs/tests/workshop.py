"""A program of its own for the test that kills workers: `prepare`, `reclaim`, `work` on the database of HUANCHUANG_DATA."""

from __future__ import annotations

import sys
import time

import django
from django.conf import settings

django.setup()
settings.HUANCHUANG_JOB_LEASE = 1

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from huanchuang.audit.services import SYSTEM, record  # noqa: E402
from huanchuang.jobs import effects, services  # noqa: E402

ITEMS = 60


@effects.body("test.workshop")
def slow(run: services.Run) -> dict[str, str]:
    """Writes each item once, in the transaction of its checkpoint, slowly enough to be killed in the middle."""
    for item in range(run.cursor.get("next", 0), ITEMS):
        run.progress(item, ITEMS)
        with transaction.atomic():
            record(SYSTEM, "test.item", f"test.item:{item}")
            time.sleep(0.01)
            run.checkpoint({"next": item + 1})
        time.sleep(0.01)
    return {"text": "齐"}


def prepare() -> None:
    """An empty database with one job in it."""
    call_command("migrate", verbosity=0)
    services.start("test.workshop", SYSTEM, {}, "逐项处理")


def work() -> None:
    """The worker of the product, until nothing waits."""
    call_command("db_worker", batch=True, interval=0.1, startup_delay=False, reload=False, verbosity=0)


if __name__ == "__main__":
    {"prepare": prepare, "reclaim": services.reclaim, "work": work}[sys.argv[1]]()
