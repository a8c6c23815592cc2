"""Signing in and out: each role, nobody else, and never to another site."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from huanchuang.accounts.models import Role, SignIn, User
from huanchuang.audit.models import Entry

PASSWORD = "cast-pass-9x"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post(
        reverse("account_login"),
        {"login": username, "password": password, **more},
        headers={"user-agent": CHROME},
    )


def came_in(client: Client) -> bool:
    return SESSION_KEY in client.session


@pytest.mark.parametrize("role", Role.values)
def test_it_lets_every_role_in(client, cast, role):
    answer = sign_in(client, f"cast-{role}")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session[SESSION_KEY] == str(getattr(cast, role).pk)


def test_it_refuses_a_wrong_password_in_words(client, cast):
    answer = sign_in(client, "cast-officer", "wrong-password")
    assert not came_in(client)
    assert "用户名" in answer.content.decode()
    assert "密码" in str(answer.context["form"].errors)


def test_it_refuses_a_closed_account(client, cast):
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    sign_in(client, "cast-officer")
    assert not came_in(client)


def test_it_ends_the_session_of_an_account_closed_meanwhile(client, cast):
    sign_in(client, "cast-officer")
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert client.get(reverse("accounts:me")).status_code == 302


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
    ],
)
def test_it_never_goes_to_another_site(client, cast, there):
    answer = sign_in(client, "cast-officer", next=there)
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_it_goes_where_the_person_was_going(client, cast):
    wish = client.get(reverse("accounts:me"))["Location"]
    assert wish == f"{reverse('account_login')}?next=/accounts/"
    assert sign_in(client, "cast-officer", next="/accounts/")["Location"] == "/accounts/"


def test_it_gives_a_new_session_at_sign_in(client, cast):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    sign_in(client, "cast-officer")
    assert client.session.session_key != before
    assert came_in(client)


def test_it_drops_what_belonged_to_somebody_else(client, cast):
    sign_in(client, "cast-officer")
    before = client.session.session_key
    client.post(reverse("account_logout"))
    assert not came_in(client)
    sign_in(client, "cast-clerk")
    assert client.session.session_key != before


def test_it_signs_out_by_post_only(client, cast):
    sign_in(client, "cast-officer")
    assert client.get(reverse("account_logout")).status_code == 200
    assert came_in(client)
    client.post(reverse("account_logout"))
    assert not came_in(client)


def test_it_asks_for_the_token_against_forged_forms(cast):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "cast-officer").status_code == 403


def test_it_writes_down_who_came_in(client, cast):
    sign_in(client, "cast-officer", "wrong-password")
    sign_in(client, "cast-officer")
    newest, oldest = SignIn.objects.all()
    assert (newest.result, newest.device, newest.address) == ("ok", "Chrome · Windows", "127.0.0.1")
    assert oldest.result == "wrong"
    assert Entry.objects.filter(verb="accounts.session.sign_in", subject=cast.officer.subject).count() == 2


def test_it_keeps_no_name_that_is_nobodys(client, db):
    sign_in(client, "my-password-typed-here")
    assert SignIn.objects.get().user is None
    assert not Entry.objects.filter(after__contains="typed-here").exists()
    assert not Entry.objects.filter(actor_name__contains="typed-here").exists()


def test_it_shows_one_their_own_sign_ins_only(client, cast):
    sign_in(client, "cast-clerk", "wrong-password")
    sign_in(client, "cast-officer")
    shown = client.get(reverse("accounts:me")).context["sign_ins"]
    assert [visit.user_id for visit in shown] == [cast.officer.pk]


def test_it_ends_sessions_on_other_devices(client, cast):
    other = Client()
    sign_in(other, "cast-officer")
    sign_in(client, "cast-officer")
    assert other.get(reverse("accounts:me")).status_code == 200
    assert client.get(reverse("usersessions_list")).context["session_count"] == 2
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("accounts:me")).status_code == 302
    assert client.get(reverse("accounts:me")).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/password/set/",
        "/accounts/password/reset/",
        "/accounts/confirm-email/",
    ],
)
def test_it_offers_no_door_that_is_not_needed(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password"])
def test_it_says_how_to_get_an_account(client, db, name):
    assert "系统管理员" in client.get(reverse(name)).content.decode()


def test_it_answers_in_our_words(client, cast):
    assert "用户名或密码不正确" in sign_in(client, "cast-officer", "wrong-password").content.decode()
    sign_in(client, "cast-officer")
    wrong = client.post(
        reverse("account_change_password"),
        {"oldpassword": "wrong", "password1": "a-better-pass-71", "password2": "a-better-pass-71"},
    )
    assert "现在的密码不正确" in wrong.content.decode()
    assert (
        "密码不正确，请再输一次"
        in client.post(reverse("account_reauthenticate"), {"password": "wrong"}).content.decode()
    )
