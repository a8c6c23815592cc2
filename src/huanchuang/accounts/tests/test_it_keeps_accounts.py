"""The administrator makes, changes and closes accounts and gives rights; the auditor looks; nobody else comes here."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from huanchuang.accounts import queries, services
from huanchuang.accounts.models import Grant, User
from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator)
    return client


def verbs() -> list[str]:
    return list(
        Entry.objects.exclude(verb="accounts.session.sign_in").order_by("id").values_list("verb", flat=True)
    )


def test_it_makes_an_account_with_a_first_password(administrator, client):
    values = {"username": "liwei", "name": "李伟", "role": "reporter", "phone": "13812341234"}
    answer = administrator.post(reverse("accounts:new"), values)
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    made = User.objects.get(username="liwei")
    assert made.check_password(password)
    assert made.must_change_password
    entry = Entry.objects.get(verb="accounts.user.create")
    assert "138****1234" in entry.after
    assert password not in entry.after


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"username": "cast-officer", "name": "李伟", "role": "reporter"}, "用户名"),
        ({"username": "li wei!", "name": "李伟", "role": "reporter"}, "用户名"),
    ],
)
def test_it_refuses_bad_accounts_and_keeps_what_was_typed(administrator, values, word):
    answer = administrator.post(reverse("accounts:new"), values)
    assert answer.status_code == 200
    assert word in str(answer.context["form"].errors)
    assert 'value="李伟"' in answer.content.decode()
    assert User.objects.filter(username=values["username"], name="李伟").count() == 0


def test_it_finds_people_by_name_and_role_in_pages(administrator, cast, django_assert_max_num_queries):
    User.objects.bulk_create(
        User(username=f"u{place:03}", name=f"填报员{place}", role="reporter") for place in range(120)
    )
    with django_assert_max_num_queries(12):
        page = administrator.get(reverse("accounts:people"), {"role": "reporter"}).context["page_obj"]
    assert (len(page), page.paginator.num_pages, page.paginator.count) == (50, 3, 121)
    assert [
        user.username
        for user in administrator.get(reverse("accounts:people"), {"q": "填报员77"}).context["page_obj"]
    ] == ["u077"]


def test_it_changes_a_name_and_keeps_masked_contacts(administrator, cast):
    User.objects.filter(pk=cast.clerk.pk).update(phone="13812341234")
    page = administrator.get(reverse("accounts:person", args=[cast.clerk.pk])).content.decode()
    assert "138****1234" in page
    assert "13812341234" not in page
    administrator.post(
        reverse("accounts:change", args=[cast.clerk.pk]),
        {"version": cast.clerk.version, "name": "何会计", "phone": "", "email": ""},
    )
    changed = User.objects.get(pk=cast.clerk.pk)
    assert (changed.name, changed.phone) == ("何会计", "13812341234")


def test_it_notices_that_somebody_else_changed_it(administrator, cast):
    address = reverse("accounts:change", args=[cast.clerk.pk])
    stale = {"version": cast.clerk.version, "name": "甲", "phone": "", "email": ""}
    assert administrator.post(address, stale).status_code == 302
    answer = administrator.post(address, {**stale, "name": "乙"})
    assert answer.status_code == 422
    assert "刚才有人改过" in answer.content.decode()
    assert User.objects.get(pk=cast.clerk.pk).name == "甲"


def test_it_gives_another_role(administrator, cast):
    administrator.post(reverse("accounts:role", args=[cast.clerk.pk]), {"role": "manager", "reason": "转岗"})
    assert User.objects.get(pk=cast.clerk.pk).role == "manager"
    entry = Entry.objects.get(verb="accounts.user.assign_role")
    assert (entry.before, entry.after, entry.note) == ('{"role":"clerk"}', '{"role":"manager"}', "转岗")


def test_it_never_changes_ones_own_role_or_closes_oneself(administrator, cast):
    answer = administrator.post(
        reverse("accounts:role", args=[cast.administrator.pk]), {"role": "clerk", "reason": "x"}
    )
    assert "不能更改自己的角色" in answer.content.decode()
    assert (
        "不能更改自己的角色"
        in administrator.post(reverse("accounts:switch", args=[cast.administrator.pk])).content.decode()
    )
    assert User.objects.get(pk=cast.administrator.pk).is_active


def test_it_keeps_the_last_administrator(cast):
    with pytest.raises(ProblemError, match="最后一位"):
        services.deactivate(SYSTEM, cast.administrator)
    with pytest.raises(ProblemError, match="最后一位"):
        services.assign_role(SYSTEM, cast.administrator, "clerk")


def test_it_refuses_unknown_roles_and_weak_passwords(cast):
    with pytest.raises(ProblemError, match="没有“king”这个角色"):
        services.assign_role(SYSTEM, cast.clerk, "king")
    with pytest.raises(ProblemError) as refused:
        services.set_password(SYSTEM, cast.clerk, "123")
    assert len(refused.value.problems) >= 2


def test_it_closes_and_opens_an_account(administrator, cast):
    address = reverse("accounts:switch", args=[cast.clerk.pk])
    administrator.post(address)
    assert not User.objects.get(pk=cast.clerk.pk).is_active
    administrator.post(address)
    assert User.objects.get(pk=cast.clerk.pk).is_active
    assert verbs() == ["accounts.user.deactivate", "accounts.user.reactivate"]


def test_it_sets_a_new_first_password_and_ends_sessions(administrator, cast):
    from django.test import Client

    theirs = Client()
    theirs.force_login(cast.clerk)
    password = administrator.post(reverse("accounts:password", args=[cast.clerk.pk])).context["password"]
    assert theirs.get(reverse("accounts:me")).status_code == 302
    theirs.post(reverse("account_login"), {"login": "cast-clerk", "password": password})
    assert SESSION_KEY in theirs.session


def test_it_grants_and_takes_back(administrator, cast):
    values = {"subject": "steering.task:7", "deed": "accounts.user.view", "until": "", "reason": "专班需要"}
    assert administrator.post(reverse("accounts:give", args=[cast.clerk.pk]), values).status_code == 302
    page = administrator.get(reverse("accounts:person", args=[cast.clerk.pk]))
    assert [line.holds for line in page.context["grants"]] == [True]
    assert queries.allows(cast.clerk, "accounts.user.view", "steering.task:7")
    administrator.post(reverse("accounts:take_back", args=[Grant.objects.get().pk]))
    assert not queries.allows(cast.clerk, "accounts.user.view", "steering.task:7")
    assert verbs() == ["accounts.grant.give", "accounts.grant.revoke"]


def test_it_says_what_is_wrong_with_a_grant(administrator, cast):
    answer = administrator.post(
        reverse("accounts:give", args=[cast.clerk.pk]),
        {"subject": "steering.task:7", "reason": "x", "until": "2020-01-01", "deed": "accounts.user.view"},
    )
    assert answer.status_code == 422
    assert "已经过去" in answer.content.decode()


def test_it_lets_the_auditor_look_and_nothing_more(client, cast):
    client.force_login(cast.auditor)
    assert client.get(reverse("accounts:people")).status_code == 200
    page = client.get(reverse("accounts:person", args=[cast.clerk.pk])).content.decode()
    assert "停用账户" not in page
    assert client.post(reverse("accounts:switch", args=[cast.clerk.pk])).status_code == 403
    assert client.get(reverse("accounts:new")).status_code == 403


@pytest.mark.parametrize(
    "role", ["officer", "reporter", "clerk", "researcher", "manager", "reviewer", "leader", "stranger"]
)
def test_it_stays_closed_for_others(client, cast, role):
    client.force_login(getattr(cast, role))
    assert client.get(reverse("accounts:people")).status_code == 403
    assert client.get(reverse("accounts:person", args=[cast.clerk.pk])).status_code == 403
