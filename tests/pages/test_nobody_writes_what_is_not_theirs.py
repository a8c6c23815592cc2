"""Every POST address of register and facts, asked by everybody whose it is not: refused, and not a row is written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from huanchuang.accounts.models import Role, User
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Period
from huanchuang.facts.services.record import record_fact
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import KINDS, kind_of
from huanchuang.registry.services import join, qualify, register
from huanchuang.registry.services.attachments import attach_files
from huanchuang.registry.services.maturity import Evidence, raise_trl
from huanchuang.registry.tests.specimens import specimen, values_of
from pages.samples import demo_user
from pages.table import Page, pages

pytestmark = pytest.mark.django_db
KEEPER = Actor("keeper", "保管人")
OTHERS = [role for role in Role.values if role != Role.OFFICER]
THEIRS = {"administrator": ("registry:members", "registry:leave")}
"""What a role may do to any unit."""
OWN = ("registry:import",)
"""Pages whose rows belong to whoever made them; tested by their own files."""
FROM_OUTSIDE = ("-relate", "-claim")
"""What is said of somebody else's entry on purpose: that one's own stands to it, that a profile is oneself. Who may is
tested by test_it_relates_entries_on_pages.py and test_it_claims_a_profile.py."""
SETTLED = {403, 404, 405}


@pytest.fixture
def foreign(demonstration: None) -> Iterator[tuple[list[Entry], dict[str, object]]]:
    """A unit that nobody of the cast belongs to, with one entry of each kind and what can hang on one."""
    with transaction.atomic():
        unit = register(KEEPER, KINDS["organisation"], {**values_of(KINDS["organisation"], None, "他单位")})
        entries = [unit, *(specimen(kind, unit, "他单位") for kind in KINDS.values() if kind.owner_field)]
        for entry in entries:
            attach_files(KEEPER, entry, [SimpleUploadedFile("a.txt", b"abc")])
        result = next(entry for entry in entries if kind_of(entry).name == "achievement")
        raise_trl(KEEPER, result, result.version, 1, {1: Evidence("试验", [("b.txt", b"def")])})
        held = qualify(KEEPER, unit, "technology-sme", dt.date(2025, 1, 1))
        member = User.objects.create_user(username="inside", name="内部", role=Role.CLERK.value)
        seat = join(KEEPER, member, unit)
        fact = record_fact(KEEPER, unit.subject, "staff", Period.parse("2025"), Decimal(12), "人", "manual")
        keys = {
            "membership": seat.pk,
            "qualification": held.pk,
            "facts.pk": fact.pk,
            "period": "2025",
            "key": "staff",
        }
        yield entries, keys
        transaction.set_rollback(True)


def addresses(page: Page, entries: list[Entry], keys: dict[str, object]) -> Iterator[str]:
    """The addresses of a page for what belongs to the foreign unit."""
    slice_name, _, name = page.name.partition(":")
    kinds = [kind for kind in KINDS.values() if name == kind.name or name.startswith(f"{kind.name}-")]
    kind = max(kinds, key=lambda one: len(one.name)) if kinds else KINDS["organisation"]
    of_kind = [entry for entry in entries if kind_of(entry) is kind]
    choices: list[list[object]] = []
    for argument in page.arguments:
        if argument == "pk":
            choices.append([keys["facts.pk"]] if slice_name == "facts" else [entry.pk for entry in of_kind])
        elif argument == "subject":
            choices.append([entry.subject for entry in entries])
        elif argument == "file":
            choices.append(
                [apps.get_model("files.Use").objects.filter(about=of_kind[0].subject).first().stored_id]
            )
        elif argument == "proof":
            choices.append([apps.get_model("registry.Proof").objects.latest("pk").pk])
        elif argument in keys:
            choices.append([keys[argument]])
        else:
            return
    for values in product(*choices):
        yield reverse(page.name, kwargs=dict(zip(page.arguments, values, strict=True)))


def state() -> str:
    """The digest of every row of the slices that hold the district's data."""
    digest = hashlib.sha256()
    for label in ("accounts", "files", "registry", "facts"):
        for model in apps.get_app_config(label).get_models():
            rows = model._default_manager.order_by("pk").values_list()
            if label == "accounts":
                rows = (
                    model._default_manager.order_by("pk").values_list("pk", "updated_at")
                    if model is User
                    else rows
                )
            digest.update(repr(list(rows)).encode())
    return digest.hexdigest()


def given(entries: list[Entry]) -> dict[str, object]:
    """What every form of the register could want, as a browser would send it."""
    unit = entries[0]
    said: dict[str, object] = {
        "version": "1", "reason": "越权停用", "purpose": "越权查看电话", "note": "越权说明", "on": "2026-06-01",
        "value": "99", "unit": unit, "owner": unit, "issuer": unit, "title": "越权", "name": "越权", "kind": "other",
        "roles": ["researcher"], "category": "other", "state": "granted", "trl": "9", "level": "1", "is_confidential": "on",
        "valid_from": "2026-01-01", "username": "inside", "verdict": "same", "file": SimpleUploadedFile("x.txt", b"x"),
        "files": SimpleUploadedFile("y.txt", b"y"), "source": "越权", "source_kind": "manual",
    }  # fmt: skip
    return {name: str(value) if isinstance(value, Entry) else value for name, value in said.items()}


@pytest.mark.parametrize("role", OTHERS)
def test_it_refuses_and_writes_nothing(role: str, foreign: tuple[list[Entry], dict[str, object]]) -> None:
    entries, keys = foreign
    user = demo_user(role)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    before = state()
    wrong = []
    for page in pages():
        if not page.name.startswith(("registry:", "facts:")) or page.name.startswith(OWN):
            continue
        if page.name in THEIRS.get(role, ()) or page.name.endswith(FROM_OUTSIDE) or not page.arguments:
            continue
        for address in addresses(page, entries, keys):
            status = client.post(address, given(entries)).status_code
            if status not in SETTLED:
                wrong.append((address, status))
    for kind in KINDS.values():
        answer = client.post(reverse(f"registry:{kind.name}-new"), given(entries))
        if answer.status_code not in {403, 422}:
            wrong.append((kind.name, answer.status_code))
    assert wrong == []
    assert state() == before


@pytest.mark.parametrize("role", Role.values)
def test_it_writes_nothing_when_only_read(role: str, foreign: tuple[list[Entry], dict[str, object]]) -> None:
    """A GET changes no data, whatever the address: links in mails and prefetching browsers are harmless."""
    entries, keys = foreign
    client = Client(raise_request_exception=False)
    client.force_login(demo_user(role))
    before = state()
    for page in pages():
        if page.name.startswith(("registry:", "facts:")):
            for address in addresses(page, entries, keys):
                client.get(address)
    assert state() == before
