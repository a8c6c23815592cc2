"""The demonstration's people: one press to come in while it is on; no way at all while it is off."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from huanchuang.accounts import services
from huanchuang.accounts.models import Role, SignIn, User
from huanchuang.accounts.services.demo import DEMO_PASSWORD
from huanchuang.audit.services import SYSTEM


@pytest.fixture
def people(db) -> dict[str, User]:
    return services.set_demo_users(SYSTEM)


@pytest.fixture
def demo(settings):
    settings.HUANCHUANG_DEMO = True


@pytest.fixture
def no_demo(settings):
    settings.HUANCHUANG_DEMO = False


def test_it_makes_one_person_of_each_role_and_can_be_repeated(people):
    again = services.set_demo_users(SYSTEM)
    assert set(again) == set(Role.values)
    assert {user.pk for user in again.values()} == {user.pk for user in people.values()}
    assert [again[role].name for role in ("officer", "manager", "leader")] == ["林科长", "周工", "罗主任"]


def test_it_offers_a_button_for_each(client, people, demo):
    text = client.get(reverse("account_login")).content.decode()
    for user in people.values():
        assert user.name in text
        assert reverse("accounts:demo", args=[user.username]) in text


@pytest.mark.parametrize("role", Role.values)
def test_it_lets_each_in_with_one_press(client, people, demo, role):
    answer = client.post(reverse("accounts:demo", args=[people[role].username]))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session[SESSION_KEY] == str(people[role].pk)
    assert SignIn.objects.get().user == people[role]


def test_it_goes_on_within_this_site_only(client, people, demo):
    address = reverse("accounts:demo", args=["demo-officer"])
    assert client.post(address, {"next": "/audit/?person=x"})["Location"] == "/audit/?person=x"
    assert client.post(address, {"next": "https://evil.example/"})["Location"] == "/"
    assert client.post(address, {"next": "//evil.example/"})["Location"] == "/"


def test_it_takes_presses_only(client, people, demo):
    assert client.get(reverse("accounts:demo", args=["demo-officer"])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("accounts:demo", args=["demo-officer"])).status_code == 403


def test_it_never_lets_real_people_in_by_a_press(client, cast, people, demo):
    assert client.post(reverse("accounts:demo", args=[cast.officer.username])).status_code == 404


def test_it_shows_no_button_when_off(client, people, no_demo):
    assert "林科长" not in client.get(reverse("account_login")).content.decode()


def test_it_has_no_press_when_off(client, people, no_demo):
    assert client.post(reverse("accounts:demo", args=["demo-officer"])).status_code == 404


def test_it_refuses_their_password_when_off(client, people, no_demo):
    client.post(reverse("account_login"), {"login": "demo-officer", "password": DEMO_PASSWORD})
    assert SESSION_KEY not in client.session


def test_it_ends_their_sessions_when_switched_off(client, people, settings):
    settings.HUANCHUANG_DEMO = True
    client.post(reverse("accounts:demo", args=["demo-officer"]))
    assert client.get(reverse("accounts:me")).status_code == 200
    settings.HUANCHUANG_DEMO = False
    assert client.get(reverse("accounts:me")).status_code == 302
