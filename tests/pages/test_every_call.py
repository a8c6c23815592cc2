"""Every call of the API against every role, from its own description."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from ninja import Schema

from huanchuang.accounts.models import Role, Token
from huanchuang.accounts.queries.tokens import digest_of
from huanchuang.orm.deeds import scopes
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.web.api import api
from huanchuang.web.api.problems import MEDIA_TYPE
from pages.samples import demo_user

pytestmark = pytest.mark.django_db


def calls() -> list[tuple[str, str]]:
    return [
        (method, path) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods
    ]


def test_no_two_objects_have_one_name() -> None:
    """The description knows objects by name only, and would show one for the other."""
    names = [one.__name__ for one in _below(Schema) if one.__module__.startswith("huanchuang.")]
    assert [name for name in names if names.count(name) > 1 and not name.startswith("_")] == []


def _below(schema: type) -> set[type]:
    below = set(schema.__subclasses__())
    return below.union(*(_below(one) for one in below))


@pytest.mark.parametrize(("method", "path"), calls())
def test_it_answers_nobody(method: str, path: str, demonstration: None) -> None:
    answer = getattr(Client(raise_request_exception=False), method)(re.sub(r"\{\w+\}", "1", path))
    assert answer.status_code == 401, answer.status_code
    assert answer["Content-Type"] == MEDIA_TYPE


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(("method", "path"), calls())
def test_it_never_fails_and_never_answers_in_html(
    method: str, path: str, role: str, demonstration: None
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(demo_user(role))
    filled = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
    answer = getattr(client, method)(filled)
    assert answer.status_code in {200, 403, 404, 415, 422}, answer.status_code  # 415: a form was sent
    kind = "application/json" if answer.status_code == 200 else MEDIA_TYPE
    assert answer["Content-Type"].startswith(kind)


FACTS = "/api/v1/facts/"
FREE = {"/api/v1/registry/"}
"""Tells which kinds there are, and of each only what the scopes hold."""


BODIES = {
    "decide-many": {"organisations": []},
    "definitions/drafts": {"kind": "policies", "pack": "qingcen.called", "files": {}},
    "drafts/{pk}": {"version": 1, "files": {}},
    **{f"drafts/{{pk}}/{step}": {"version": 1} for step in ("submit", "return", "withdraw", "publish")},
}
"""What a call takes, by how its address ends."""


def addresses(path: str) -> list[str]:
    """The call for some object; for every kind of the register where it is about one."""
    plurals = [kind.plural for kind in KINDS.values()] if "{plural}" in path else [""]
    return [
        re.sub(r"\{\w+\}", "1", path.replace("{plural}", plural)) + "?subject=x" * (path == FACTS)
        for plural in plurals
    ]


def sent(method: str, path: str, where: str, *given: str) -> int:
    """What a token of the officer with these scopes is answered; the content is one that the call takes."""
    text = f"hc_{'a' * 10}_{'A' * 43}"
    row = {
        "user": demo_user("officer"),
        "digest": digest_of(text),
        "scopes": given,
        "expires_on": timezone.localdate(),
    }
    Token.objects.update_or_create(prefix=text[:13], defaults=row)
    client = Client(headers={"Authorization": f"Bearer {text}"}, raise_request_exception=False)
    body = next((body for end, body in BODIES.items() if path.endswith(end)), {"facts": {}})
    extra = {"data": body, "content_type": "application/json"} if method in {"post", "put"} else {}
    return getattr(client, method)(where, **extra).status_code


@pytest.mark.parametrize(("method", "path"), calls())
def test_it_answers_a_token_within_its_scopes_only(method: str, path: str, demonstration: None) -> None:
    for where in addresses(path):
        refused = sent(method, path, where, "jobs.job.cancel")
        assert refused == (200 if path in FREE else 403), (where, refused)
        answered = sent(method, path, where, *scopes())
        assert answered in {200, 404, 422}, (where, answered)
