"""Who sees which organisation: the same answer on the list, the page, the export and the API."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from huanchuang.registry.queries import visible_organisations

pytestmark = pytest.mark.django_db

EVERY = {"云澜岑科新材料有限责任公司", "青岑区财政局"}
SEEN = {
    "officer": EVERY,
    "leader": EVERY,
    "auditor": EVERY,
    "administrator": EVERY,
    "researcher": EVERY,
    "manager": EVERY,
    "reviewer": EVERY,
    "clerk": {"云澜岑科新材料有限责任公司"},
    "reporter": {"青岑区财政局"},
    "stranger": set(),
}
everyone = pytest.mark.parametrize("person", SEEN)


@pytest.fixture
def visit(client, people):
    def go(person, url, **data):
        client.force_login(getattr(people, person))
        return client.post(url, data) if data else client.get(url)

    return go


@everyone
def test_it_lists_what_a_person_may_see(visit, people, person):
    page = visit(person, reverse("registry:organisations"))
    assert {row.name for row, _ in page.context["rows"]} == SEEN[person]
    assert {row.name for row in visible_organisations(getattr(people, person))} == SEEN[person]


@everyone
def test_it_exports_exactly_that(visit, person):
    answer = visit(person, reverse("registry:organisation-export", kwargs={"form": "csv"}))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["名称"] for row in rows} == SEEN[person]


@everyone
def test_it_opens_the_page_of_the_firm_or_hides_that_it_exists(visit, firm, person):
    page = visit(person, firm.get_absolute_url())
    assert page.status_code == (200 if firm.name in SEEN[person] else 404)


@everyone
def test_it_never_shows_the_contact_without_a_recorded_look(visit, firm, person):
    text = visit(person, firm.get_absolute_url()).content.decode()
    assert "13800001234" not in text
    assert "何晓月" not in text


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("clerk", 200),
        ("reporter", 404),
        ("stranger", 404),
        ("leader", 403),
        ("researcher", 403),
        ("auditor", 403),
    ],
)
@pytest.mark.parametrize("page", ["registry:organisation-change", "registry:organisation-unmask"])
def test_it_lets_change_and_look_only_owner_and_officer(visit, firm, person, status, page):
    url = reverse(page, kwargs={"pk": firm.pk})
    answer = (
        visit(person, url, purpose="通知补正材料")
        if page == "registry:organisation-unmask"
        else visit(person, url)
    )
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("person", "status"), [("officer", 200), ("clerk", 403), ("administrator", 403), ("leader", 403)]
)
def test_it_lets_only_the_officer_register_and_retire(visit, firm, person, status):
    assert visit(person, reverse("registry:organisation-new")).status_code == status
    assert (
        visit(person, reverse("registry:organisation-retire", kwargs={"pk": firm.pk})).status_code == status
    )


def test_it_sends_the_unknown_visitor_to_the_door(client, firm):
    for url in (
        reverse("registry:organisations"),
        firm.get_absolute_url(),
        reverse("registry:organisation-new"),
    ):
        assert client.get(url).status_code == 302


def test_it_shows_readers_of_the_public_part_no_members_and_no_history(visit, firm):
    page = visit("researcher", firm.get_absolute_url())
    assert page.context["members"] == []
    assert page.context["history"] == []
    assert page.context["masked"] == []


def test_it_shows_nothing_more_after_a_membership_ended(client, people, firm):
    from huanchuang.audit.services import SYSTEM
    from huanchuang.registry.models import Membership
    from huanchuang.registry.services import leave

    leave(SYSTEM, Membership.objects.get(user=people.clerk))
    client.force_login(people.clerk)
    assert client.get(firm.get_absolute_url()).status_code == 404
