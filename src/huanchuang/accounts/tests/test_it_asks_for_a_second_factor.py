"""Adding an authenticator app, signing in with its code or a recovery code, and taking it away again."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.urls import reverse

from huanchuang.accounts.models import SignIn
from huanchuang.audit.models import Entry

PASSWORD = "cast-pass-9x"


def code_of(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def sign_in(client):
    return client.post(reverse("account_login"), {"login": "cast-officer", "password": PASSWORD})


def confirm(client):
    """Say once more who one is; asked for before every change of the second factor."""
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.fixture
def secret(client, cast) -> str:
    """The officer's fresh second factor; signed out again."""
    sign_in(client)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    found = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(found)})
    client.post(reverse("account_logout"))
    cache.clear()  # the code that was used to add the app may not be used again within its half minute
    return found


def test_it_shows_a_code_to_scan_from_this_site_only(client, cast):
    sign_in(client)
    confirm(client)
    text = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in text
    assert "<svg" not in text


def test_it_refuses_a_wrong_code_when_adding(client, cast):
    sign_in(client)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()


def test_it_keeps_the_secret_encrypted(secret):
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))


def test_it_asks_for_the_code_after_the_password(client, secret):
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert SESSION_KEY not in client.session
    assert client.get(reverse("accounts:me")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.get(reverse("accounts:me")).status_code == 200


def test_it_refuses_a_wrong_code_and_notes_it(client, secret):
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert SESSION_KEY not in client.session
    assert SignIn.objects.first().result == "wrong_code"
    assert "验证码不正确" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()


def test_it_slows_down_guessing_of_codes(client, secret):
    sign_in(client)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert answer.status_code == 200
    assert SESSION_KEY not in client.session


def test_it_takes_a_recovery_code_once(client, secret, cast):
    spare = Authenticator.objects.get(user=cast.officer, type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": spare}).status_code == 302
    client.post(reverse("account_logout"))
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": spare}).status_code == 200
    assert SESSION_KEY not in client.session


def test_it_shows_and_renews_recovery_codes(client, secret, cast):
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    confirm(client)
    before = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert before[0] in client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(before) & set(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"])


@pytest.mark.django_db(transaction=True)
def test_it_can_be_taken_away_and_leaves_a_trace(client, secret, cast):
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    confirm(client)
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cast.officer).exists()
    verbs = set(Entry.objects.filter(verb__startswith="accounts.self.").values_list("verb", flat=True))
    assert verbs == {"accounts.self.add_second_factor", "accounts.self.remove_second_factor"}


def test_it_asks_who_you_are_before_it_changes(client, cast):
    sign_in(client)
    wish = client.get(reverse("mfa_activate_totp"))
    assert wish["Location"].startswith(reverse("account_reauthenticate"))
    assert "确认身份" in client.get(wish["Location"]).content.decode()
    assert client.post(wish["Location"], {"password": "wrong"}).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    assert client.post(wish["Location"], {"password": PASSWORD})["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_it_asks_with_the_code_as_well(client, secret):
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "6位验证码" in client.get(reverse("mfa_reauthenticate")).content.decode()
    cache.clear()
    assert client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    ],
)
def test_it_leads_to_the_switch_when_there_is_none(client, cast, name):
    sign_in(client)
    assert client.get(reverse(name))["Location"] == reverse("mfa_index")


def test_it_lets_nobody_in_when_the_key_of_the_product_changed(client, secret, settings):
    settings.SECRET_KEY = "another-key-of-the-product-0123456789"
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 200
    assert SESSION_KEY not in client.session


def test_it_is_taken_by_the_administrator_when_the_phone_is_lost(client, secret, cast):
    client.force_login(cast.administrator)
    page = reverse("accounts:person", args=[cast.officer.pk])
    assert "停用两步验证" in client.get(page).content.decode()
    for _ in range(2):
        client.post(reverse("accounts:reset_factor", args=[cast.officer.pk]))
    assert "停用两步验证" not in client.get(page).content.decode()
    assert (
        Entry.objects.filter(verb="accounts.user.reset_second_factor", subject=cast.officer.subject).count()
        == 1
    )
    client.post(reverse("account_logout"))
    assert sign_in(client)["Location"] == "/"
