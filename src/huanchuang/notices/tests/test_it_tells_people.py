"""Somebody is told something, finds it in the inbox, reads it, and says how to be told."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM
from huanchuang.jobs import effects as jobs_effects
from huanchuang.jobs.models import Job, State
from huanchuang.notices.models import MailMode, Notice, Preference
from huanchuang.notices.queries import preference, unread, unread_count
from huanchuang.notices.services import mark_read, notify

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "officer",
    "reporter",
    "clerk",
    "researcher",
    "manager",
    "reviewer",
    "leader",
    "auditor",
    "administrator",
    "stranger",
)


def test_each_is_told_once_per_key(cast):
    people = [cast.officer, cast.reporter, cast.officer]
    assert notify(people, "due", "任务到期", dedupe="task:1:due") == 2
    assert notify([*people, cast.clerk], "due", "任务到期", dedupe="task:1:due") == 1
    assert notify([cast.officer], "due", "任务到期") == 1
    assert unread_count(cast.officer) == 2


def test_who_left_is_told_nothing(cast):
    cast.clerk.is_active = False
    cast.clerk.save()
    assert notify([cast.clerk], "due", "x") == 0


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("/steering/1/", "/steering/1/"),
        ("https://evil.example/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example", ""),
        ("javascript:x", ""),
    ],
)
def test_a_link_stays_in_the_house(cast, link, kept):
    notify([cast.officer], "due", "x", link=link)
    assert Notice.objects.get().link == kept


def test_the_count_is_one_query(cast, django_assert_num_queries):
    notify([cast.officer], "due", "x")
    with django_assert_num_queries(1):
        assert unread_count(cast.officer) == 1


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_inbox_holds_the_own_notices_only(client, cast, who):
    notify([cast.officer], "due", "给主管的话")
    client.force_login(getattr(cast, who))
    page = client.get(reverse("notices:inbox")).content.decode()
    assert ("给主管的话" in page) is (who == "officer")
    assert ("还没有消息" in page) is (who != "officer")


@pytest.mark.parametrize("who", EVERYBODY[1:])
def test_nobody_marks_the_notices_of_another(client, cast, who):
    notify([cast.officer], "due", "x")
    client.force_login(getattr(cast, who))
    assert client.post(reverse("notices:mark_read", args=[Notice.objects.get().pk])).status_code == 404
    client.post(reverse("notices:mark_all_read"))
    mark_read(getattr(cast, who), Notice.objects.get().pk, SYSTEM)
    assert unread_count(cast.officer) == 1


def test_nobody_is_sent_to_the_sign_in(client):
    for name in ("inbox", "preferences"):
        assert client.get(reverse(f"notices:{name}")).status_code == 302
    assert client.post(reverse("notices:mark_all_read")).status_code == 302


def test_unread_ones_come_first_and_marking_moves_them(client, cast):
    for title in ("旧", "新"):
        notify([cast.officer], "due", title)
    Notice.objects.filter(title="旧").update(told_at=timezone.now() - timedelta(days=900))
    newest = Notice.objects.get(title="新")
    client.force_login(cast.officer)
    assert client.get(reverse("notices:mark_read", args=[newest.pk])).status_code == 405
    client.post(reverse("notices:mark_read", args=[newest.pk]))
    rows = client.get(reverse("notices:inbox")).context["rows"]
    assert [notice.title for notice in rows] == ["旧", "新"]
    assert Entry.objects.filter(verb="notices.notice.mark_read").count() == 1


def test_opening_marks_and_leads_on(client, cast):
    notify([cast.officer], "due", "x", link="/steering/")
    client.force_login(cast.officer)
    answer = client.post(reverse("notices:mark_read", args=[Notice.objects.get().pk]), {"open": "1"})
    assert answer["Location"] == "/steering/"
    by_htmx = client.post(
        reverse("notices:mark_read", args=[Notice.objects.get().pk]),
        {"open": "1"},
        headers={"hx-request": "true"},
    )
    assert by_htmx["HX-Redirect"] == "/steering/"
    assert not unread(cast.officer)


def test_marking_all_is_one_press(client, cast):
    notify([cast.officer], "due", "a")
    notify([cast.officer], "due", "b")
    client.force_login(cast.officer)
    page = client.post(reverse("notices:mark_all_read"), follow=True).content.decode()
    assert "没有未读消息" in page
    assert Entry.objects.get(verb="notices.notice.mark_all_read").actor_id == actor_of(cast.officer).id


def test_the_inbox_asks_the_database_no_more_for_many(client, cast, django_assert_max_num_queries):
    for number in range(60):
        notify([cast.officer], "due", f"消息{number}")
    client.force_login(cast.officer)
    with django_assert_max_num_queries(12):
        assert "第 1 / 2 页" in client.get(reverse("notices:inbox")).content.decode()


WISHES = {"mode": "daily", "quiet_from": "22:00", "quiet_until": "07:00", "daily_cap": "3"}


def test_somebody_says_how_to_be_told(client, cast):
    client.force_login(cast.officer)
    assert preference(cast.officer).mode == MailMode.AT_ONCE
    page = client.post(reverse("notices:preferences"), WISHES, follow=True).content.decode()
    assert "消息设置已保存" in page
    kept = Preference.objects.get(user=cast.officer)
    assert (kept.mode, kept.quiet_from, kept.workdays_only, kept.daily_cap) == (
        MailMode.DAILY,
        time(22),
        False,
        3,
    )
    assert Entry.objects.filter(verb="notices.preference.change", subject=kept.subject).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"mode": "x"}, {"quiet_from": "25:00"}, {"daily_cap": "-1"}, {"daily_cap": "1000"}]
)
def test_a_wrong_wish_is_said_at_its_field(client, cast, wrong):
    client.force_login(cast.officer)
    answer = client.post(reverse("notices:preferences"), WISHES | wrong)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == list(wrong)
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("state", "seconds", "told"),
    [(State.DONE, 60, "已完成"), (State.DONE, 5, ""), (State.FAILED, 5, "未成功"), (State.CANCELLED, 60, "")],
)
def test_the_owner_of_a_long_job_hears_how_it_ended(cast, state, seconds, told):
    job = Job.objects.create(
        kind="x", title="读取计划", owner=cast.officer, state=state, finished_at=timezone.now()
    )
    job.created_at = job.finished_at - timedelta(seconds=seconds)
    jobs_effects.finished.send(sender=Job, job=job)
    jobs_effects.finished.send(sender=Job, job=job)
    titles = [notice.title for notice in unread(cast.officer)]
    assert titles == ([f"读取计划：{told}"] if told else [])
