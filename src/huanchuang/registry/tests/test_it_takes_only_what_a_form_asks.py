"""What a form does not ask for cannot be sent with it: no state, no maturity, no account, no other unit, no older version."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.apps import WRITERS
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.services import register
from huanchuang.registry.tests.specimens import specimen

pytestmark = pytest.mark.django_db
every_owned_kind = pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS.values() if kind.owner_field and "clerk" in WRITERS[kind.name]],
    ids=lambda kind: kind.name,
)
SMUGGLED = {
    "trl": "9",
    "state": "transferred",
    "retired_on": "2026-01-01",
    "retired_because": "夹带",
    "confirmed_on": "2020-01-01",
    "confirmed_by": "夹带",
    "created_at": "2000-01-01",
    "version": "999",
    "id": "1",
    "pk": "1",
    "user": "1",
    "user_id": "1",
    "owner_id": "2",
    "unit_id": "2",
    "search_text": "夹带",
    "title_key": "夹带",
    "open_number": "夹带",
    "stored": "1",
}


@pytest.fixture
def clerk(client, people):
    client.force_login(people.clerk)
    return client


def sent(client, kind, entry):
    """What a browser sends back from the form of an entry, unchanged."""
    page = client.get(reverse(f"registry:{kind.name}-change", kwargs={"pk": entry.pk}))
    form = page.context["form"]
    data = {"version": entry.version}
    for name in form.fields:
        value = form[name].value()
        value = form.fields[name].prepare_value(value)
        if value in (None, False):
            value = ""
        data[name] = data[f"initial-{name}"] = "on" if value is True else value
    return data


def stored(entry, *names):
    row = type(entry).objects.get(pk=entry.pk)
    return [getattr(row, name, None) for name in names]


@every_owned_kind
def test_it_ignores_what_is_smuggled_into_a_change(clerk, kind, firm, bureau):
    entry = specimen(kind, firm, source="原来")
    names = [
        name
        for name in SMUGGLED
        if (hasattr(entry, name) and name not in kind.by_name) or name in ("trl", "state")
    ]
    names = [name for name in names if name not in {"version", "confirmed_on", "confirmed_by", "search_text"}]
    before = stored(entry, *names)
    data = sent(clerk, kind, entry)
    answer = clerk.post(
        reverse(f"registry:{kind.name}-change", kwargs={"pk": entry.pk}),
        {**SMUGGLED, **data, "source": "新的"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert stored(entry, *names) == before
    assert stored(entry, "source", "version", "confirmed_by") == ["新的", entry.version + 1, "企业经办人"]


@every_owned_kind
def test_it_gives_no_entry_to_another_unit(clerk, kind, firm, bureau):
    entry = specimen(kind, firm)
    data = {**sent(clerk, kind, entry), kind.owner_field: bureau.name}
    address = reverse(f"registry:{kind.name}-change", kwargs={"pk": entry.pk})
    assert clerk.post(address, data).status_code == 422
    hidden = {
        **data,
        f"initial-{kind.owner_field}": bureau.name,
    }  # as if the form had shown it from the start
    clerk.post(address, hidden)
    assert stored(entry, f"{kind.owner_field}_id") == [firm.pk]


@every_owned_kind
def test_it_registers_nothing_for_another_unit(clerk, kind, bureau):
    before = kind.model.objects.count()
    data = {
        kind.title_field: "冒名",
        "kind": "other",
        "category": "other",
        "roles": ["researcher"],
        "state": "pending",
    }
    answer = clerk.post(reverse(f"registry:{kind.name}-new"), {**data, kind.owner_field: bureau.name})
    assert answer.status_code in {403, 422}
    assert kind.model.objects.count() == before


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "999", "1" * 40, "１"])
def test_it_trusts_no_version_that_is_not_the_one_seen(clerk, firm, version):
    kind = KINDS["need"]
    entry = register(SYSTEM, kind, {"title": "密封胶", "kind": "technology", "owner": firm})
    data = {**sent(clerk, kind, entry), "title": "抢先", "version": version}
    answer = clerk.post(reverse("registry:need-change", kwargs={"pk": entry.pk}), data)
    assert answer.status_code == 409
    assert stored(entry, "title", "version") == ["密封胶", 1]
    for deed in ("confirm", "retire"):
        clerk.post(
            reverse(f"registry:need-{deed}", kwargs={"pk": entry.pk}),
            {"version": version, "reason": "抢先停用"},
        )
    assert stored(entry, "version", "retired_on") == [1, None]
