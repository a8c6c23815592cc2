"""An officer or administrator seats a person in an organisation; the right comes and goes with the seat."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit import queries as audit
from huanchuang.registry.models import Membership
from huanchuang.registry.queries import organisations_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(firm):
    return reverse("registry:members", kwargs={"pk": firm.pk})


@pytest.mark.parametrize(
    ("person", "status"),
    [("officer", 200), ("administrator", 200), ("clerk", 403), ("leader", 403), ("stranger", 403)],
)
def test_it_opens_to_those_who_seat_people(client, people, url, person, status):
    client.force_login(getattr(people, person))
    assert client.get(url).status_code == status


def test_it_gives_and_takes_the_right_with_the_seat(client, people, firm, url):
    client.force_login(people.administrator)
    assert (
        client.post(url, {"username": "cast-stranger", "post": "出纳", "since": "2026-01-01"}).status_code
        == 302
    )
    assert list(organisations_of(people.stranger)) == [firm]
    seat = Membership.objects.get(user=people.stranger)
    client.post(reverse("registry:leave", kwargs={"pk": firm.pk, "membership": seat.pk}))
    assert list(organisations_of(people.stranger)) == []
    assert audit.history(firm.subject)[0].verb == "registry.membership.leave"


@pytest.mark.parametrize(("username", "word"), [("nobody", "nobody"), ("", "")])
def test_it_says_when_there_is_no_such_account(client, people, url, username, word):
    client.force_login(people.officer)
    page = client.post(url, {"username": username})
    assert page.status_code == 422
    assert word in str(page.context["form"].errors["username"])


def test_it_ends_only_seats_of_this_organisation(client, people, bureau):
    client.force_login(people.officer)
    seat = Membership.objects.get(user=people.clerk)
    assert (
        client.post(reverse("registry:leave", kwargs={"pk": bureau.pk, "membership": seat.pk})).status_code
        == 404
    )
