"""Another system with a token, as it calls us: no cookies, forgery checked as in use."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from huanchuang.accounts.services import create_service, make_token
from huanchuang.audit.services import SYSTEM

VIEW = "policies.policy.view"


@pytest.fixture
def portal(db):
    """The account of a portal, with the role of an officer."""
    return create_service(SYSTEM, "portal", "区政务门户", "officer")


@pytest.fixture
def give(db):
    """Makes a token: its row and a client that sends it."""

    def made(user, *scopes: str, days: int = 30):
        until = dt.date.today() + dt.timedelta(days=days)
        token, text = make_token(SYSTEM, user, "门户", scopes or [VIEW], until)
        return token, caller_with(text)

    return made


def caller_with(text: str, **options) -> Client:
    return Client(
        enforce_csrf_checks=True,
        raise_request_exception=False,
        headers={"Authorization": f"Bearer {text}"},
        **options,
    )
