"""Policies in the demonstration: two runs over the district, papers that were seen in between, decisions on file, amounts kept of a budget,
what a policy would cost with other figures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.engines.kernel import Money
from huanchuang.money.models import Budget
from huanchuang.money.services import open_budget
from huanchuang.orm import clock
from huanchuang.packs.policies.figures import rules_of
from huanchuang.policies.models import Run
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.queries.runs import list_of, policy_lines
from huanchuang.policies.services.answers import answer
from huanchuang.policies.services.forecasts import Asked, begin_forecast
from huanchuang.policies.services.keep import keep
from huanchuang.policies.services.papers import take_sure, upload_paper
from huanchuang.policies.services.promise import promise
from huanchuang.policies.services.runs import begin_run
from huanchuang.registry.models import Organisation
from huanchuang.web.demo import given

LEAD = "云澜岑科新材料股份有限公司"
POLICY, PAID = "national.high-tech-enterprise", "qingcen.rd-subsidy"
BUDGET, TOTAL, FEW, SEEN = "支持企业创新资金", Money.parse("2000万元"), 3, 12
SUPPOSED = {("least", "100万元"): "50万元", ("share", "3%"): "2%", ("研发补助上限", "200万元"): "150万元"}
"""Rule and figure → the figure that the officer tries in its place."""
TAKE_UP, SHARES = "2025年同类补助申报台账（演示）", {"20人以下": "45%", "300人以上": "80%"}
POLICY_FILE = Path(__file__).parent / "policy" / "policy.txt"
POLICY_NAME = "青岑区支持科技服务机构发展办法.txt"
PAPER = "加计扣除申报表（2026年5月）"


def tell(officer: User, clerk: User) -> None:
    """Once; a second call changes nothing."""
    if Run.objects.exists():
        return
    today = clock.today()
    lead = Organisation.objects.get(name=LEAD)
    first = begin_run(officer, today, inline=True)
    _see_papers(officer, first)
    given.match_insurance(officer, first, lead)
    found = found_for(lead, POLICY, today)
    if found is not None:
        keep(actor_of(clerk), found.subject, found.card)
    run = begin_run(officer, today, inline=True)
    _bring_paper(officer)
    _promise(officer, run)
    given.push(officer, clerk, run)
    given.suppose(clerk, run, lead)
    given.give(officer, run, Budget.objects.get(name=BUDGET))
    _suppose(officer, today)


def _suppose(officer: User, today: dt.date) -> None:
    """What the subsidy of R&D costs as it stands, and with a lower threshold and a lower cap."""
    one = policy_named(PAID)
    if one is None or not one.policy.is_in_force(today):
        return
    wanted = {
        figure.key: SUPPOSED[rule.name, figure.text]
        for rule in rules_of(one.pack.content, today)
        for figure in rule.figures
        if (rule.name, figure.text) in SUPPOSED
    }
    for changes in ({}, wanted):
        asked = Asked(today, "60%", TAKE_UP, changes=changes, by="size", shares=SHARES)
        begin_forecast(officer, one, asked, inline=True)


def _bring_paper(officer: User) -> None:
    """A policy paper of the district, read; what its words make sure is confirmed, the rest waits."""
    take_sure(officer, upload_paper(officer, POLICY_FILE.read_bytes(), POLICY_NAME, inline=True))


def _promise(officer: User, run: Run) -> None:
    """A budget of the year, and what three organisations are due kept free of it."""
    actor = actor_of(officer)
    budget = open_budget(actor, BUDGET, run.as_of.year, TOTAL, source="青岑区财政局批复（演示）")
    for line in policy_lines(run):
        due = [row for row in list_of(run, line.listed, "yes")[:FEW] if row.fen]
        for row in due:
            one = Organisation.objects.get(pk=row.organisation)
            found = found_for(one, line.listed.id, run.as_of)
            if found is not None:
                until = run.as_of.replace(month=12, day=31)
                promise(actor, found.subject, found.card, budget, Money(row.fen or 0), until)
        if due:
            return


def _see_papers(officer: User, run: Run) -> None:
    """Papers that the office has seen, of organisations for which nothing else was open."""
    until = run.as_of.replace(year=run.as_of.year + 1, day=min(run.as_of.day, 28))
    one = policy_named(PAID)
    if one is None:
        return
    by_text = {
        asked.text.text(): asked.id
        for asked in one.policy.requirements_on(run.as_of)
        if asked.condition is None
    }
    for row in list_of(run, one, "unknown")[:SEEN]:
        firm = Organisation.objects.get(pk=row.organisation)
        for text in row.unknown:
            if text in by_text:
                answer(
                    actor_of(officer), firm, PAID, by_text[text], is_met=True, basis=PAPER, valid_until=until
                )
