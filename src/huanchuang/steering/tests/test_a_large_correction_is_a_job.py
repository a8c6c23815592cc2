"""修订 of a large plan: the new version takes the place as a job that can be watched, called off and killed."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry
from huanchuang.jobs import services as jobs
from huanchuang.jobs.models import Job
from huanchuang.jobs.models import State as JobState
from huanchuang.jobs.services import run as running
from huanchuang.notices.models import Notice
from huanchuang.steering import tasks
from huanchuang.steering.models import FormerLine, Plan, PlanState, Review, Revision, Target, Transition
from huanchuang.steering.queries.plans import TAKE_JOB
from huanchuang.steering.services import news, taking
from huanchuang.steering.services.plan import upload_plan
from huanchuang.steering.services.review import put_in_force
from huanchuang.steering.services.revision import give_up, revise, take_place

from .conftest import TEXT
from .test_a_corrected_version_takes_the_place import CORRECTED


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Every plan counts as a large one, and every progress is written."""
    monkeypatch.setattr(taking, "AT_ONCE", 0)
    monkeypatch.setattr(running, "PROGRESS_EVERY", 0)


@pytest.fixture
def revision(plan, cast) -> Revision:
    return revise(
        cast.officer, plan, CORRECTED.encode(), "修订.txt", "区政府常务会议审定", inline=True
    ).revision


@pytest.fixture
def asked(client, cast, revision):
    """The officer has asked; nobody has done it yet."""
    client.force_login(cast.officer)
    client.post(reverse("steering:put_in_force", args=[revision.plan_id]), {"rest": "accept"})
    return Job.objects.get(kind=TAKE_JOB)


def state_of(revision):
    return Plan.objects.get(pk=revision.plan_id).state, Plan.objects.get(pk=revision.of_id).state


UNTOUCHED = (PlanState.REVIEW, PlanState.IN_FORCE)
TAKEN = (PlanState.IN_FORCE, PlanState.REPLACED)


def test_the_desk_shows_how_far_it_is_and_leads_to_the_ledger(client, asked, revision):
    desk = reverse("steering:review", args=[revision.plan_id])
    page = client.get(desk).content.decode()
    assert "修订版正在接替原版" in page
    assert "progressbar" not in page  # it waits for a worker
    assert reverse("jobs:cancel", args=[asked.pk]) in page
    assert state_of(revision) == UNTOUCHED
    jobs.perform(asked.pk)
    assert state_of(revision) == TAKEN
    ledger = f"{reverse('steering:ledger')}?plan={revision.plan_id}"
    for _ in range(2):  # the page may ask again before it leaves
        answer = client.get(desk, headers={"HX-Request": "true"})
    came = client.get(answer.headers["HX-Redirect"], follow=True)
    assert came.redirect_chain[-1][0] == ledger
    assert came.content.decode().count("台账已转到修订版") == 1
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.total, asked.result["url"]) == (JobState.DONE, 3, 3, ledger)


def test_a_double_click_is_one_job_and_asking_again_later_changes_nothing(client, asked, revision):
    again = client.post(reverse("steering:put_in_force", args=[revision.plan_id]), {"rest": "accept"})
    assert again.url == reverse("steering:review", args=[revision.plan_id])
    assert Job.objects.filter(kind=TAKE_JOB).count() == 1
    jobs.perform(asked.pk)
    written = FormerLine.objects.count(), Transition.objects.count()
    late = client.post(reverse("steering:put_in_force", args=[revision.plan_id]), {"rest": "accept"})
    assert late.url == f"{reverse('steering:ledger')}?plan={revision.plan_id}"
    assert (FormerLine.objects.count(), Transition.objects.count()) == written
    assert Job.objects.filter(kind=TAKE_JOB).count() == 1


def test_called_off_while_it_waits_nothing_has_changed_and_it_can_be_asked_again(
    client, cast, asked, revision
):
    jobs.cancel(asked, actor_of(cast.officer))
    jobs.perform(asked.pk)
    assert state_of(revision) == UNTOUCHED
    page = client.get(reverse("steering:review", args=[revision.plan_id])).content.decode()
    assert "什么都没有改变" in page
    client.post(reverse("steering:put_in_force", args=[revision.plan_id]), {"rest": "accept"})
    jobs.perform(Job.objects.filter(kind=TAKE_JOB).latest("pk").pk)
    assert state_of(revision) == TAKEN


def test_called_off_in_the_middle_everything_is_as_before(monkeypatch, asked, revision):
    def called_off_meanwhile(*given, **options):
        plan = take_place(*given, **options)
        Job.objects.filter(pk=asked.pk).update(cancel_asked_at=timezone.now())
        return plan

    before = list(Target.objects.order_by("pk").values())
    monkeypatch.setattr(tasks, "take_place", called_off_meanwhile)
    jobs.perform(asked.pk)
    asked.refresh_from_db()
    assert asked.state == JobState.CANCELLED
    assert state_of(revision) == UNTOUCHED
    assert list(Target.objects.order_by("pk").values()) == before
    assert not FormerLine.objects.exists()


def test_a_worker_that_dies_after_the_work_leaves_nothing_to_do_twice(monkeypatch, asked, revision):
    monkeypatch.setattr(running, "finish", lambda *_given, **_options: None)  # dead before it could say so
    jobs.perform(asked.pk)
    monkeypatch.undo()
    written = FormerLine.objects.count(), Transition.objects.count()
    Job.objects.filter(pk=asked.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    jobs.reclaim()
    jobs.perform(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, state_of(revision)) == (JobState.DONE, 2, TAKEN)
    assert (FormerLine.objects.count(), Transition.objects.count()) == written
    assert Entry.objects.filter(verb="steering.plan.take_place").count() == 1


def test_a_run_that_lost_the_job_writes_nothing(monkeypatch, asked, revision):
    def slow(*given, **options):
        plan = take_place(*given, **options)
        Job.objects.filter(pk=asked.pk).update(holder="another run")
        return plan

    monkeypatch.setattr(tasks, "take_place", slow)
    jobs.perform(asked.pk)
    assert state_of(revision) == UNTOUCHED
    assert not FormerLine.objects.exists()


def test_who_may_no_longer_review_cannot_have_it_done(client, cast, asked, revision):
    User.objects.filter(pk=cast.officer.pk).update(role="reporter")
    jobs.perform(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, state_of(revision)) == (JobState.FAILED, UNTOUCHED)
    assert "没有复核方案的权限" in asked.problem_zh


def test_a_revision_given_up_meanwhile_is_said_so(cast, asked, revision):
    give_up(cast.officer, revision)
    jobs.perform(asked.pk)
    asked.refresh_from_db()
    assert asked.state == JobState.FAILED
    assert "已经放弃" in asked.problem_zh


def test_what_was_not_looked_at_is_said_on_the_desk(client, cast, revision):
    client.force_login(cast.officer)
    client.post(reverse("steering:put_in_force", args=[revision.plan_id]))
    jobs.perform(Job.objects.get(kind=TAKE_JOB).pk)
    assert state_of(revision) == UNTOUCHED
    assert revision.plan.targets.filter(review=Review.PROPOSED).exists()
    page = client.get(reverse("steering:review", args=[revision.plan_id])).content.decode()
    assert "修订版没有接替原版" in page
    assert "没有看过" in page


@pytest.mark.parametrize(("few", "kinds"), [(9, {"steering.adjusted"}), (0, {"steering.revised"})])
def test_a_unit_with_many_changed_lines_gets_one_notice(monkeypatch, cast, asked, revision, few, kinds):
    monkeypatch.setattr(news, "FEW", few)
    jobs.perform(asked.pk)
    told = Notice.objects.filter(user=cast.reporter)
    assert {notice.kind for notice in told} == kinds
    assert all("区政府常务会议审定" in notice.body for notice in told)


def test_two_at_the_same_moment_move_the_ledger_once(transactional_db):
    officer = User.objects.create_user(username="o", name="林科长", role="officer")
    plan = put_in_force(
        officer, upload_plan(officer, TEXT.encode(), "方案.txt", inline=True), accept_rest=True
    )
    revision = revise(officer, plan, CORRECTED.encode(), "修订.txt", "审定", inline=True).revision
    ready = Barrier(2)

    def take(_number: int) -> str:
        try:
            ready.wait(30)
            return take_place(officer, Revision.objects.get(pk=revision.pk), accept_rest=True).state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(take, range(2))) == [PlanState.IN_FORCE, PlanState.IN_FORCE]
    assert Entry.objects.filter(verb="steering.plan.take_place").count() == 1
    assert FormerLine.objects.count() == FormerLine.objects.values("target").distinct().count() > 0
    assert state_of(revision) == TAKEN
