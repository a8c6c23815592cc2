"""Figures of subjects that are no organisations: the hours of an instrument, the floor space of a carrier."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.queries import value
from huanchuang.facts.services import record_fact
from huanchuang.registry.queries.kinds import ACHIEVEMENT, DOCUMENT, EQUIPMENT
from huanchuang.registry.services import register_organisation
from huanchuang.registry.services.entries import register

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)
HOURS, OUTSIDE, INCOME = "instrument-hours", "instrument-outside-hours", "instrument-service-income"


@pytest.fixture
def instrument(firm):
    return register(SYSTEM, EQUIPMENT, {"name": "场发射扫描电子显微镜", "owner": firm, "asset_no": "A-1"})


@pytest.fixture
def clerk(client, people):
    client.force_login(people.clerk)
    return client


def offered(client, subject):
    page = client.get(reverse("facts:place", kwargs={"subject": subject}))
    return {code for code, _ in page.context["form"].fields["key"].choices}


def test_the_owner_enters_the_hours_of_an_instrument(clerk, instrument):
    assert offered(clerk, instrument.subject) == {HOURS, OUTSIDE, INCOME}
    where = {"subject": instrument.subject, "key": HOURS, "period": "2025"}
    page = clerk.get(reverse("facts:enter", kwargs=where))
    assert "场发射扫描电子显微镜" in page.content.decode()
    assert (
        clerk.post(reverse("facts:enter", kwargs=where), {"value": "1599", "unit": "小时"}).status_code == 302
    )
    assert value(instrument.subject, HOURS, YEAR).value == "1599"
    assert "1,599" in clerk.get(instrument.get_absolute_url()).content.decode()


def test_everybody_reads_the_hours_and_only_the_owner_the_income(client, people, instrument):
    record_fact(SYSTEM, instrument.subject, OUTSIDE, YEAR, "273", "小时", "import")
    record_fact(SYSTEM, instrument.subject, INCOME, YEAR, "12.5", "万元", "import")
    url = reverse("facts:subject", kwargs={"subject": instrument.subject})
    for person, keys in (("researcher", {OUTSIDE}), ("stranger", {OUTSIDE}), ("clerk", {OUTSIDE, INCOME})):
        client.force_login(getattr(people, person))
        assert {row.key for row in client.get(url).context["table"].rows} == keys


def test_a_carrier_has_figures_of_its_own_beside_those_of_an_organisation(client, people):
    house = register_organisation(SYSTEM, name="青岑孵化器有限公司", kind="incubator", region="990101")
    client.force_login(people.officer)
    assert {"staff", "carrier-area"} <= offered(client, house.subject)


def test_a_plain_firm_is_not_asked_for_the_space_it_lets(clerk, firm):
    assert "staff" in offered(clerk, firm.subject)
    assert "carrier-area" not in offered(clerk, firm.subject)


def test_a_document_has_no_section_of_figures(clerk, firm):
    paper = register(SYSTEM, DOCUMENT, {"title": "年度方案", "kind": "plan", "issuer": firm})
    assert "年度数据" not in clerk.get(paper.get_absolute_url()).content.decode()


def test_figures_of_a_confidential_achievement_exist_only_inside(client, people, firm):
    secret = register(SYSTEM, ACHIEVEMENT, {"title": "未公开的配方", "owner": firm, "is_confidential": True})
    record_fact(SYSTEM, secret.subject, "内部评估", YEAR, "5", "", "manual")
    url = reverse("facts:subject", kwargs={"subject": secret.subject})
    for person, status in (("clerk", 200), ("officer", 404), ("leader", 404), ("researcher", 404)):
        client.force_login(getattr(people, person))
        assert client.get(url).status_code == status
