"""Rights: by role, by grant on one object until a day, never by Django's staff flags; and what the gate says to others."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.accounts import queries, services
from huanchuang.accounts.effects import checks
from huanchuang.accounts.models import FieldClass, Grant, Role, User
from huanchuang.audit.models import Entry
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import ProblemError

MANAGE = "accounts.user.manage"
TASK = "steering.task:7"
BOSS = Actor("1", "管理员")


def give(user: User, **what) -> Grant:
    return services.grant(BOSS, user, TASK, "专班需要", **what)


@pytest.mark.parametrize("role", Role.values)
def test_it_lets_only_the_named_roles_do_a_deed(cast, role):
    assert queries.allows(getattr(cast, role), MANAGE) == (role == "administrator")
    assert queries.allows(getattr(cast, role), "accounts.self.manage")


def test_it_refuses_nobody_and_the_closed(cast):
    assert not queries.allows(None, "accounts.self.manage")
    assert not queries.allows(AnonymousUser(), "accounts.self.manage")
    cast.administrator.is_active = False
    assert not queries.allows(cast.administrator, MANAGE)


def test_it_gives_nothing_for_staff_flags(cast):
    cast.clerk.is_staff = cast.clerk.is_superuser = True
    cast.clerk.save()
    assert not queries.allows(cast.clerk, MANAGE)


def test_it_speaks_up_about_unknown_deeds(cast):
    with pytest.raises(queries.UnknownDeed, match="no-such"):
        queries.allows(cast.officer, "accounts.no-such.deed")


def test_it_opens_one_object_by_grant(cast):
    assert not queries.allows(cast.clerk, MANAGE, TASK)
    give(cast.clerk, deed=MANAGE)
    assert queries.allows(cast.clerk, MANAGE, TASK)
    assert not queries.allows(cast.clerk, MANAGE, "steering.task:8")
    assert not queries.allows(cast.clerk, MANAGE)
    assert not queries.allows(cast.stranger, MANAGE, TASK)


def test_it_closes_when_revoked(cast):
    given_ = give(cast.clerk, deed=MANAGE)
    services.revoke(BOSS, given_)
    services.revoke(BOSS, given_)
    assert not queries.allows(cast.clerk, MANAGE, TASK)
    assert Entry.objects.filter(verb="accounts.grant.revoke").count() == 1


def test_it_holds_through_the_last_day_even_29_february(cast, monkeypatch):
    monkeypatch.setattr(services.grants.timezone, "localdate", lambda: dt.date(2028, 1, 1))
    give(cast.clerk, deed=MANAGE, until=dt.date(2028, 2, 29))
    for day, holds in [
        (dt.date(2028, 2, 28), True),
        (dt.date(2028, 2, 29), True),
        (dt.date(2028, 3, 1), False),
    ]:
        assert queries.live_grants(cast.clerk, day).exists() == holds


def test_it_expires_on_the_real_day_not_the_demonstrations(cast, settings):
    settings.HUANCHUANG_TODAY = dt.date(2026, 6, 30)
    Grant.objects.create(
        user=cast.clerk, subject_of=TASK, deed=MANAGE, until=dt.date(2026, 7, 1), granted_by="x", reason="y"
    )
    assert not queries.allows(cast.clerk, MANAGE, TASK)


@pytest.mark.parametrize("asked", FieldClass.values)
def test_it_shows_fields_by_class(cast, asked):
    assert queries.sees(cast.officer, asked)
    assert queries.sees(cast.administrator, asked) == (asked == "public")


def test_it_widens_classes_by_grant(cast):
    give(cast.clerk, field_class="owner")
    seen = [
        name for name in FieldClass.values if queries.allows(cast.clerk, "accounts.self.manage", TASK, name)
    ]
    assert seen == ["public", "matched", "owner"]


@given(st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2040, 1, 1)), st.integers(-400, 400))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_it_holds_up_to_its_day_whatever_the_day(cast, day, shift):
    Grant.objects.all().delete()
    Grant.objects.create(
        user=cast.clerk,
        subject_of=TASK,
        deed=MANAGE,
        until=day + dt.timedelta(days=shift),
        granted_by="x",
        reason="y",
    )
    assert queries.live_grants(cast.clerk, day).exists() == (shift >= 0)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"subject": "", "deed": MANAGE}, "accounts.grant.incomplete"),
        ({"subject": TASK, "deed": MANAGE, "reason": " "}, "accounts.grant.incomplete"),
        ({"subject": TASK}, "accounts.grant.unknown"),
        ({"subject": TASK, "deed": "no.such.deed"}, "accounts.grant.unknown"),
        ({"subject": TASK, "field_class": "everything"}, "accounts.grant.unknown"),
        ({"subject": TASK, "deed": MANAGE, "until": dt.date(2020, 1, 1)}, "accounts.grant.over"),
    ],
)
def test_it_refuses_incomplete_grants(cast, what, code):
    with pytest.raises(ProblemError) as refused:
        services.grant(BOSS, cast.clerk, **{"reason": "专班需要", **what})
    assert refused.value.problems[0].code == code
    assert refused.value.text("en") != refused.value.text()


def test_it_gives_leaders_reading_only(cast):
    give(cast.leader, deed="accounts.user.view")
    with pytest.raises(ProblemError, match="只读"):
        give(cast.leader, deed=MANAGE)


def test_it_finds_people_by_role(cast):
    assert set(queries.users_with_role(Role.CLERK)) == {cast.clerk, cast.stranger}
    assert list(queries.users_with_role("auditor")) == [cast.auditor]


def test_it_names_the_actor_with_address(cast):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9")
    request.user = cast.officer
    assert queries.actor_of(request, "核实") == Actor(
        str(cast.officer.pk), cast.officer.name, "10.0.0.9", "核实"
    )
    request.user = AnonymousUser()
    assert queries.actor_of(request).id == "anonymous"


def test_it_tells_others_which_role_may(client, cast):
    client.force_login(cast.clerk)
    answer = client.get(reverse("accounts:people"))
    assert answer.status_code == 403
    assert "系统管理员" in answer.content.decode()
    assert "accounts.user.view" in answer.content.decode()


def test_it_sends_fragments_to_the_sign_in_page(client, db):
    answer = client.get(
        reverse("accounts:people"),
        headers={"hx-request": "true", "hx-current-url": "http://testserver/audit/"},
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith(reverse("account_login"))


def test_it_starts_only_when_deeds_and_roles_fit(monkeypatch):
    assert checks.check_deeds() == []
    wrong = {
        "a.b.view": frozenset({"king"}),
        "a.change": frozenset({"officer"}),
        "a.b.change": frozenset({"leader"}),
    }
    monkeypatch.setattr(checks, "table", lambda: wrong)
    assert [found.id for found in checks.check_deeds()] == ["accounts.E003", "accounts.E002", "accounts.E004"]
