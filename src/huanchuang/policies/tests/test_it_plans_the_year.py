"""An organisation plans: the order of what to do, windows of twelve months and as a calendar, what-ifs kept apart, on paper."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from huanchuang.accounts.models import User
from huanchuang.audit.queries import history
from huanchuang.facts.models import Fact
from huanchuang.orm import clock
from huanchuang.policies.models import Supposition, WindowKey
from huanchuang.policies.queries.library import openings_until, policy_named
from huanchuang.policies.queries.outlook import ORDERS, outlook_of
from huanchuang.policies.queries.windows import calendar_rows, events, months_from
from huanchuang.registry.models import Membership

from .conftest import HTE
from .test_it_tells_whom_it_concerns import REWARD, start_up

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)


def address_of(client, firm) -> str:
    page = client.post(reverse("policies:windows", args=[firm.pk]), {"deed": "give"})
    return "/policies/calendar/" + page.context["address"].rpartition("/policies/calendar/")[2]


class TestOrder:
    def test_what_is_largest_easiest_or_first_to_close_comes_first(self, firm):
        found = outlook_of(firm, DAY)
        unknown = {order: found.of("unknown", order) for order in ORDERS}
        assert len(unknown["amount"]) > 3
        assert all(
            {card.listed.id for card in cards} == {card.listed.id for card in unknown["amount"]}
            for cards in unknown.values()
        )
        amounts = [card.money.fen if card.money else -1 for card in unknown["amount"]]
        efforts = [card.effort for card in unknown["effort"]]
        closes = [card.opening.closes if card.opening else dt.date.max for card in unknown["closing"]]
        assert (amounts, efforts, closes) == (sorted(amounts, reverse=True), sorted(efforts), sorted(closes))

    def test_nothing_to_apply_for_is_the_least_effort(self, db):
        found = outlook_of(start_up("青岑符合科技有限公司"), DAY)
        mine = next(card for card in found.of("yes") if card.listed.id == REWARD)
        assert mine.effort == 2 * len(mine.decision.papers)

    def test_the_page_says_which_order_it_shows(self, client, own, firm):
        client.force_login(own.clerk)
        page = client.get(reverse("policies:outlook", args=[firm.pk]), {"order": "effort"})
        assert page.context["order"] == "effort"
        assert (
            client.get(reverse("policies:outlook", args=[firm.pk]), {"order": "colour"}).context["order"]
            == "amount"
        )


class TestWindows:
    def test_a_year_has_every_window_once(self):
        found = openings_until(policy_named(REWARD), DAY, dt.date(2027, 5, 31))
        assert [(one.opens, one.closes, one.is_open) for one in found] == [
            (dt.date(2027, 3, 1), dt.date(2027, 4, 30), False)
        ]

    def test_one_that_is_open_counts_and_one_beyond_the_policy_does_not(self):
        march = openings_until(policy_named(REWARD), dt.date(2027, 4, 30), dt.date(2028, 3, 31))
        assert [(one.opens, one.is_open) for one in march] == [(dt.date(2027, 3, 1), True)]

    def test_the_months_begin_with_this_one(self):
        months = months_from(dt.date(2026, 12, 31))
        assert (len(months), months[0].first, months[0].last) == (
            12,
            dt.date(2026, 12, 1),
            dt.date(2026, 12, 31),
        )
        assert (months[1].first, months[-1].last) == (dt.date(2027, 1, 1), dt.date(2027, 11, 30))

    def test_each_month_shows_the_windows_that_touch_it(self, db):
        found = outlook_of(start_up("青岑符合科技有限公司"), DAY)
        row = next(row for row in calendar_rows(found) if row.card.listed.id == REWARD)
        assert [bool(cell) for cell in row.cells] == [False] * 9 + [True, True, False]
        closing = [min(one.closes for cell in row.cells for one in cell) for row in calendar_rows(found)]
        assert closing == sorted(closing)

    def test_a_calendar_program_reads_first_and_last_days(self, client, own, firm):
        client.force_login(own.clerk)
        address = address_of(client, firm)
        client.logout()
        answer = client.get(address)
        text = answer.content.decode().replace("\r\n ", "")
        assert answer["Content-Type"].startswith("text/calendar")
        wanted = list(events(firm, DAY))
        assert wanted
        assert text.count("BEGIN:VEVENT") == len(wanted) == len({one.uid for one in wanted})
        assert all(f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}" in text for one in wanted)
        token = address.rpartition("/")[2].removesuffix(".ics")
        assert not WindowKey.objects.filter(digest=token).exists()

    def test_the_address_stops_when_revoked_changed_left_or_wrong(self, client, own, firm):
        client.force_login(own.clerk)
        first = address_of(client, firm)
        second = address_of(client, firm)
        assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
        membership = Membership.objects.get(user=own.clerk)
        Membership.objects.filter(pk=membership.pk).update(until=clock.today() - dt.timedelta(days=1))
        assert client.get(second).status_code == 404
        Membership.objects.filter(pk=membership.pk).update(until=None)
        client.post(reverse("policies:windows", args=[firm.pk]), {"deed": "revoke"})
        assert client.get(second).status_code == 404
        third = address_of(client, firm)
        User.objects.filter(pk=own.clerk.pk).update(is_active=False)
        assert client.get(third).status_code == 404
        assert client.get(reverse("policies:windows-feed", args=["x" * 43])).status_code == 404


class TestWhatIf:
    def keep(self, client, firm, name="少一名", **more):
        given = {"tech-staff@2025": "8人", "name": name, **more}
        return client.post(reverse("policies:suppose", args=[firm.pk, HTE]), given)

    def test_it_is_kept_apart_from_facts(self, client, own, firm):
        client.force_login(own.clerk)
        before = Fact.objects.count()
        assert self.keep(client, firm).status_code == 302
        one = Supposition.objects.get()
        assert (one.result_before, one.result, one.kept_by_name) == ("yes", "no", own.clerk.name)
        assert one.changed == [
            {"place": "tech-staff@2025", "name": "2025年科技人员数", "before": "9人", "after": "8人"}
        ]
        assert Fact.objects.count() == before
        assert next(card for card in outlook_of(firm, DAY).cards if card.listed.id == HTE).result == "yes"
        for name, words in (("suppose", [firm.pk, HTE]), ("outlook", [firm.pk])):
            assert "少一名" in client.get(reverse(f"policies:{name}", args=words)).content.decode()

    def test_it_opens_again_with_its_figures(self, client, own, firm):
        client.force_login(own.clerk)
        self.keep(client, firm)
        row = client.get(reverse("policies:suppose", args=[firm.pk, HTE])).context["kept"][0]
        assert client.get(row.url).context["other"].result == "no"

    @pytest.mark.parametrize(("name", "figure"), [("", "8人"), ("空的", ""), ("坏的", "许多")])
    def test_without_name_or_change_nothing_is_kept(self, client, own, firm, name, figure):
        client.force_login(own.clerk)
        assert self.keep(client, firm, name, **{"tech-staff@2025": figure}).status_code == 422
        assert not Supposition.objects.exists()

    def test_a_name_is_taken_once(self, client, own, firm):
        client.force_login(own.clerk)
        self.keep(client, firm)
        assert self.keep(client, firm).status_code == 422
        assert Supposition.objects.count() == 1

    def test_it_is_thrown_away_and_the_trail_knows(self, client, own, firm):
        client.force_login(own.clerk)
        self.keep(client, firm)
        client.post(reverse("policies:supposition-forget", args=[Supposition.objects.get().pk]))
        assert not Supposition.objects.exists()
        assert [entry.verb for entry in history(firm.subject)][:2] == [
            "policies.supposition.drop",
            "policies.supposition.keep",
        ]

    @pytest.mark.parametrize(
        ("person", "status"), [("leader", 403), ("auditor", 403), ("stranger", 404), ("reviewer", 403)]
    )
    def test_others_neither_keep_nor_throw_away(self, client, own, firm, person, status):
        client.force_login(own.clerk)
        self.keep(client, firm)
        client.force_login(getattr(own, person))
        assert self.keep(client, firm, "另一个").status_code == status
        assert (
            client.post(
                reverse("policies:supposition-forget", args=[Supposition.objects.get().pk])
            ).status_code
            == status
        )
        assert Supposition.objects.count() == 1


class TestPaper:
    def test_it_has_every_policy_with_reasons_and_clauses(self, client, own, firm):
        client.force_login(own.clerk)
        answer = client.get(reverse("policies:outlook-word", args=[firm.pk]))
        paper = Document(BytesIO(answer.content))
        heads = [one.text for one in paper.paragraphs if one.style.name == "Heading 3"]
        found = outlook_of(firm, DAY)
        assert sorted(heads) == sorted(card.listed.title() for card in found.cards)
        cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
        for card in found.of("yes"):
            for finding in card.decision.findings:
                assert finding.requirement.text.text() in cells
                assert finding.requirement.clause in cells
        assert firm.name in answer["Content-Disposition"] or "filename*" in answer["Content-Disposition"]

    @pytest.mark.parametrize(("person", "status"), [("officer", 200), ("stranger", 404), ("reviewer", 403)])
    def test_it_is_for_those_who_see_the_page(self, client, own, firm, person, status):
        client.force_login(getattr(own, person))
        for name in ("outlook-word", "windows"):
            assert client.get(reverse(f"policies:{name}", args=[firm.pk])).status_code == status
