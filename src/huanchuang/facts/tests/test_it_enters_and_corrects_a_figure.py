"""A clerk enters a figure in 万元, corrects it with a reason, and sees what somebody else did meanwhile."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import value
from huanchuang.facts.services import correct_fact, record_fact

pytestmark = pytest.mark.django_db
YEAR, KEY = Period.year(2025), "sales-revenue"


@pytest.fixture
def clerk(client, people):
    client.force_login(people.clerk)
    return client


@pytest.fixture
def enter_url(firm):
    return reverse("facts:enter", kwargs={"subject": firm.subject, "key": KEY, "period": "2025"})


def test_it_leads_from_key_and_period_to_the_form(clerk, firm, enter_url):
    url = reverse("facts:place", kwargs={"subject": firm.subject})
    assert clerk.get(url, {"key": KEY, "period": "2025年"}).url == enter_url
    assert clerk.get(url, {"key": KEY, "period": "第五纪"}).status_code == 422


def test_it_never_offers_keys_the_clerk_may_not_see(clerk, firm):
    page = clerk.get(reverse("facts:place", kwargs={"subject": firm.subject}))
    offered = {code for code, _ in page.context["form"].fields["key"].choices}
    assert KEY in offered
    assert "innovation-score" not in offered


def test_it_records_wan_yuan_as_yuan(clerk, firm, enter_url):
    answer = clerk.post(enter_url, {"value": "1,234.567891", "unit": "万元", "source_link": "审计报告"})
    assert answer.status_code == 302
    fact = value(firm.subject, KEY, YEAR)
    assert (fact.value, fact.unit, fact.source_kind) == ("12345678.91", "元", "manual")
    assert fact.recorded_by_name == "企业经办人"


@pytest.mark.parametrize("bad", ["", "很多", "12.3456789", "一百多"])
def test_it_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(clerk, enter_url, bad):
    page = clerk.post(enter_url, {"value": bad, "unit": "万元", "source_link": "审计报告"})
    assert page.status_code == 422
    assert page.context["form"].errors["value"]
    assert "审计报告" in page.content.decode()
    assert not Fact.objects.exists()


def test_it_turns_a_second_entry_into_a_correction(clerk, firm, enter_url):
    fact = record_fact(SYSTEM, firm.subject, KEY, YEAR, "100", "元", "manual")
    assert clerk.get(enter_url).url == reverse("facts:correct", kwargs={"pk": fact.pk})


def test_it_corrects_with_a_reason(clerk, firm):
    fact = record_fact(SYSTEM, firm.subject, KEY, YEAR, "100", "元", "manual")
    url = reverse("facts:correct", kwargs={"pk": fact.pk})
    assert clerk.post(url, {"value": "90", "unit": "元", "note": ""}).status_code == 422
    assert clerk.post(url, {"value": "90", "unit": "元", "note": "审计调整"}).status_code == 302
    assert value(firm.subject, KEY, YEAR).value == "90"


def test_it_shows_the_second_clerk_what_stands_now(clerk, firm):
    fact = record_fact(SYSTEM, firm.subject, KEY, YEAR, "100", "元", "manual")
    url = reverse("facts:correct", kwargs={"pk": fact.pk})
    clerk.get(url)
    newer = correct_fact(SYSTEM, fact, "95", "元", "先到的更正")
    page = clerk.post(url, {"value": "90", "unit": "元", "note": "后到"}, follow=True)
    text = page.content.decode()
    assert reverse("facts:why", kwargs={"pk": newer.pk}) in text or "95" in text
    assert value(firm.subject, KEY, YEAR) == newer


def test_it_shows_the_panel_as_a_fragment_with_everything_said_before(clerk, firm):
    first = record_fact(SYSTEM, firm.subject, KEY, YEAR, "100", "万元", "manual", "企业填报")
    second = correct_fact(SYSTEM, first, "90", "万元", "审计调整")
    record_fact(SYSTEM, firm.subject, KEY, YEAR, "91", "万元", "report", "统计年报")
    text = clerk.get(
        reverse("facts:why", kwargs={"pk": second.pk}), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in text
    for word in ("审计调整", "90万元", "数值不同", "统计报表", "系统"):
        assert word in text


def test_it_shows_the_table_as_it_was_known(clerk, firm):
    record_fact(SYSTEM, firm.subject, KEY, YEAR, "100", "元", "manual")
    url = reverse("facts:subject", kwargs={"subject": firm.subject})
    assert len(clerk.get(url, {"known": "2026-06-30"}).context["table"].rows) == 1
    assert clerk.get(url, {"known": "2026-06-29"}).context["table"].rows == []
    assert len(clerk.get(url, {"known": "nonsense"}).context["table"].rows) == 1
