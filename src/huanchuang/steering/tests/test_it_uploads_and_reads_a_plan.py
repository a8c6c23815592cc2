from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huanchuang.engines.kernel import ProblemError
from huanchuang.jobs.models import Job
from huanchuang.jobs.models import State as JobState
from huanchuang.jobs.services import Cancelled, finish
from huanchuang.steering.models import Item, Plan, PlanState, Review, Target
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import all_rows
from huanchuang.steering.services import reading as writing
from huanchuang.steering.services.plan import upload_plan
from huanchuang.steering.services.review import correct, decide, put_in_force

from .conftest import TEXT


def test_every_line_stands_where_it_says(read):
    assert read.state == "review"
    assert read.text == TEXT
    for target in read.targets.exclude(kind="task"):
        assert read.text[target.start : target.end] == target.quote
    for target in read.targets.all():
        assert target.why
        for duty in target.responsibilities.all():
            assert duty.unit in read.text[duty.start : duty.end]
        for date in target.deadlines.all():
            assert read.text[date.start : date.end] == date.phrase


def test_the_head_and_the_grammar_are_kept(read):
    assert read.title == "清溪区推进创新生态建设实施方案"
    assert read.issued_on == dt.date(2025, 3, 18)
    assert read.grammar_id == "national.plan-documents"
    assert read.grammar_hash
    assert read.grammar_version
    assert read.reading_version == 1


def test_tasks_figures_documents_units_and_dates_become_lines(read):
    growth = Target.objects.get(name="技术合同成交额")
    assert (growth.kind, growth.value, growth.comparator, growth.unit) == ("growth", 30, "growth", "%")
    assert growth.due_on == dt.date(2026, 12, 31)
    assert growth.parent.name == "做大技术交易"
    assert [(duty.unit, duty.duty) for duty in growth.responsibilities.all()] == [
        ("清溪区科技局", "lead"),
        ("清溪大学", "co"),
    ]
    document = Target.objects.get(kind="document")
    assert document.name == "出台《清溪区中试平台管理办法》"
    assert document.due_on == dt.date(2026, 6, 30)
    yearly = Target.objects.get(name="服务项目")
    assert (yearly.due_on, yearly.recurring) == (None, "yearly")


def test_known_units_are_resolved_to_organisations(read, units):
    duty = Target.objects.get(name="技术合同成交额").responsibilities.get(duty="lead")
    assert duty.organisation == units.bureau


def test_nothing_enters_the_ledger_before_the_review(read, cast):
    assert all_rows(cast.officer, Filters(), dt.date(2026, 6, 30)) == []


def test_the_review_cannot_end_while_lines_are_left(read, cast):
    with pytest.raises(ProblemError, match="没有看过"):
        put_in_force(cast.officer, read, accept_rest=False)


def test_accepted_lines_enter_and_rejected_ones_do_not(read, cast):
    out = Target.objects.get(name="服务项目")
    decide(cast.officer, read, [out.pk], Review.REJECTED)
    put_in_force(cast.officer, read, accept_rest=True)
    names = [row.target.name for row in all_rows(cast.officer, Filters(), dt.date(2026, 6, 30))]
    assert "服务项目" not in names
    assert "技术合同成交额" in names


def test_a_correction_sets_units_and_values_and_accepts(read, cast, units):
    target = Target.objects.get(name="技术合同成交额")
    correct(cast.officer, target, target.version, {"value": 35}, "清溪大学", "清溪区科技局、无名办")
    target.refresh_from_db()
    assert (target.value, target.review, target.corrected) == (35, "accepted", True)
    duties = [(duty.unit, duty.duty, duty.organisation_id) for duty in target.responsibilities.all()]
    assert duties == [
        ("清溪大学", "lead", units.university.pk),
        ("清溪区科技局", "co", units.bureau.pk),
        ("无名办", "co", None),
    ]


def test_the_same_file_twice_is_one_plan(read, cast):
    assert upload_plan(cast.officer, TEXT.encode(), "又一次.txt", inline=True) == read
    assert Plan.objects.count() == 1


def test_a_killed_job_goes_on_and_gives_the_same_rows(cast, units, monkeypatch):
    whole = upload_plan(cast.officer, TEXT.encode(), "a.txt", inline=True)
    expected = rows_of(whole)
    monkeypatch.setattr("huanchuang.steering.tasks.BATCH", 2)
    broken, calls = writing.write_lines, []

    def dies_in_the_middle(*args):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        broken(*args)

    monkeypatch.setattr(writing, "write_lines", dies_in_the_middle)
    other = TEXT + "\n"
    with pytest.raises(KeyboardInterrupt):
        upload_plan(cast.officer, other.encode(), "b.txt", inline=True)
    half = Plan.objects.get(state="reading")
    assert half.targets.count() == 4
    monkeypatch.setattr(writing, "write_lines", broken)
    go_on(half)
    assert rows_of(half) == expected


def go_on(plan: Plan) -> None:
    """What the reclaimer does with a job whose run has died."""
    from huanchuang.jobs.models import Job, State
    from huanchuang.jobs.services import perform

    job = Job.objects.get(about=plan.subject)
    Job.objects.filter(pk=job.pk).update(state=State.QUEUED)
    perform(job.pk)
    plan.refresh_from_db()
    assert plan.state == "review"


def rows_of(plan: Plan) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = list(
        Item.objects.filter(plan=plan).values_list("code", "parent__code", "start", "end", "path")
    )
    rows += plan.targets.values_list("code", "parent__code", "name", "start", "end", "due_on", "value")
    rows += plan.targets.order_by("position").values_list(
        "responsibilities__unit", "responsibilities__duty", "deadlines__phrase"
    )
    return rows


def test_a_file_that_cannot_be_read_says_why_and_may_come_again(cast):
    with pytest.raises(ProblemError):
        upload_plan(cast.officer, b"PK\x03\x04 broken", "坏.docx", inline=True)
    assert not Plan.objects.exists()


def test_the_page_takes_a_file_and_leads_on(client, cast, units):
    client.force_login(cast.officer)
    answer = client.post(reverse("steering:upload"), {"file": SimpleUploadedFile("方案.txt", TEXT.encode())})
    plan = Plan.objects.get()
    assert answer.url == reverse("steering:plan", args=[plan.pk])
    assert "正在读取方案" in client.get(answer.url).content.decode()


def test_a_page_without_a_file_says_what_to_do(client, cast):
    client.force_login(cast.officer)
    answer = client.post(reverse("steering:upload"), {})
    assert answer.status_code == 422
    assert "请选择要读取的方案文件" in answer.content.decode()


def test_the_desk_shows_doubtful_lines_first_and_decides(client, cast, read):
    client.force_login(cast.officer)
    page = client.get(reverse("steering:review", args=[read.pk]))
    doubts = [bool(line.target.doubt) for line in page.context["desk"].lines]
    assert doubts == sorted(doubts, reverse=True)
    one = read.targets.first()
    client.post(reverse("steering:decide", args=[read.pk]), {"deed": f"accept:{one.pk}"})
    one.refresh_from_db()
    assert one.review == Review.ACCEPTED
    answer = client.post(reverse("steering:put_in_force", args=[read.pk]), {"rest": "accept"})
    assert answer.url == f"{reverse('steering:ledger')}?plan={read.pk}"


def test_a_cancelled_reading_leaves_no_lines_in_force(cast, units, monkeypatch):
    def cancelled(*_args):
        raise Cancelled

    monkeypatch.setattr(writing, "write_head", cancelled)
    plan = upload_plan(cast.officer, TEXT.encode(), "c.txt", inline=True)
    assert plan.state == "reading"
    assert not plan.targets.exists()


def test_the_waiting_page_goes_on_to_the_text_and_the_desk(client, cast, read):
    client.force_login(cast.officer)
    answer = client.get(reverse("steering:plan", args=[read.pk]), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == reverse("steering:plan", args=[read.pk])
    assert reverse("steering:review", args=[read.pk]) in client.get(answer["HX-Redirect"]).content.decode()


@pytest.mark.parametrize("end", [JobState.FAILED, JobState.CANCELLED])
def test_a_reading_that_was_given_up_is_said_at_the_plan_and_may_be_tried_again(
    cast, units, django_capture_on_commit_callbacks, end
):
    with django_capture_on_commit_callbacks(execute=True):
        plan = upload_plan(cast.officer, TEXT.encode(), "方案.txt")
        finish(Job.objects.get(pk=plan.job_id), end)
    plan.refresh_from_db()
    assert plan.state == PlanState.FAILED
    assert plan.failure
    again = upload_plan(cast.officer, TEXT.encode(), "方案.txt", inline=True)
    assert (again.pk, again.state) == (plan.pk, PlanState.REVIEW)
