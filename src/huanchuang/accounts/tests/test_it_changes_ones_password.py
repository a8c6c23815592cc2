"""Changing one's own password: the policy in words, the duty after a first password, and the trace."""

import pytest
from django.urls import reverse

from huanchuang.accounts.models import User
from huanchuang.audit.models import Entry

PASSWORD = "cast-pass-9x"


@pytest.fixture
def officer(client, cast):
    client.post(reverse("account_login"), {"login": "cast-officer", "password": PASSWORD})
    return client


def change(client, new: str, old: str = PASSWORD):
    return client.post(
        reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new}
    )


@pytest.mark.parametrize(
    "weak", ["short-9", "1234567890123", "password1234"[:8] + "12", "cast-officer", "qwertyuiop"]
)
def test_it_refuses_weak_passwords_with_a_reason(officer, cast, weak):
    answer = change(officer, weak)
    assert answer.status_code == 200
    assert answer.context["form"].errors["password1"]
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_it_asks_for_the_old_password(officer, cast):
    assert change(officer, "a-better-pass-71", old="wrong").status_code == 200
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_it_changes_and_stays_signed_in(officer, cast):
    assert change(officer, "a-better-pass-71")["Location"] == "/"
    assert User.objects.get(pk=cast.officer.pk).check_password("a-better-pass-71")
    assert officer.get(reverse("accounts:me")).status_code == 200
    entry = Entry.objects.get(verb="accounts.self.change_password")
    assert "a-better" not in entry.before + entry.after + entry.note


def test_it_lets_nobody_work_with_a_first_password(client, cast):
    User.objects.filter(pk=cast.administrator.pk).update(must_change_password=True)
    client.post(reverse("account_login"), {"login": "cast-administrator", "password": PASSWORD})
    assert client.get(reverse("accounts:people"))["Location"] == reverse("account_change_password")
    assert "初始密码" in client.get(reverse("account_change_password")).content.decode()
    change(client, "a-better-pass-71")
    assert client.get(reverse("accounts:people")).status_code == 200
