"""Policies in the demonstration: one run over the district, one paper that was seen, one decision on file."""

from __future__ import annotations

import datetime as dt

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.orm import clock
from huanchuang.policies.models import Run
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.services.answers import answer
from huanchuang.policies.services.keep import keep
from huanchuang.policies.services.runs import begin_run
from huanchuang.registry.models import Organisation

LEAD = "云澜岑科新材料股份有限公司"
POLICY = "national.high-tech-enterprise"
SEEN = "qingcen.rd-subsidy", "audit"
PAPER = "加计扣除申报表（2026年5月）"


def tell(officer: User, clerk: User) -> None:
    """Once; a second call changes nothing."""
    if Run.objects.exists():
        return
    today = clock.today()
    lead = Organisation.objects.get(name=LEAD)
    _see_a_paper(officer, lead, today)
    found = found_for(lead, POLICY, today)
    if found is not None:
        keep(actor_of(clerk), found.subject, found.card)
    begin_run(officer, today, inline=True)


def _see_a_paper(officer: User, lead: Organisation, today: dt.date) -> None:
    until = today.replace(year=today.year + 1, day=min(today.day, 28))
    answer(actor_of(officer), lead, *SEEN, is_met=True, basis=PAPER, valid_until=until)
