"""The policies of the demonstration's district find some firms, miss some, and leave some questions open."""

from __future__ import annotations

from collections import Counter

import pytest

from huanchuang.engines.rules import decide
from huanchuang.packs.policies import policies
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.queries.known import subjects
from huanchuang.registry.models import Organisation
from huanchuang.web.demo.district.codes import REGION
from huanchuang.web.demo.district.enterprises import TODAY, firms

pytestmark = pytest.mark.usefixtures("district", "db")
CARRIERS = "qingcen.carrier-reward"
OWN = [one for one in policies() if one.id.startswith("qingcen.") and one.id != CARRIERS]


@pytest.fixture
def records():
    names = [firm.name for firm in firms()]
    found = Organisation.objects.filter(name__in=names, region=REGION).order_by("pk")
    return [one.record() for one in subjects(list(found), TODAY)]


def test_each_is_within_reach_of_some_and_out_of_reach_of_others(records):
    assert len(OWN) >= 8
    for policy in OWN:
        results = Counter(decide(policy, one, TODAY, calendar=work_calendar()).result for one in records)
        asked = any(one.condition is None for one in policy.requirements)
        assert results["no"] >= 10, policy.id
        assert results["unknown" if asked else "yes"] >= 5, policy.id


def test_firms_differ_in_how_many_they_have(records):
    had = Counter(
        sum(decide(policy, one, TODAY, calendar=work_calendar()).result == "yes" for policy in OWN)
        for one in records
    )
    assert had[0] >= 10
    assert max(had) >= 4
