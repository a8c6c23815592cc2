"""Somebody asks for long work: it runs, reports, ends, can be cancelled, and is taken up again."""

import logging
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel.problem import refuse
from huanchuang.jobs import effects, services
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.queries import progress
from huanchuang.jobs.services import keep_going
from huanchuang.jobs.services import run as running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_bodies(monkeypatch):
    monkeypatch.setattr(effects, "bodies", effects.Bodies())
    monkeypatch.setattr(running, "PROGRESS_EVERY", 0)


def start(body, kind="test.work", **options):
    effects.bodies.register(kind, body)
    return services.start(kind, SYSTEM, {"word": "好"}, "数一数", **options)


def ended(job):
    services.work_off()
    job.refresh_from_db()
    return job


def gone_silent(job):
    """The worker of `job` was killed a while ago."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_it_runs_a_body_and_keeps_its_result():
    job = start(lambda run: run.progress(3, 3) or {"text": run.payload["word"]})
    assert job.state == State.QUEUED
    assert DBTaskResult.objects.count() == 1
    ended(job)
    assert (job.state, job.result, job.done, job.total) == (State.DONE, {"text": "好"}, 3, 3)
    verbs = list(Entry.objects.filter(subject=job.subject).order_by("id").values_list("verb", flat=True))
    assert verbs == ["jobs.job.start", "jobs.job.finish"]


def test_it_can_be_done_at_once():
    assert start(lambda run: {"text": "x"}, inline=True).state == State.DONE
    assert not DBTaskResult.objects.exists()


def test_neither_row_nor_task_outlives_the_callers_transaction():
    effects.bodies.register("test.work", lambda run: None)

    def begin_and_break_off():
        with transaction.atomic():
            services.start("test.work", SYSTEM, {}, "x")
            raise IntegrityError

    with pytest.raises(IntegrityError):
        begin_and_break_off()
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_double_click_gives_one_job(cast):
    first = start(lambda run: None, dedupe="plan:7", owner_id=cast.officer.pk)
    second = start(lambda run: None, kind="test.other", dedupe="plan:7")
    third = services.start("test.work", actor_of(cast.leader), {}, "数一数", dedupe="plan:7")
    assert (third.pk == first.pk, second.pk == first.pk) == (True, False)
    assert list(third.watchers.all()) == [cast.leader]
    ended(first)
    assert services.start("test.work", SYSTEM, {}, "数一数", dedupe="plan:7").pk != first.pk


def test_the_owner_is_the_user_who_acts(cast):
    effects.bodies.register("test.work", lambda run: None)
    assert services.start("test.work", actor_of(cast.clerk), {}, "x").owner == cast.clerk


def test_a_problem_is_told_as_it_is():
    def body(run):
        raise refuse(
            "x", ("第3行", "日期不对", "请改为 2026-06-30。"), ("Line 3", "bad date", "Use 2026-06-30.")
        )

    job = ended(start(body))
    assert (job.state, job.problem_zh) == (State.FAILED, "第3行：日期不对。请改为 2026-06-30。")
    assert job.problem_en == "Line 3: bad date. Use 2026-06-30."


def test_an_unexpected_failure_is_a_reference_that_stands_in_the_log(caplog):
    def body(run):
        raise RuntimeError("secret detail of 张三")

    with caplog.at_level(logging.ERROR):
        job = ended(start(body))
    assert job.state == State.FAILED
    assert job.reference in job.problem_zh
    assert job.reference in job.problem_en
    assert "张三" not in job.problem_zh + job.problem_en
    assert job.reference in caplog.text


def test_a_kind_without_a_body_fails_with_a_reference():
    assert ended(services.start("test.none", SYSTEM, {}, "x")).reference


def test_two_bodies_for_a_kind_are_refused():
    effects.body("test.work")(lambda run: None)
    with pytest.raises(ImproperlyConfigured):
        effects.body("test.work")(lambda run: None)


def test_a_waiting_job_is_cancelled_at_once():
    job = start(lambda run: pytest.fail("must not run"))
    assert services.cancel(job, SYSTEM).state == State.CANCELLED
    assert ended(job).state == State.CANCELLED
    assert services.cancel(job, SYSTEM).state == State.CANCELLED


def test_a_running_job_stops_at_its_next_report():
    steps = []

    def body(run):
        for step in range(5):
            run.progress(step, 5)
            steps.append(step)
            if step == 1:
                services.cancel(run.job, SYSTEM)

    assert ended(start(body)).state == State.CANCELLED
    assert steps == [0, 1]


def test_reports_are_written_now_and_then_but_always_the_last(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(running, "PROGRESS_EVERY", 1000)

    def body(run):
        with django_assert_num_queries(2):
            for step in range(1, 1001):
                run.progress(step, 1000)

    assert ended(start(body)).done == 1000


def test_a_silent_job_goes_on_at_its_cursor():
    seen = []

    def body(run):
        for step in range(run.cursor.get("next", 0), 4):
            seen.append(step)
            with transaction.atomic():
                run.checkpoint({"next": step + 1})
            if step == 1 and run.job.attempts == 1:
                gone_silent(run.job)
                assert services.reclaim() == 1
                run.progress(2, 4)
        return {"text": "齐"}

    job = ended(start(body))
    assert (job.state, job.attempts, job.result) == (State.DONE, 2, {"text": "齐"})
    assert seen == [0, 1, 2, 3]
    assert DBTaskResult.objects.count() == 2


def test_a_run_that_lost_its_lease_writes_nothing_more():
    def body(run):
        if run.job.attempts > 1:
            return {"text": "second"}
        gone_silent(run.job)
        services.reclaim()
        running.perform(run.job.pk)
        with pytest.raises(services.LeaseLost):
            run.checkpoint({"next": 9})
        return {"text": "first"}

    job = ended(start(body))
    assert (job.result, job.cursor) == ({"text": "second"}, {})


def test_a_job_that_breaks_its_worker_three_times_is_given_up():
    job = start(lambda run: None)
    for _attempt in range(3):
        assert running.claim(job.pk)
        assert running.claim(job.pk) is None
        gone_silent(job)
        services.reclaim()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.FAILED, 3)
    assert "中断了3次" in job.problem_zh
    assert "3 times" in job.problem_en


def test_a_cancelled_job_of_a_dead_worker_ends():
    job = start(lambda run: None)
    running.claim(job.pk)
    services.cancel(job, SYSTEM)
    gone_silent(job)
    assert services.reclaim() == 0
    assert ended(job).state == State.CANCELLED


def test_a_lost_task_is_queued_again_and_a_waiting_one_is_not():
    job = start(lambda run: None)
    gone_silent(job)
    assert services.reclaim() == 0
    DBTaskResult.objects.update(status="RUNNING")
    assert services.reclaim() == 1
    assert ended(job).state == State.DONE


def test_regular_work_is_called_as_often_as_it_asks_and_a_failure_stops_no_other(monkeypatch, caplog):
    calls = []
    monkeypatch.setattr(effects, "regular", {})
    monkeypatch.setattr(keep_going, "_last_call", {})
    effects.every(0, "test.breaks")(lambda: calls.append("breaks") or 1 / 0)
    effects.every(0, "test.often")(lambda: calls.append("often"))
    effects.every(3600, "test.seldom")(lambda: calls.append("seldom"))
    services.tick()
    services.tick()
    assert calls == ["breaks", "often", "seldom", "breaks", "often"]
    assert "test.breaks failed" in caplog.text


def test_old_tasks_are_forgotten_and_jobs_stay():
    job = ended(start(lambda run: None))
    week_old = timezone.now() - timedelta(days=8)
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=week_old)
    keep_going.forget_tasks()
    assert not DBTaskResult.objects.exists()
    assert Job.objects.get() == job


@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_give_one_job():
    effects.bodies.register("test.work", lambda run: None)
    together, found = threading.Barrier(4), []

    def press():
        try:
            together.wait()
            found.append(services.start("test.work", SYSTEM, {}, "x", dedupe="k").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_it_estimates_how_long_still():
    began = timezone.now()
    job = Job(state=State.RUNNING, started_at=began, done=25, total=100)
    far = progress(job, began + timedelta(seconds=10))
    assert (far.percent, far.elapsed, far.remaining) == (25, 10, 30)
    assert progress(Job(state=State.RUNNING, started_at=began), began).percent is None
    assert progress(Job(state=State.QUEUED)).elapsed is None
