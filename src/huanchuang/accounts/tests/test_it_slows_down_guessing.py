"""Five wrong passwords lock a name from an address for a quarter of an hour, with a message that says until when."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from django.utils import timezone

from huanchuang.accounts.models import SignIn

PASSWORD = "cast-pass-9x"


def sign_in(client, username="cast-officer", password=PASSWORD, address="10.0.0.7"):
    return client.post(
        reverse("account_login"), {"login": username, "password": password}, REMOTE_ADDR=address
    )


@pytest.fixture
def locked(client, cast):
    for _ in range(4):
        assert sign_in(client, password="wrong").status_code == 200
    return sign_in(client, password="wrong")


def test_it_locks_after_five_failures_and_says_until_when(locked):
    ends = timezone.localtime(timezone.now() + dt.timedelta(minutes=15))
    text = locked.content.decode()
    assert locked.status_code == 429
    assert 840 <= int(locked["Retry-After"]) <= 900
    assert any(f"{moment:%H:%M}" in text for moment in (ends, ends - dt.timedelta(minutes=1)))


def test_it_refuses_the_right_password_while_locked(client, locked):
    assert sign_in(client).status_code == 429
    assert SESSION_KEY not in client.session
    assert SignIn.objects.first().result == "locked"


def test_it_does_not_lock_others(client, locked):
    assert sign_in(client, "cast-clerk").status_code == 302


def test_it_does_not_lock_the_same_person_elsewhere(client, locked):
    assert sign_in(client, address="10.0.0.8").status_code == 302


def test_it_does_not_grow_longer_by_trying(client, locked):
    before = AccessAttempt.objects.get().attempt_time
    sign_in(client, password="wrong")
    assert AccessAttempt.objects.get().attempt_time == before


def test_it_unlocks_by_itself(client, locked):
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    assert sign_in(client).status_code == 302


def test_it_forgets_failures_after_success(client, cast):
    for _ in range(2):
        for _ in range(4):
            sign_in(client, password="wrong")
        assert sign_in(client).status_code == 302
        client.post(reverse("account_logout"))


def test_it_keeps_no_password_with_the_attempts(client, locked):
    assert "wrong" not in AccessAttempt.objects.get().post_data
