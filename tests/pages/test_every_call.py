"""Every call of the API against every role, from its own description."""

from __future__ import annotations

import pytest
from django.test import Client

from huanchuang.accounts.models import Role
from huanchuang.web.api import api
from pages.samples import demo_user

pytestmark = pytest.mark.django_db


def calls() -> list[tuple[str, str]]:
    return [
        (method, path) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods
    ]


@pytest.mark.parametrize(("method", "path"), calls())
def test_it_answers_nobody(method: str, path: str, demonstration: None) -> None:
    answer = getattr(Client(raise_request_exception=False), method)(path.replace("{", "1").replace("}", ""))
    assert answer.status_code in {401, 404, 422}, answer.status_code


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(("method", "path"), calls())
def test_it_never_fails_and_never_answers_in_html(
    method: str, path: str, role: str, demonstration: None
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(demo_user(role))
    filled = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
    answer = getattr(client, method)(filled)
    assert answer.status_code in {200, 400, 403, 404, 422}, answer.status_code  # 400: nothing was sent
    assert answer["Content-Type"].startswith("application/json")
