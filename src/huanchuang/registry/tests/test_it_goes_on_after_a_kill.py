"""An import whose worker is killed goes on where it was; nothing is taken twice, and a cancel can be taken up or undone."""

import datetime as dt

import pytest
from django.utils import timezone

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry as AuditEntry
from huanchuang.audit.services import SYSTEM
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.services import cancel, perform, reclaim, work_off
from huanchuang.registry.models import Organisation, Revision
from huanchuang.registry.services import change, imports
from huanchuang.registry.services.imports import run, writing
from huanchuang.registry.services.imports.known import Found, Known

from .sheets import checked, firms, taken, told, undone

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What kill -9 looks like from inside: nobody catches it, nothing is written any more."""


@pytest.fixture
def in_threes(monkeypatch):
    monkeypatch.setattr(run, "AT_ONCE", 3)


def killed_at(monkeypatch, batch: int) -> None:
    real, calls = writing.write, []

    def write(*given):
        calls.append(given)
        if len(calls) == batch:
            raise Killed
        return real(*given)

    monkeypatch.setattr("huanchuang.registry.services.imports.entries.write", write)


def test_a_killed_import_goes_on_and_takes_nothing_twice(cast, in_threes, monkeypatch):
    found = checked(cast.officer, "organisation", firms(10))
    killed_at(monkeypatch, 3)
    with pytest.raises(Killed):
        imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    found.refresh_from_db()
    assert (found.state, Organisation.objects.count()) == ("taking", 6)
    Job.objects.filter(pk=found.job_id).update(lease_until=timezone.now() - dt.timedelta(minutes=1))
    assert reclaim() == 1
    work_off()
    found.refresh_from_db()
    assert (found.state, found.counts["taken_new"]) == ("done", 10)
    assert (Organisation.objects.count(), Revision.objects.count()) == (10, 10)
    assert AuditEntry.objects.filter(verb="registry.organisation.import").count() == 4


def test_a_killed_check_is_done_again(cast, in_threes, monkeypatch):
    found = checked(cast.officer, "organisation", firms(4))
    monkeypatch.setattr(run, "row_of", lambda *given: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        imports.start_step(imports.CHECK_JOB, actor_of(cast.officer), found, inline=True)
    monkeypatch.undo()
    Job.objects.filter(pk__gt=found.job_id or 0, state=State.RUNNING).update(
        lease_until=timezone.now() - dt.timedelta(minutes=1)
    )
    reclaim()
    work_off()
    found.refresh_from_db()
    assert (found.state, found.rows.count()) == ("preview", 4)


def test_a_cancelled_import_can_go_on(cast, in_threes, monkeypatch, django_capture_on_commit_callbacks):
    real = writing.write

    def write(*given):
        real(*given)
        cancel(Job.objects.latest("pk"), actor_of(cast.officer))

    monkeypatch.setattr("huanchuang.registry.services.imports.entries.write", write)
    found = checked(cast.officer, "organisation", firms(8))
    with django_capture_on_commit_callbacks(execute=True):
        imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    found.refresh_from_db()
    assert (found.state, found.failure_zh) == ("preview", "已取消")
    assert not Organisation.objects.exists()
    monkeypatch.undo()
    monkeypatch.setattr(run, "AT_ONCE", 3)
    imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    found.refresh_from_db()
    assert (found.state, Organisation.objects.count()) == ("done", 8)


def test_what_was_written_before_a_failure_is_kept_and_can_be_undone(
    cast, in_threes, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(*_given):
        raise RuntimeError

    found = checked(cast.officer, "organisation", firms(8))
    real, calls = writing.write, []

    def write(*given):
        calls.append(given)
        return broken() if len(calls) == 2 else real(*given)

    monkeypatch.setattr("huanchuang.registry.services.imports.entries.write", write)
    with django_capture_on_commit_callbacks(execute=True):
        imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    found.refresh_from_db()
    assert (found.state, found.counts["taken_new"], Organisation.objects.count()) == ("stopped", 3, 3)
    assert "程序出错" in found.failure_zh
    back = undone(cast.officer, found)
    assert (back.state, Organisation.objects.count()) == ("undone", 0)


def test_an_import_that_did_not_hear_of_the_end_of_its_job_is_settled(cast, in_threes, monkeypatch):
    def broken(*_given):
        raise RuntimeError

    found = checked(cast.officer, "organisation", firms(2))
    monkeypatch.setattr("huanchuang.registry.services.imports.entries.write", broken)
    imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    assert (imports.settle_imports(), imports.settle_imports()) == (1, 0)
    found.refresh_from_db()
    assert found.state == "preview"


def test_a_step_begun_twice_is_one_step(cast):
    found = checked(cast.officer, "organisation", firms(2))
    first = imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found)
    second = imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found)
    assert first.job_id == second.job_id
    work_off()
    assert Organisation.objects.count() == 2


def test_a_row_that_the_database_refuses_does_not_hold_up_the_others(cast, monkeypatch):
    """Somebody registers the same one between the look and the write: that row is told, the rest is taken."""
    found = checked(cast.officer, "organisation", firms(3))
    taken(cast.officer, "organisation", firms(1, first=2))
    monkeypatch.setattr(Known, "find", lambda _self, _entry: Found())
    done = imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    assert (done.counts["taken_new"], done.counts["problem"], Organisation.objects.count()) == (2, 1, 3)
    assert told(done) == ["第3行：与登记簿中的记录冲突，不能登记。请核对编号和名称，或请主管部门核实"]


def test_what_somebody_saves_in_the_same_moment_is_not_lost(cast, firm, monkeypatch):
    """Between the look and the write an editor saves the same organisation: both changes stand in the end."""
    rows = [["统一社会信用代码", "企业名称", "地址"], [firm.uscc.text, firm.name, "学府路9号"]]
    found = checked(cast.officer, "organisation", rows)
    real_write, real_next, calls = writing.write, run._next, []

    def write(actor, kind, found_rows, source):
        calls.append(found_rows)
        if len(calls) == 1:  # as if the editor had written between our look and our write
            Organisation.objects.filter(pk=firm.pk).update(version=99)
        return real_write(actor, kind, found_rows, source)

    def following(imported):
        if len(calls) == 1:
            change(SYSTEM, firm, firm.version, {"short_name": "岑新"})
        return real_next(imported)

    monkeypatch.setattr("huanchuang.registry.services.imports.entries.write", write)
    monkeypatch.setattr(run, "_next", following)
    imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    firm.refresh_from_db()
    assert (firm.address, firm.short_name, firm.version, len(calls)) == ("学府路9号", "岑新", 3, 2)


def test_what_came_meanwhile_is_not_doubled(cast):
    found = checked(cast.officer, "organisation", firms(3))
    taken(cast.officer, "organisation", firms(2))
    done = imports.start_step(imports.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    assert (done.counts["taken_new"], done.counts["same"], Organisation.objects.count()) == (1, 2, 3)


def test_a_step_asked_for_while_the_last_job_is_still_ending_has_a_job_of_its_own(cast):
    found = checked(cast.officer, "organisation", firms(2))
    first = found.job
    Job.objects.filter(pk=first.pk).update(state="running")  # its result is committed, its last line is not
    again = imports.start_step(imports.CHECK_JOB, actor_of(cast.officer), found)
    assert (again.state, again.job.state) == ("checking", "queued")
    assert again.job != first
    Job.objects.filter(pk=first.pk).update(state="failed")
    assert run.settle_imports() == 0  # what becomes of the former job is nothing to the new step
    again.refresh_from_db()
    assert again.state == "checking"
    perform(again.job.pk)
    again.refresh_from_db()
    assert again.state == "preview"
