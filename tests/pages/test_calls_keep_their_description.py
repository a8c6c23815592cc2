"""Schemathesis against the real application: to every call what its description allows, and what it forbids.

No answer fails (5xx), and each is one that the description knows: status, kind of content, headers, every field of it.
`API_EXAMPLES=1000` makes it a long run (`./run bench api` does).
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from huanchuang.accounts.services import create_service, make_token
from huanchuang.audit.services import SYSTEM
from huanchuang.orm.deeds import scopes
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import register_organisation
from huanchuang.web.api import api
from huanchuang.web.wsgi import application

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("API_EXAMPLES", "8"))
ALWAYS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
KNOWN: Mapping[str, str] = {"plural": "organisations", "policy": "national.high-tech-enterprise"}
"""Parts of addresses beside which the rest is varied, so that calls come further than to a 404."""


def calls() -> list[tuple[str, str]]:
    return [
        (path, method) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods
    ]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application closes its connection after each request; here it is the test's own, with all it has written."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def described(db: None, one_connection: None) -> schemathesis.BaseSchema:
    """The description, read from the application by a token that may call everything."""
    portal = create_service(SYSTEM, "portal", "门户", "officer")
    _, text = make_token(SYSTEM, portal, "试验", list(scopes()), dt.date.today())
    headers = {"Authorization": f"Bearer {text}"}
    found = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers=headers)
    found.__dict__["our_headers"] = headers
    return found


@pytest.fixture
def firm(db: None) -> Organisation:
    """Something to ask about."""
    return register_organisation(
        SYSTEM, name="云澜岑科新材料有限公司", kind="company", region="990101", founded_on=dt.date(2015, 3, 2)
    )


def known(path: str, firm: Organisation) -> dict[str, object]:
    """Parts of the address that lead to something."""
    every = {**KNOWN, "pk": firm.pk}
    return {name: value for name, value in every.items() if f"{{{name}}}" in path}


def send(described: schemathesis.BaseSchema, cases: SearchStrategy, checks: list) -> None:
    """Sends so many cases, each answer checked."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=EXAMPLES < 100,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def one(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=checks, headers=described.__dict__["our_headers"])

    one()


@pytest.mark.parametrize(("path", "method"), calls())
def test_it_answers_what_it_describes(
    path: str, method: str, described: schemathesis.BaseSchema, firm: Organisation
) -> None:
    call = described[path][method]
    send(described, call.as_strategy(POSITIVE), ALWAYS)
    if fixed := known(path, firm):
        send(described, call.as_strategy(POSITIVE, path_parameters=fixed), ALWAYS)


@pytest.mark.parametrize(("path", "method"), calls())
def test_it_refuses_what_it_does_not_describe(
    path: str, method: str, described: schemathesis.BaseSchema
) -> None:
    send(described, described[path][method].as_strategy(NEGATIVE), [*ALWAYS, negative_data_rejection])
