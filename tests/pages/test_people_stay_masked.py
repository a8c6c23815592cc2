"""Telephone numbers, addresses and names of contacts are on no page, in no file, call, log or trail; and an anonymous need
does not tell whose it is. The whole product is read for both."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit.services import Actor
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import KINDS, NEED
from huanchuang.registry.services import change, join, register, relate, retire
from pages import crawl
from pages.samples import demo_user

pytestmark = pytest.mark.django_db
CLERK = Actor("1", "何会计")
SECRETS = ("13912345678", "05211234567", "zhuoyin@mark.example", "卓印联系人", "13987654321")
OWNER = "云澜卓印新材料有限公司"


@pytest.fixture
def unit(demonstration: None) -> Iterator[tuple[User, list[Entry], Entry]]:
    """A unit with contacts, a person with a telephone, an anonymous need with a contact; and a clerk of the unit."""
    with transaction.atomic():
        said = {"contact_name": SECRETS[3], "contact_phone": SECRETS[1]}
        owner = register(CLERK, KINDS["organisation"], {"name": OWNER, "kind": "company", **said})
        inside = User.objects.create_user(username="inside", name="知情人", role=Role.CLERK.value)
        join(CLERK, inside, owner)
        person = register(
            CLERK,
            KINDS["person"],
            {
                "name": "秦岚",
                "roles": ["researcher"],
                "unit": owner,
                "phone": SECRETS[0],
                "email": SECRETS[2],
            },
        )
        change(actor_of(inside), person, person.version, {"phone": SECRETS[4], "source": "来电"})
        change(actor_of(inside), owner, owner.version, {"contact_phone": "05211234568"})
        person.refresh_from_db()
        retire(CLERK, person, person.version, "已离职")
        need = register(
            CLERK, NEED, {"title": "耐高温密封胶", "kind": "technology", "owner": owner, "is_anonymous": True}
        )
        contact = register(CLERK, KINDS["person"], {"name": "何晓月", "roles": ["researcher"], "unit": owner})
        relate(CLERK, "contact-of", contact, need)
        yield inside, [owner, person, contact, need], need
        transaction.set_rollback(True)


def everywhere(user: User, entries: list[Entry]) -> Iterator[str]:
    for page in crawl.readable_pages():
        if crawl.may_open(page, user):
            yield from crawl.addresses(page, entries)
    yield from crawl.list_addresses("秦岚", entries[0])
    for secret in SECRETS:
        yield f"{reverse('web:search')}?q={secret[:4]}"
    yield from crawl.calls("秦岚", entries)


@pytest.mark.parametrize("role", ["inside", "officer", "administrator", "auditor", "researcher"])
def test_no_page_file_call_or_log_carries_them(
    role: str, unit: tuple[User, list[Entry], Entry], caplog: pytest.LogCaptureFixture
) -> None:
    inside, entries, _ = unit
    user = inside if role == "inside" else demo_user(role)
    caplog.set_level(logging.DEBUG)
    found = [
        (secret, where)
        for where, _, text in crawl.visit(user, everywhere(user, entries))
        for secret in (*SECRETS, "05211234568")
        if secret in text
    ]
    assert found == []
    assert not [secret for secret in SECRETS if secret in caplog.text]


@pytest.mark.parametrize("role", ["reporter", "researcher", "manager", "reviewer", "clerk"])
def test_an_anonymous_need_does_not_tell_whose_it_is(
    role: str, unit: tuple[User, list[Entry], Entry]
) -> None:
    _, entries, need = unit
    owner, _, contact, _ = entries
    user = demo_user(role)
    told = (OWNER, f'"{owner.subject}"', f'href="{owner.get_absolute_url()}"', "何晓月", contact.subject)
    where = [
        address
        for page in crawl.readable_pages()
        if crawl.may_open(page, user)
        for address in _of(page, need)
    ]
    where += [f"/registry/needs/?column=owner&sort={sort}" for sort in ("owner", "-owner")]
    where += [f"/registry/needs/export.{form}?column=owner" for form in crawl.FORMS]
    where += ["/search/?q=密封胶", f"/api/v1/registry/needs/{need.pk}", "/api/v1/registry/needs"]
    assert [
        (address, word) for address, _, text in crawl.visit(user, where) for word in told if word in text
    ] == []
    around = [owner.get_absolute_url(), contact.get_absolute_url(), f"/registry/needs/?owner={owner.pk}"]
    around += [f"/api/v1/registry/needs?owner={owner.pk}", "/search/?q=卓印", "/search/?q=何晓月"]
    assert [address for address, _, text in crawl.visit(user, around) if "密封胶" in text] == []


def _of(page: crawl.Page, need: Entry) -> list[str]:
    if page.name.startswith("registry:need") or page.arguments == ("subject",):
        return list(crawl.addresses(page, [need]))
    return []


@pytest.mark.parametrize("role", ["officer", "leader", "auditor", "administrator"])
def test_the_authority_knows_whose_it_is(role: str, unit: tuple[User, list[Entry], Entry]) -> None:
    where = [unit[2].get_absolute_url()]
    assert [OWNER in text for _, _, text in crawl.visit(demo_user(role), where)] == [True]
