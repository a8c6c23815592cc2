"""A program of its own for the test that kills workers and servers: an order on the database of HUANCHUANG_DATA."""

from __future__ import annotations

import os
import signal
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402

from huanchuang.accounts.models import Role, User  # noqa: E402
from huanchuang.audit.services import SYSTEM, Actor  # noqa: E402
from huanchuang.engines.kernel import Money, Period  # noqa: E402
from huanchuang.facts.services import FactGiven, record_facts  # noqa: E402
from huanchuang.jobs.services import reclaim  # noqa: E402
from huanchuang.money.models import Budget  # noqa: E402
from huanchuang.money.services import open_budget  # noqa: E402
from huanchuang.notices.models import Notice  # noqa: E402
from huanchuang.orm import clock  # noqa: E402
from huanchuang.policies.models import Forecast, Roll, Run, Telling  # noqa: E402
from huanchuang.policies.queries.awards import candidates_of  # noqa: E402
from huanchuang.policies.queries.library import policy_named  # noqa: E402
from huanchuang.policies.services import rolls  # noqa: E402
from huanchuang.policies.services.forecasts import Asked, begin_forecast  # noqa: E402
from huanchuang.policies.services.push import begin_push  # noqa: E402
from huanchuang.policies.services.runs import begin_run  # noqa: E402
from huanchuang.registry.models import Membership, Organisation  # noqa: E402
from huanchuang.registry.services import register_organisations  # noqa: E402

REWARD, FIRMS = "qingcen.high-tech-reward", 120
SAID = (("valid-hte-certificate", "是"), ("hte-certified-on", "2025-10-01"), ("serious-dishonesty", "否"), ("first-hte-certificate", "是"))  # fmt: skip


def prepare() -> None:
    """Firms that are all eligible, each with its clerk; a run and a forecast without a break, and all three jobs waiting."""
    call_command("migrate", verbosity=0)
    officer, _second = (
        User.objects.create(username=f"officer-{name}", name=name, role=Role.OFFICER.value) for name in "ab"
    )
    rows = [
        {"name": f"青岑符合{number}号科技有限公司", "kind": "company", "region": "990101"}
        for number in range(FIRMS)
    ]
    register_organisations(SYSTEM, rows, digest="0" * 64)
    firms = list(Organisation.objects.order_by("pk"))
    record_facts(SYSTEM, [FactGiven(firm.subject, key, Period.year(2026), value, "", "import") for firm in firms for key, value in SAID])  # fmt: skip
    for firm in firms:
        clerk = User.objects.create(username=f"clerk-{firm.pk}", name="经办", role=Role.CLERK.value)
        Membership.objects.create(user=clerk, organisation=firm, since=clock.today())
    one, asked = policy_named(REWARD), Asked(clock.today(), "60%", "假设")
    assert one is not None
    run = begin_run(officer, clock.today(), inline=True)
    begin_forecast(officer, one, asked, inline=True)
    open_budget(Actor("1", "林科长"), "奖励资金", 2026, Money.parse("1亿元"))
    rolls.propose_roll(
        officer, run, one, Budget.objects.get(), [row.organisation for row in candidates_of(run, one)]
    )
    begin_push(officer, run, one, "yes")
    begin_run(officer, clock.today())
    begin_forecast(officer, one, asked)


def work() -> None:
    """What a dead worker left is queued again; then the worker of the product, until nothing waits."""
    reclaim()
    call_command("db_worker", batch=True, interval=0.1, startup_delay=False, reload=False, verbosity=0)


def agree() -> None:
    """The second person agrees to the list; then what all came to."""
    roll = Roll.objects.get()
    rolls.agree(User.objects.get(username="officer-b"), roll, roll.version)
    tell()


def agree_and_die() -> None:
    """The same in a server that is killed when half of the firms have been asked."""
    notify, asked = rolls.notify, []

    def then_die(*words: object) -> int:
        asked.append(words)
        if len(asked) > FIRMS // 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return notify(*words)  # type: ignore[arg-type]

    rolls.notify = then_die  # type: ignore[assignment]
    agree()


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")


def tell() -> None:
    """What all came to: tellings and their states, notices and the most to one person, results of runs and forecasts."""
    states = dict(Telling.objects.order_by().values_list("state").annotate(Count("pk")))
    _say("told", Telling.objects.count(), states)
    for kind in ("policies.push", "policies.award"):
        rows = Notice.objects.filter(kind=kind).order_by().values("user").annotate(number=Count("pk"))
        _say(kind, len(rows), max((row["number"] for row in rows), default=0))
    for model in (Run, Forecast):
        digests = {one.file.digest for one in model.objects.select_related("file") if one.file}
        _say(model.__name__, model.objects.exclude(file=None).count(), len(digests))
    roll = Roll.objects.get()
    _say("roll", roll.state, *sorted(set(roll.awards.values_list("state", flat=True))))


if __name__ == "__main__":
    {"prepare": prepare, "work": work, "agree": agree, "agree-and-die": agree_and_die}[sys.argv[1]]()
