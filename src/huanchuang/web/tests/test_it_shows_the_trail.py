"""Auditor and administrator read the trail, find an entry, see what changed, and prove the chain."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huanchuang.audit import services
from huanchuang.audit.models import Entry
from huanchuang.audit.queries import Change, changes

LIN = services.Actor("7", "林科长", "10.0.0.1")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.HUANCHUANG_DATA = tmp_path


@pytest.fixture
def auditor(client, cast):
    client.force_login(cast.auditor)
    services.record(
        LIN,
        "steering.task.close",
        "steering.task:7",
        {"state": "open", "lead": {"name": "甲"}},
        {"state": "closed", "lead": {"name": "甲"}},
    )
    services.record(services.SYSTEM, "facts.fact.record", "facts.fact:1", None, {"value": "12"})
    services.record_look(LIN, "registry.person:3", ["phone"], "电话核实参会人员")
    return client


def found(client, **filters) -> list[str]:
    return [row.entry.verb for row in client.get(reverse("web:audit"), filters).context["rows"]]


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_it_opens_for_those_who_audit(client, cast, role):
    client.force_login(getattr(cast, role))
    assert client.get(reverse("web:audit")).status_code == 200


@pytest.mark.parametrize(
    "role", ["officer", "reporter", "clerk", "researcher", "manager", "reviewer", "leader", "stranger"]
)
def test_it_stays_closed_for_others(client, cast, role):
    client.force_login(getattr(cast, role))
    assert client.get(reverse("web:audit")).status_code == 403
    assert client.post(reverse("web:audit_verify")).status_code == 403


def test_it_finds_by_person_deed_object_and_period(auditor):
    assert found(auditor, person="林") == ["audit.personal.look", "steering.task.close"]
    assert found(auditor, deed="facts.") == ["facts.fact.record"]
    assert found(auditor, subject="steering.task:7") == ["steering.task.close"]
    today = timezone.localdate()
    assert found(auditor, deed="facts.", since=today, until=today) == ["facts.fact.record"]
    assert found(auditor, until=today - dt.timedelta(days=1)) == []
    assert found(auditor, since=today + dt.timedelta(days=1)) == []


def test_it_says_when_a_date_cannot_be_read(auditor):
    answer = auditor.get(reverse("web:audit"), {"since": "never"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["since"]


def test_it_shows_what_changed(auditor):
    entry = Entry.objects.get(verb="steering.task.close")
    assert changes(entry) == [Change("state", "open", "closed"), Change("lead.name", "甲", "甲")]
    where = reverse("web:audit_entry", args=[entry.pk])
    assert "<html" in auditor.get(where).content.decode()
    text = auditor.get(where, headers={"HX-Request": "true"}).content.decode()
    assert "<del>open</del>" in text
    assert "<ins>closed</ins>" in text
    assert "<html" not in text


def test_it_proves_the_chain_on_request(auditor):
    services.seal()
    answer = auditor.post(reverse("web:audit_verify"))
    assert answer.context["proof"].ok
    assert "审计记录完整" in answer.content.decode()


def test_it_proves_a_long_trail_as_a_job(auditor, monkeypatch):
    monkeypatch.setattr("huanchuang.web.views.audit.AT_ONCE", 0)
    answer = auditor.post(reverse("web:audit_verify"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/jobs/")


def test_it_turns_pages_with_few_queries(auditor, django_assert_max_num_queries):
    for place in range(60):
        services.record(LIN, "steering.task.close", f"steering.task:{place}")
    with django_assert_max_num_queries(12):
        answer = auditor.get(reverse("web:audit"), {"deed": "steering."})
    assert len(answer.context["rows"]) == 50
    assert len(auditor.get(reverse("web:audit"), {"deed": "steering.", "page": 2}).context["rows"]) == 11
