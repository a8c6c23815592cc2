"""Fifty units report on the same line at the same moment: every report, figure and sum is there afterwards."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from huanchuang.accounts.models import Role, User
from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.queries import value
from huanchuang.registry.services import join, register_organisation
from huanchuang.steering.models import Duty, Report, Responsibility, SplitWay, Target
from huanchuang.steering.queries.record import FACT_KEY
from huanchuang.steering.services.plan import upload_plan
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.services.review import put_in_force
from huanchuang.steering.services.split import PortionGiven, set_portions
from huanchuang.steering.tests.conftest import TEXT

UNITS = 50
DAY = dt.date(2026, 6, 20)


@pytest.fixture
def line_of_fifty(transactional_db) -> tuple[Target, list[User]]:
    officer = User.objects.create_user(username="o", name="林科长", role=Role.OFFICER.value)
    plan = put_in_force(
        officer, upload_plan(officer, TEXT.encode(), "方案.txt", inline=True), accept_rest=True
    )
    target = plan.targets.get(name__contains="服务项目")
    people, given = [], []
    for number in range(UNITS):
        unit = register_organisation(SYSTEM, name=f"第{number}街道办事处", kind="town")
        person = User.objects.create_user(
            username=f"r{number}", name=f"填报员{number}", role=Role.REPORTER.value
        )
        join(SYSTEM, person, unit)
        Responsibility.objects.create(
            target=target, unit=unit.name, organisation=unit, duty=Duty.CO, order=number, start=0, end=1
        )
        people.append(person)
        given.append(PortionGiven(unit, 2026, Decimal(2)))
    return set_portions(officer, target, target.version, SplitWay.FLOW, given), people


def test_nothing_is_lost(line_of_fifty):
    target, people = line_of_fifty
    ready = Barrier(UNITS)

    def report(number: int) -> int:
        try:
            ready.wait(60)
            said = ProgressGiven(DAY, f"第{number}份", figure=Decimal(number + 1))
            proof = [(f"证明{number}.txt", f"第{number}份".encode())]
            return report_progress(people[number], target, said, f"token-{number}", proof).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(UNITS) as pool:
        written = list(pool.map(report, range(UNITS)))
    assert len(set(written)) == Report.objects.count() == UNITS
    target.refresh_from_db()
    total = Decimal(UNITS * (UNITS + 1) // 2)
    assert (target.reached, target.parts_missing, target.state) == (total, 0, "in_progress")
    assert target.evidence.count() == UNITS
    assert target.transitions.filter(verb="start").count() == 1
    fact = value(target.subject, FACT_KEY, Period.month(2026, 6))
    assert (Decimal(fact.value), fact.pk) == (total, target.reached_fact)
    assert Entry.objects.filter(verb="steering.target.report", subject=target.subject).count() == UNITS
