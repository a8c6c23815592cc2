"""For every kind, every field and every reader: what list, page, history, files and API show. Generated from KINDS.

The right answer is stated here once more in the plainest form, apart from the code that is tested: who sees which
classes, and which kinds some people do not know of at all.
"""

from __future__ import annotations

import pytest
from django.test import Client

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.services import grant
from huanchuang.audit.services import SYSTEM
from huanchuang.registry.queries.kinds import KINDS, Shape
from huanchuang.registry.services import change, register
from huanchuang.registry.tests.specimens import specimen, values_of
from huanchuang.registry.tests.surfaces import SURFACES, TABLES, body, every_column

pytestmark = pytest.mark.django_db
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)

CLASSES = ["public", "matched", "owner", "authority"]
SEEN_BY = {
    "clerk": "owner",  # belongs to the owner
    "reporter": "public",  # belongs to another unit
    "stranger": "public",
    "researcher": "public",
    "manager": "public",
    "reviewer": "public",
    "matched": "matched",  # a reviewer with a grant
    "trusted": "owner",  # a manager with a wider grant
    "officer": "authority",
    "leader": "authority",
    "auditor": "authority",
    "administrator": "authority",
}
NOT_KNOWN = {"organisation": {"reporter", "stranger"}}
"""Kinds whose entries some readers do not know of at all."""


@pytest.fixture
def readers(people):
    """The stock cast and two people with a grant, which each test gives on its own entry."""
    made = {name: getattr(people, name) for name in SEEN_BY if hasattr(people, name)}
    for name, role in (("matched", Role.REVIEWER), ("trusted", Role.MANAGER)):
        made[name] = User.objects.create_user(username=f"cast-{name}", name=name, role=role.value)
    return made


def clients_for(readers, entry):
    grant(SYSTEM, readers["matched"], entry.subject, "对接", field_class="matched")
    grant(SYSTEM, readers["trusted"], entry.subject, "受托", field_class="owner")
    for name, user in readers.items():
        client = Client()
        client.force_login(user)
        yield name, client


def expected(kind, field, surface, name):
    """Whether this reader shall find this field on this surface."""
    if field.personal or (surface in TABLES and field.shape is Shape.LONG):
        return False
    if surface == "history" and not field.typed:
        return False  # nobody said anything about it in this entry
    return CLASSES.index(field.field_class) <= CLASSES.index(SEEN_BY[name])


def owner_of(kind, firm):
    return firm if kind.owner_field else None


@every_kind
def test_it_shows_each_class_of_fields_to_its_readers(kind, readers, firm):
    if kind.name == "organisation":  # the unit that the readers belong to, or do not
        said = {name: value for name, value in values_of(kind, None).items() if name != "name"}
        entry = change(SYSTEM, firm, firm.version, said)
    else:
        off = {"is_anonymous": False} if "is_anonymous" in kind.by_name else {}
        entry = specimen(kind, firm, **off)
    wrong = []
    for name, client in clients_for(readers, entry):
        hidden = name in NOT_KNOWN.get(kind.name, ())
        for surface, look in SURFACES.items():
            shown = look(client, kind, entry)
            sealed = hidden or (surface == "history" and SEEN_BY[name] in ("public", "matched"))
            if sealed or shown is None:
                if sealed != (shown is None):
                    wrong.append((name, surface, "shown" if shown is not None else "not shown"))
                continue
            for field in kind.fields:
                if getattr(entry, field.name) in (None, "", []):
                    continue
                found = bool(shown.get(field.name))
                if found != expected(kind, field, surface, name):
                    wrong.append((name, surface, field.name, shown.get(field.name)))
    assert wrong == []


@every_kind
def test_no_surface_carries_the_text_of_a_field_that_is_not_for_its_reader(kind, readers, firm):
    """As above, looking at the bytes: nothing in hidden inputs, titles, options or attributes either."""
    entry = specimen(kind, firm, "暗号")
    secret = {
        field.name: text
        for field in kind.fields
        if isinstance(text := getattr(entry, field.name), str) and ("暗号" in text or field.personal)
    }
    assert secret
    wrong = []
    for name, client in clients_for(readers, entry):
        for address in (
            *(f"{entry.get_absolute_url()}{page}" for page in ("", "history/", "change/", "retire/")),
            f"/registry/{'' if kind.name == 'organisation' else kind.plural + '/'}?{every_column(kind)}",
            *(f"/registry/{'' if kind.name == 'organisation' else kind.plural + '/'}export.{form}?{every_column(kind)}" for form in ("csv", "xlsx", "jsonl")),
            f"/api/v1/registry/{kind.plural}/{entry.pk}",
            f"/api/v1/registry/{kind.plural}?status=all",
            "/search/?q=暗号",
        ):  # fmt: skip
            text = body(client.get(address)).decode("utf-8", "replace")
            wrong += [
                (name, address, field)
                for field, hidden in secret.items()
                if hidden in text
                and (kind.by_name[field].personal or not expected(kind, kind.by_name[field], "page", name))
            ]
    assert wrong == []


def test_a_person_without_a_public_profile_is_known_to_unit_and_authority_only(readers, firm):
    kind = KINDS["person"]
    entry = register(SYSTEM, kind, {**values_of(kind, firm), "roles": ["clerk"]})
    knows = {
        name
        for name, client in clients_for(readers, entry)
        if any(look(client, kind, entry) is not None for look in SURFACES.values())
    }
    assert knows == {"clerk", "officer", "leader", "auditor", "administrator"}


@every_kind
def test_nobody_sees_anything_without_signing_in(kind, firm, client):
    entry = specimen(kind, owner_of(kind, firm))
    for address in (
        entry.get_absolute_url(),
        f"{entry.get_absolute_url()}history/",
        f"/registry/{'' if kind.name == 'organisation' else kind.plural + '/'}export.csv",
    ):
        assert client.get(address).status_code == 302
    assert client.get(f"/api/v1/registry/{kind.plural}/{entry.pk}").status_code == 401
