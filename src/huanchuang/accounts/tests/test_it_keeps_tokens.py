"""Tokens are made, shown once, listed and revoked: one's own, and by the administrator those of a system's account."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huanchuang.accounts.models import Token, User
from huanchuang.accounts.queries import users_with_role
from huanchuang.accounts.queries.tokens import FORM, digest_of
from huanchuang.accounts.services import create_service, make_token, set_password
from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError

VIEW = "policies.policy.view"


def values(**more):
    until = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    return {"name": "区政务门户", "scopes": [VIEW], "expires_on": until, **more}


@pytest.fixture
def portal(db):
    return create_service(SYSTEM, "portal", "区政务门户", "officer")


def test_it_shows_a_new_token_once_and_keeps_its_digest_only(client, cast):
    client.force_login(cast.clerk)
    answer = client.post(reverse("accounts:tokens"), values())
    text = answer.context["text"]
    assert FORM.fullmatch(text)
    assert text in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    token = Token.objects.get()
    assert (token.user, token.digest, token.scopes) == (cast.clerk, digest_of(text), [VIEW])
    page = client.get(reverse("accounts:tokens")).content.decode()
    assert token.prefix in page
    assert text not in page
    entry = Entry.objects.get(verb="accounts.token.make")
    assert token.prefix in entry.after
    assert text not in entry.after


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "}, {"scopes": []}, {"scopes": ["registry.organisation.change"]}, {"scopes": ["nothing"]},
        {"scopes": ["accounts.user.manage"]}, {"expires_on": "2020-01-01"}, {"expires_on": "2199-01-01"}, {"expires_on": "bald"},
    ],
)  # fmt: skip
def test_it_refuses_bad_tokens_and_keeps_what_was_typed(client, cast, wrong):
    client.force_login(cast.clerk)
    answer = client.post(reverse("accounts:tokens"), values(**wrong))
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Token.objects.exists()


def test_nobody_hands_on_what_they_may_not_do_themselves(cast):
    with pytest.raises(ProblemError) as refused:
        make_token(SYSTEM, cast.reviewer, "x", ["policies.decision.view"], timezone.localdate())
    assert refused.value.problems[0].code == "accounts.token.beyond"


def test_it_offers_only_what_a_call_asks_for_and_the_account_may_do(client, cast):
    client.force_login(cast.reviewer)
    offered = dict(client.get(reverse("accounts:tokens")).context["form"].fields["scopes"].choices)
    assert VIEW in offered
    assert "policies.decision.view" not in offered
    assert "accounts.self.manage" not in offered


def test_one_revokes_ones_own_and_nobody_elses(client, cast):
    token, _ = make_token(SYSTEM, cast.clerk, "x", [VIEW], timezone.localdate())
    where = reverse("accounts:token_revoke", args=[token.pk])
    client.force_login(cast.officer)
    assert client.post(where).status_code == 404
    client.force_login(cast.clerk)
    assert client.post(where).status_code == 302
    token.refresh_from_db()
    assert token.revoked_by == cast.clerk.name
    assert client.post(where).status_code == 302
    assert Entry.objects.filter(verb="accounts.token.revoke").count() == 1


def test_the_administrator_makes_an_account_for_a_system_and_its_tokens(client, cast):
    client.force_login(cast.administrator)
    given = {"username": "portal", "name": "区政务门户", "role": "officer", "is_service": "on"}
    made = client.post(reverse("accounts:new"), given)
    portal = User.objects.get(username="portal")
    assert made.url == reverse("accounts:service_tokens", args=[portal.pk])
    assert portal.is_service
    assert not portal.has_usable_password()
    assert client.post(made.url, values()).context["text"].startswith("hc_")
    token = Token.objects.get()
    assert (token.user, token.made_by) == (portal, cast.administrator.name)
    client.post(reverse("accounts:service_revoke", args=[portal.pk, token.pk]))
    token.refresh_from_db()
    assert token.revoked_at


def test_no_administrator_makes_a_token_in_the_name_of_a_person(client, cast):
    client.force_login(cast.administrator)
    where = reverse("accounts:service_tokens", args=[cast.clerk.pk])
    assert client.get(where).status_code == 404
    assert client.post(where, values()).status_code == 404
    assert not Token.objects.exists()


@pytest.mark.parametrize("role", ["officer", "auditor", "clerk"])
def test_others_do_not_come_to_the_tokens_of_a_system(client, cast, portal, role):
    client.force_login(getattr(cast, role))
    where = reverse("accounts:service_tokens", args=[portal.pk])
    assert client.post(where, values()).status_code == 403


def test_a_system_has_no_password_and_gets_no_notices(client, cast, portal):
    with pytest.raises(ProblemError):
        set_password(SYSTEM, portal, "ein-langes-wort-9")
    client.force_login(cast.administrator)
    assert client.post(reverse("accounts:password", args=[portal.pk])).status_code == 404
    assert portal not in users_with_role("officer")
