"""Who may open what, for every page of the address table and every role: nobody has to remember to test a new page."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huanchuang.accounts.models import Role
from huanchuang.orm.deeds import table
from pages.samples import demo_user, sample
from pages.table import Page, pages

ALL = pages()
GUARDED = [page for page in ALL if page.deed]
BUDGETS = Path(__file__).with_name("query_counts.json")
WRONG_VERB = 405
SPARE = 2
"""Queries that a page may need beyond its budget, for what differs between databases."""

pytestmark = pytest.mark.django_db


def address(page: Page) -> str:
    return reverse(page.name, kwargs={argument: sample(page, argument) for argument in page.arguments})


def signed_in(role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(demo_user(role))
    return client


@pytest.mark.parametrize("page", ALL, ids=str)
def test_it_says_who_may_open_it(page: Page) -> None:
    assert page.name, f"{page.route} has no name"
    assert bool(page.deed) != bool(page.public), (
        f"{page.route}: @requires(deed) or @public(reason), one of the two"
    )


@pytest.mark.parametrize("page", GUARDED, ids=str)
def test_it_sends_nobody_to_the_sign_in_page(page: Page, demonstration: None) -> None:
    client = Client(raise_request_exception=False)
    answers = [
        answer
        for ask in (client.get, client.post)
        if (answer := ask(address(page))).status_code != WRONG_VERB
    ]
    assert answers
    for answer in answers:
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("page", GUARDED, ids=str)
def test_it_opens_for_those_who_may_and_for_nobody_else(page: Page, role: str, demonstration: None) -> None:
    roles = table()[page.deed or ""]
    may = role in roles or "*" in roles
    client = signed_in(role)
    shown = client.get(address(page)).status_code
    if may:  # 404: theirs to open, yet this object is hidden from them; 403: seen, yet not theirs to change
        assert shown in {200, 302, 403, 404, WRONG_VERB}
    else:
        statuses = {shown, client.post(address(page)).status_code}
        assert statuses - {WRONG_VERB} == {403}


@pytest.mark.parametrize("page", GUARDED, ids=str)
def test_it_opens_for_somebody(page: Page, demonstration: None) -> None:
    """At least one role sees more than an error: a page that opens for nobody is broken."""
    roles = table()[page.deed or ""]
    statuses: dict[str, int] = {}
    for role in (role for role in Role.values if role in roles or "*" in roles):
        statuses[role] = signed_in(role).get(address(page)).status_code
        if statuses[role] in {200, 302, WRONG_VERB}:
            return
    pytest.fail(f"{page.route} opens for nobody: {statuses}")


@pytest.mark.parametrize("page", GUARDED, ids=str)
def test_it_keeps_its_budget_of_queries(page: Page, demonstration: None) -> None:
    """UPDATE_QUERY_COUNTS=1 writes the budgets anew, to be looked at before they are committed."""
    roles = table()[page.deed or ""]
    role = next(
        role
        for role in ("officer", "administrator", "auditor", *Role.values)
        if role in roles or "*" in roles
    )
    client = signed_in(role)
    where = address(page)
    client.get(where)  # the first look fills caches
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(where)
    budgets = json.loads(BUDGETS.read_text(encoding="utf-8")) if BUDGETS.is_file() else {}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        budgets[page.name] = len(queries)
        BUDGETS.write_text(json.dumps(dict(sorted(budgets.items())), indent=1) + "\n", encoding="utf-8")
    assert len(queries) <= budgets[page.name] + SPARE
