"""A portal calls by token: with its owner's rights of this moment, narrowed to scopes, and with nothing else."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huanchuang.accounts.models import Token, User, WrongToken
from huanchuang.accounts.queries.tokens import MOST_WRONG, WRONG_WINDOW
from huanchuang.accounts.services import assign_role, deactivate, grant, revoke_token
from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM

from .conftest import VIEW, caller_with

pytestmark = pytest.mark.django_db
POLICIES = "/api/v1/policies/"
NOBODYS = "hc_aaaaaaaaaa_" + "A" * 43


def decide(client):
    return client.post("/api/v1/policies/decide", {"facts": {}}, content_type="application/json")


def test_it_reads_and_sends_without_cookie_and_without_the_token_against_forgery(portal, give):
    _, client = give(portal)
    assert client.get(POLICIES).status_code == 200
    answer = decide(client)
    assert answer.status_code == 200
    assert not answer.cookies


def test_a_session_sends_only_with_the_token_against_forgery(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    answer = decide(client)
    assert answer.status_code == 403
    assert answer.json()["problems"][0]["code"] == "api.csrf"
    client.get("/accounts/tokens/")
    marked = {"X-CSRFToken": client.cookies["csrftoken"].value}
    given = {"facts": {}}
    sent = client.post("/api/v1/policies/decide", given, content_type="application/json", headers=marked)
    assert sent.status_code == 200
    assert client.get(POLICIES).status_code == 200  # reading changes nothing, so nothing has to be proved


def test_it_is_narrowed_to_its_scopes(portal, give):
    _, client = give(portal)
    refused = client.get("/api/v1/steering/plans")
    assert refused.status_code == 403
    assert refused.json()["problems"][0]["where"] == "steering.plan.view"
    _, wider = give(portal, VIEW, "steering.plan.view")
    assert wider.get("/api/v1/steering/plans").status_code == 200


def test_what_the_owner_loses_the_token_loses(portal, give):
    _, client = give(portal, "policies.decision.view")
    where = "/api/v1/policies/for/1"
    assert client.get(where).status_code == 404  # there is no such organisation, but the call is allowed
    assign_role(SYSTEM, portal, "reviewer")
    assert client.get(where).status_code == 403
    deactivate(SYSTEM, User.objects.get(pk=portal.pk))
    assert client.get(where).status_code == 401


def test_a_grant_beside_the_role_counts_within_the_scopes(cast, give):
    grant(SYSTEM, cast.reviewer, "registry.organisation:1", "试点", deed="policies.decision.view")
    token, _ = give(cast.reviewer, "policies.decision.view")
    assert token.scopes == ["policies.decision.view"]


def test_it_ends_with_its_day_and_when_it_is_revoked(portal, give):
    token, client = give(portal)
    revoke_token(SYSTEM, token)
    assert client.get(POLICIES).status_code == 401
    token, client = give(portal)
    Token.objects.filter(pk=token.pk).update(expires_on=timezone.localdate())
    assert client.get(POLICIES).status_code == 200
    Token.objects.filter(pk=token.pk).update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(POLICIES).status_code == 401


@pytest.mark.parametrize("where", ["/", "/accounts/tokens/", "/accounts/people/", "/audit/", "/api/v1/docs/"])
def test_it_opens_no_page(cast, give, where):
    _, client = give(cast.administrator)
    answer = client.get(where)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_it_makes_no_token(cast, give):
    _, client = give(cast.administrator)
    given = {"name": "再来一个", "scopes": [VIEW], "expires_on": "2026-12-31"}
    assert client.post("/accounts/tokens/", given).status_code in {302, 403}
    assert Token.objects.count() == 1


def test_nobody_signs_in_as_a_system(portal, client):
    client.force_login(portal)
    assert SESSION_KEY in client.session
    assert client.get("/").status_code == 302


def test_a_wrong_token_is_refused_even_beside_a_session(cast):
    client = caller_with(NOBODYS)
    client.force_login(cast.officer)
    answer = client.get(POLICIES)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "text", ["", " ", "hc_", "x" * 10_000, "令牌", NOBODYS + "A", "hc_aaaaaaaaaa", "\udcff", "' OR 1=1 --"]
)
def test_it_refuses_whatever_is_no_token(db, text):
    client = Client(raise_request_exception=False)
    assert client.get(POLICIES, headers={"Authorization": f"Bearer {text}".strip()}).status_code == 401


def test_it_refuses_the_right_prefix_with_another_secret(portal, give):
    token, _ = give(portal)
    assert caller_with(f"{token.prefix}_{'A' * 43}").get(POLICIES).status_code == 401


def test_whoever_guesses_waits_and_the_right_token_does_not(portal, give):
    _, client = give(portal)
    guesser = caller_with(NOBODYS)
    answers = [guesser.get(POLICIES).status_code for _ in range(MOST_WRONG + 2)]
    assert answers == [401] * MOST_WRONG + [429] * 2
    last = guesser.get(POLICIES)
    assert 0 < int(last["Retry-After"]) <= WRONG_WINDOW.total_seconds()
    assert Entry.objects.filter(verb="accounts.token.lock").count() == 1
    assert client.get(POLICIES).status_code == 200
    elsewhere = caller_with(NOBODYS, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(POLICIES).status_code == 401
    WrongToken.objects.update(since=timezone.now() - WRONG_WINDOW - dt.timedelta(seconds=1))
    assert guesser.get(POLICIES).status_code == 401


def test_only_the_first_use_and_no_secret_goes_into_trail_and_log(portal, give, caplog):
    token, client = give(portal)
    text = client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    with caplog.at_level(logging.INFO, "huanchuang.access"):
        for _ in range(3):
            client.get(POLICIES)
    assert Entry.objects.filter(verb="accounts.token.first_use").count() == 1
    line = caplog.records[-1].data
    assert (line["token"], line["user"]) == (token.prefix, str(portal.pk))
    assert text not in caplog.text
    assert text not in str(list(Entry.objects.values()))
    assert text.split("_", 2)[2] not in str(list(Token.objects.values()))
    before = Token.objects.get().used_at
    assert timezone.now() - before < dt.timedelta(minutes=1)


def test_the_demonstrations_people_call_in_the_demonstration_only(cast, give, settings):
    User.objects.filter(pk=cast.officer.pk).update(is_demo=True)
    _, client = give(cast.officer)
    settings.HUANCHUANG_DEMO = False
    assert client.get(POLICIES).status_code == 401
    settings.HUANCHUANG_DEMO = True
    assert client.get(POLICIES).status_code == 200


def test_nobody_calls_with_a_first_password(cast, give, client):
    _, caller = give(cast.officer)
    User.objects.filter(pk=cast.officer.pk).update(must_change_password=True)
    assert caller.get(POLICIES).status_code == 401
    client.force_login(User.objects.get(pk=cast.officer.pk))
    assert client.get(POLICIES).json()["problems"][0]["code"] == "api.password"


def test_a_call_that_reads_begins_no_transaction(portal, give):
    _, client = give(portal)
    client.get(POLICIES)  # the first use is written down
    with CaptureQueriesContext(connection) as asked:
        assert client.get(POLICIES).status_code == 200
    words = [one["sql"].split()[0] for one in asked]
    assert set(words) == {"SELECT"}  # no SAVEPOINT, no UPDATE: nobody waits for whoever is writing
    assert len(words) <= 3
