"""An officer tells organisations of a policy from a run's list: previewed, as a job, once for a version, opened or not."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from huanchuang.accounts.models import Role, User
from huanchuang.audit.queries import history
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.services import cancel, perform, work_off
from huanchuang.jobs.services.run import LeaseLost
from huanchuang.jobs.services.run import Run as JobRun
from huanchuang.notices.models import Notice
from huanchuang.notices.services import mark_read
from huanchuang.policies.models import Push, Run, Segment, Telling
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.queries.outlook import cards_of
from huanchuang.policies.queries.push import preview_of, reach_of
from huanchuang.policies.queries.runs import list_of
from huanchuang.policies.queries.segments import segment_counts, segment_list
from huanchuang.policies.services import push as service
from huanchuang.policies.services.push import begin_push
from huanchuang.policies.services.runs import begin_run
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import join, register_organisation
from huanchuang.web.demo.district import load

from .conftest import note

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
RENT = "qingcen.rent-relief"
REWARD = "qingcen.high-tech-reward"


def start_up(name: str, **facts: str) -> Organisation:
    """Certified last autumn, for the first time: 200,000 yuan are due."""
    one = register_organisation(
        SYSTEM, name=name, kind="company", region="990101", industry="2651", founded_on=dt.date(2015, 3, 2),
    )  # fmt: skip
    known = {
        "valid-hte-certificate": "是",
        "hte-certified-on": "2025-10-01",
        "serious-dishonesty": "否",
        "first-hte-certificate": "是",
    }
    for key, value in {**known, **facts}.items():
        if value:
            note(one, key, "2026", value)
    return one


@pytest.fixture
def district(cast) -> SimpleNamespace:
    """Two that are eligible and one of them reachable, one late by days, one of which a figure is not known."""
    told = start_up("青岑符合科技有限公司")
    silent = start_up("青岑无户科技有限公司")
    late = start_up("青岑差点科技有限公司", **{"hte-certified-on": "2025-06-20"})
    open_one = start_up("青岑缺数科技有限公司", **{"serious-dishonesty": ""})
    Organisation.objects.filter(pk=silent.pk).update(contact_phone="13800001234")
    join(SYSTEM, cast.clerk, told, since=dt.date(2020, 1, 1))
    second = User.objects.create_user(
        username="second-clerk",
        name="李出纳",
        role=Role.CLERK.value,
        email="li@example.org",
        password="cast-pass-9x",
    )
    join(SYSTEM, second, told, since=dt.date(2020, 1, 1))
    join(SYSTEM, second, late, since=dt.date(2020, 1, 1))
    run = begin_run(cast.officer, DAY, inline=True)
    return SimpleNamespace(
        told=told,
        silent=silent,
        late=late,
        open=open_one,
        run=run,
        second=second,
        one=policy_named(REWARD),
        cast=cast,
    )


def test_a_list_has_those_who_miss_little_and_those_short_of_a_figure(district):
    lists = {
        part: [row.organisation for row in segment_list(district.run, district.one, part)]
        for part in Segment.values
    }
    assert lists["yes"] == [district.told.pk, district.silent.pk]
    assert (lists["few"], lists["unknown"]) == ([district.open.pk], [district.open.pk])
    assert lists["no"] == [district.late.pk]
    assert segment_counts(district.run, district.one) == {part: len(keys) for part, keys in lists.items()}


def test_a_preview_counts_people_and_those_nobody_reaches(client, district):
    found = preview_of(REWARD, district.one.policy.version, [district.told.pk, district.silent.pk])
    assert (found.reached, found.people, found.by_mail) == ([district.told.pk], 2, 1)
    assert ([one.pk for one in found.nobody], found.nobody_count, found.with_contact) == (
        [district.silent.pk],
        1,
        1,
    )
    client.force_login(district.cast.officer)
    page = client.get(reverse("policies:push-new", args=[district.run.pk, REWARD])).content.decode()
    assert district.silent.name in page
    assert "20万元（第三条）" in page
    assert "13800001234" not in page
    assert not Notice.objects.filter(kind="policies.push").exists()


def test_people_are_told_the_amount_the_clause_and_where_to_look(client, district):
    client.force_login(district.cast.officer)
    sent = client.post(
        reverse("policies:push-new", args=[district.run.pk, REWARD]),
        {"result": "yes", "message": "有疑问请到窗口"},
    )
    push = Push.objects.get()
    assert sent.url == reverse("policies:push", args=[push.pk])
    assert not Notice.objects.filter(kind="policies.push").exists()
    work_off()
    told = Notice.objects.filter(kind="policies.push")
    assert {notice.user for notice in told} == {district.cast.clerk, district.second}
    notice = told[0]
    assert notice.link == reverse("policies:decision", args=[district.told.pk, REWARD])
    for words in ("2026年6月30日", "可享金额：20万元（第三条）", "青政办发〔2025〕12号", "有疑问请到窗口"):
        assert words in notice.body
    assert "20万元" not in notice.title
    client.force_login(notice.user)
    assert client.get(notice.link).status_code == 200
    assert reach_of(push).states == {"told": 1, "before": 0, "nobody": 1, "changed": 0}


def test_whoever_misses_little_is_told_by_how_much_and_under_which_clause(district):
    """51 people where 50 are the most; the rent is seen by the office and not yet answered."""
    near = register_organisation(
        SYSTEM, name="青岑起步科技有限公司", kind="company", region="990101", founded_on=dt.date(2025, 1, 1)
    )
    note(near, "housed-in-carrier", "2026", "是")
    for key, value, unit in (
        ("staff", "51", "人"),
        ("rd-expense", "9", "万元"),
        ("annual-rent", "30", "万元"),
        ("leased-area", "300", "平方米"),
    ):
        note(near, key, "2025", value, unit)
    join(SYSTEM, district.cast.clerk, near, since=dt.date(2020, 1, 1))
    run, rent = begin_run(district.cast.officer, DAY, inline=True), policy_named(RENT)
    assert [row.organisation for row in segment_list(run, rent, "near")] == [near.pk]
    begin_push(district.cast.officer, run, rent, "near", inline=True)
    body = Notice.objects.get(user=district.cast.clerk).body
    assert "还差：2025年职工总数须减1人（第七条）" in body
    assert "若符合，可享金额：10.8万元" in body


def test_what_is_missing_is_said(district):
    join(SYSTEM, district.cast.clerk, district.open, since=dt.date(2020, 1, 1))
    begin_push(district.cast.officer, district.run, district.one, "few", inline=True)
    body = Notice.objects.get(user=district.cast.clerk, title__startswith="补上").body
    assert "还缺：严重失信" in body
    assert "若符合，可享金额：20万元" in body


def test_nobody_is_told_twice_of_a_version_unless_a_reason_is_given(district):
    officer, run, one = district.cast.officer, district.run, district.one
    begin_push(officer, run, one, "yes", inline=True)
    with pytest.raises(ProblemError, match="已经告知过"):
        begin_push(officer, run, one, "yes", inline=True)
    with pytest.raises(ProblemError, match="太短"):
        begin_push(officer, run, one, "yes", again_because=" a ")
    join(SYSTEM, district.cast.clerk, district.silent, since=dt.date(2020, 1, 1))
    third = begin_push(officer, run, one, "yes", inline=True)
    assert reach_of(third).states == {"told": 1, "before": 1, "nobody": 0, "changed": 0}
    again = begin_push(officer, run, one, "yes", [district.told.pk], again_because="金额有调整", inline=True)
    assert reach_of(again).states["told"] == 1
    assert Notice.objects.filter(user=district.second, kind="policies.push").count() == 2
    newest = history(district.told.subject)[0]
    assert (newest.verb, newest.note) == ("policies.push.tell", "金额有调整")


def test_a_figure_that_changed_since_the_run_is_not_passed_on(district):
    note(district.told, "serious-dishonesty", "2026", "是")
    push = begin_push(district.cast.officer, district.run, district.one, "yes", inline=True)
    assert reach_of(push).states == {"told": 0, "before": 0, "nobody": 1, "changed": 1}
    assert not Notice.objects.filter(kind="policies.push").exists()


def test_two_pushes_at_once_tell_an_organisation_once(district, monkeypatch):
    """The second has looked before the first wrote."""
    officer, run, one = district.cast.officer, district.run, district.one
    begin_push(officer, run, one, "yes", inline=True)
    monkeypatch.setattr(service, "told_before", lambda *_words: set())
    monkeypatch.setattr(service, "preview_of", lambda *words, **_more: SimpleNamespace(reached=words[2]))
    late = begin_push(officer, run, one, "yes", inline=True)
    assert reach_of(late).states == {"told": 0, "before": 1, "nobody": 1, "changed": 0}
    assert Notice.objects.filter(user=district.second, kind="policies.push").count() == 1


def test_the_database_keeps_it_to_once_a_version(district):
    push = begin_push(district.cast.officer, district.run, district.one, "yes", inline=True)
    row = push.tellings.get(organisation=district.told)
    row.pk, row.push = None, Push.objects.create(run=district.run, policy=REWARD, asked_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_push_taken_over_goes_on_where_it_was(district, monkeypatch):
    monkeypatch.setattr(service, "AT_ONCE", 1)
    join(SYSTEM, district.cast.clerk, district.silent, since=dt.date(2020, 1, 1))
    begin_push(district.cast.officer, district.run, district.one, "yes")
    job = Job.objects.get(kind="policies.push")
    checkpoint = JobRun.checkpoint

    def dies(run: JobRun, cursor: dict[str, int]) -> None:
        if cursor["done"] == 2:
            raise LeaseLost
        checkpoint(run, cursor)

    with monkeypatch.context() as patch:
        patch.setattr(JobRun, "checkpoint", dies)
        perform(job.pk)
    assert Telling.objects.filter(state="told").count() == 1
    Job.objects.filter(pk=job.pk).update(state=State.QUEUED, holder="")
    perform(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    assert Telling.objects.filter(state="told").count() == 2
    assert Notice.objects.filter(user=district.cast.clerk, kind="policies.push").count() == 2


def test_a_push_can_be_called_off(district):
    push = begin_push(district.cast.officer, district.run, district.one, "yes")
    cancel(push.job, SYSTEM)
    work_off()
    assert not Telling.objects.exists()


def test_an_officer_who_lost_the_right_tells_nobody(district):
    push = begin_push(district.cast.officer, district.run, district.one, "yes")
    User.objects.filter(pk=district.cast.officer.pk).update(role=Role.REVIEWER.value)
    work_off()
    push.job.refresh_from_db()
    assert push.job.state == "failed"
    assert "推送权限" in push.job.problem_zh
    assert not Telling.objects.exists()


def test_the_list_shows_who_was_told_and_who_has_opened_it(client, district):
    push = begin_push(district.cast.officer, district.run, district.one, "yes", inline=True)
    client.force_login(district.cast.officer)
    address = reverse("policies:run-policy", args=[district.run.pk, REWARD])
    assert "未打开" in client.get(address).content.decode()
    notice = Notice.objects.get(user=district.second)
    mark_read(district.second, notice.pk, SYSTEM)
    assert "已打开" in client.get(address).content.decode()
    page = client.get(reverse("policies:push", args=[push.pk])).content.decode()
    assert "李**" in page
    assert "李出纳" not in page
    assert reach_of(push).opened == 1


@pytest.mark.parametrize(
    ("segment", "chosen"), [("no", []), ("unknown", []), ("yes", ["9999"]), ("nothing", [])]
)
def test_other_lists_and_organisations_not_on_it_are_refused(client, district, segment, chosen):
    client.force_login(district.cast.officer)
    sent = client.post(
        reverse("policies:push-new", args=[district.run.pk, REWARD]), {"result": segment, "chosen": chosen}
    )
    assert sent.status_code == 422
    assert not Push.objects.exists()


def test_telling_again_asks_for_the_reason(client, district):
    begin_push(district.cast.officer, district.run, district.one, "yes", inline=True)
    client.force_login(district.cast.officer)
    sent = client.post(
        reverse("policies:push-new", args=[district.run.pk, REWARD]),
        {"result": "yes", "again": "on", "because": ""},
    )
    assert (sent.status_code, Push.objects.count()) == (422, 1)
    assert "为什么要再告知一次" in sent.content.decode()


@pytest.mark.parametrize(
    ("person", "tells", "reads"),
    [
        ("leader", 403, 200),
        ("auditor", 403, 200),
        ("clerk", 403, 403),
        ("stranger", 403, 403),
        ("manager", 403, 403),
    ],
)
def test_only_officers_tell(client, district, person, tells, reads):
    push = begin_push(district.cast.officer, district.run, district.one, "yes", inline=True)
    client.force_login(getattr(district.cast, person))
    address = reverse("policies:push-new", args=[district.run.pk, REWARD])
    assert client.get(address).status_code == tells
    assert client.post(address, {"result": "yes"}).status_code == tells
    assert client.get(reverse("policies:push", args=[push.pk])).status_code == reads
    assert (Push.objects.count(), Run.objects.count()) == (1, 1)


def test_the_nearly_eligible_of_a_list_are_at_least_those_whose_page_says_so(client, cast):
    """The list is an upper bound: nobody who is near is left out, some of it cannot be reached by figures."""
    load(SYSTEM)
    run = begin_run(cast.officer, DAY, inline=True)
    for name in ("qingcen.patent-navigation", "national.technology-sme", RENT):
        one = policy_named(name)
        firms = list(
            Organisation.objects.filter(pk__in=[row.organisation for row in list_of(run, one, "no")][:40])
        )
        near = {key for key, card in cards_of(firms, one, DAY).items() if card.is_near}
        assert near <= {row.organisation for row in segment_list(run, one, Segment.NEAR)}, name
    client.force_login(cast.officer)
    address = reverse("policies:run-policy", args=[run.pk, "national.technology-sme"])
    assert "“差一点”是上限" in client.get(address, {"result": "near"}).content.decode()
    assert "“差一点”是上限" not in client.get(address, {"result": "no"}).content.decode()
    push = reverse("policies:push-new", args=[run.pk, "national.technology-sme"])
    assert "“差一点”是上限" in client.get(push, {"result": "near"}).content.decode()
