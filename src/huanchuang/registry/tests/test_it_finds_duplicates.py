"""The search for entries that may be one: what it finds, what it keeps quiet about, how it goes on after a kill."""

from __future__ import annotations

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.sameness import Verdict
from huanchuang.jobs import effects as jobs
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.services import cancel, start, work_off
from huanchuang.registry.models import Candidate, Organisation, Said
from huanchuang.registry.queries.kinds import ACHIEVEMENT, ORGANISATION, PERSON
from huanchuang.registry.queries.sameness.comparing import lookalikes
from huanchuang.registry.queries.sameness.queue import Asked, queue, rows
from huanchuang.registry.services import register_organisation, retire_organisation
from huanchuang.registry.services.entries import register
from huanchuang.registry.services.sameness import judge, merge, start_search
from huanchuang.registry.services.sameness.finding import FIND_JOB
from huanchuang.registry.tasks import duplicates

PHONE = "13800001234"


def firm(name: str, **values):
    return register_organisation(SYSTEM, name=name, kind="company", region="990101", **values)


def search(kind=ORGANISATION) -> Job:
    job = start_search(SYSTEM, kind)
    work_off()
    job.refresh_from_db()
    return job


@pytest.fixture
def alike(db):
    """Two entries of one firm and two of others."""
    return (
        firm("云澜岑科新材料有限公司", contact_phone=PHONE),
        firm("岑科新材", contact_phone=PHONE),
        firm("云澜岑科物业服务有限公司"),
        firm("青岑宏砺精密机械有限公司"),
    )


def test_it_finds_pairs_that_may_be_one(alike):
    job = search()
    assert job.state == State.DONE
    found = Candidate.objects.get()
    assert (found.one, found.other) == (alike[0].subject, alike[1].subject)
    assert found.proposed == "likely-same"
    assert found.score > 0.9
    assert PHONE not in str(found.comparison)
    assert "kind=organisation" in job.result["url"]


def test_it_does_not_ask_again_about_what_was_judged(alike):
    search()
    judge(SYSTEM, alike[0], alike[1], Said.DIFFERENT)
    search()
    assert Candidate.objects.get().said == Said.DIFFERENT


def test_it_proposes_nothing_across_what_was_held_apart(alike):
    third = firm("青岑岑科新材有限责任公司", contact_phone=PHONE)
    judge(SYSTEM, alike[0], alike[1], Said.SAME)
    judge(SYSTEM, alike[1], third, Said.DIFFERENT)
    search()
    assert not Candidate.objects.filter(one=alike[0].subject, other=third.subject).exists()


def test_it_forgets_open_pairs_that_are_no_longer_alike(alike):
    search()
    retire_organisation(SYSTEM, alike[1], 1, "已注销")
    search()
    assert not Candidate.objects.exists()


def test_it_goes_on_at_its_cursor_after_a_kill(alike, monkeypatch):
    firm("青岑星澜新材料有限公司", contact_phone="13900005678")
    firm("星澜新材", contact_phone="13900005678")
    monkeypatch.setattr(duplicates, "STEP", 2)
    whole = duplicates.compare_records

    def killed(*arguments):
        if "星澜" in arguments[1].name:
            raise KeyboardInterrupt
        return whole(*arguments)

    monkeypatch.setattr(duplicates, "compare_records", killed)
    job = start_search(SYSTEM, ORGANISATION)
    with pytest.raises(KeyboardInterrupt):
        work_off()
    job.refresh_from_db()
    assert job.cursor["found"] == Candidate.objects.count() == 1
    Job.objects.filter(pk=job.pk).update(state=State.QUEUED, holder="")
    monkeypatch.setattr(duplicates, "compare_records", whole)
    work_off()
    job.refresh_from_db()
    assert job.state == State.DONE
    assert Candidate.objects.count() == 2


def test_it_can_be_cancelled(alike):
    job = start(FIND_JOB, SYSTEM, {"kind": "organisation"}, "查找")
    cancel(job, SYSTEM)
    work_off()
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert not Candidate.objects.exists()
    assert jobs.bodies.get(FIND_JOB) is not None


def test_it_never_tells_of_a_confidential_achievement(alike, cast):
    work = {"title": "一种高导热石墨烯薄膜及其制备方法", "owner": alike[0]}
    register(SYSTEM, ACHIEVEMENT, work)
    secret = register(SYSTEM, ACHIEVEMENT, {**work, "owner": alike[3], "is_confidential": True})
    search(ACHIEVEMENT)
    assert not Candidate.objects.exists()
    secret.is_confidential = False
    secret.save()
    search(ACHIEVEMENT)
    assert queue(cast.officer, Asked()).count() == 1
    secret.is_confidential = True
    secret.save()
    assert queue(cast.officer, Asked()).count() == 0
    assert lookalikes(cast.officer, ACHIEVEMENT, ACHIEVEMENT.model(**work)) != []
    own = {"title": secret.title, "owner": alike[3]}
    titles = [one.entry.pk for one in lookalikes(cast.officer, ACHIEVEMENT, ACHIEVEMENT.model(**own))]
    assert secret.pk not in titles


def test_it_tells_people_apart_in_the_register(alike):
    for unit, directions in ((alike[0], ["碳纤维"]), (alike[3], ["碳纤维复合材料"]), (alike[2], ["会计"])):
        register(SYSTEM, PERSON, {"name": "上官澜月", "unit": unit, "roles": ["researcher"], "directions": directions, "email": "a@example.org" if unit != alike[2] else "b@example.org"})  # fmt: skip
    search(PERSON)
    likely = Candidate.objects.filter(kind="person", proposed="likely-same")
    assert likely.count() == 1


def test_it_lists_for_the_officer_what_waits(alike, cast):
    search()
    found = rows(cast.officer, queue(cast.officer, Asked()))
    assert [one.names for one in found] == [(alike[0].name, alike[1].name)]
    assert {label["zh"] for label in found[0].agreeing} >= {"名称", "联系电话"}
    assert queue(cast.officer, Asked(text="宏砺")).count() == 0
    assert queue(cast.officer, Asked(text="岑科", proposed="likely-same")).count() == 1
    assert queue(cast.officer, Asked(of=alike[1].subject)).count() == 1


def test_it_takes_merged_pairs_out_of_the_queue(alike, cast):
    search()
    made = merge(SYSTEM, alike[0], alike[1], {}, "同一电话")
    assert queue(cast.officer, Asked()).count() == 0
    assert queue(cast.officer, Asked(said="merged")).count() == 1
    assert made.lost == alike[1].subject


def test_it_shows_what_is_like_an_entry_about_to_be_registered(alike, cast):
    new = Organisation(name="岑科新材料科技有限公司", kind="company", region="990101", contact_phone=PHONE)
    found = lookalikes(cast.officer, ORGANISATION, new)
    assert found[0].entry in alike[:2]
    assert found[0].comparison.verdict == Verdict.SAME
    assert alike[3] not in [one.entry for one in found]


def test_it_does_not_tell_strangers_whose_telephone_it_is(alike, cast):
    new = Organisation(name="另一个名字的公司", kind="company", region="990101", contact_phone=PHONE)
    assert all("phone" not in {row.field for row in one.comparison.fields if row.outcome} for one in lookalikes(cast.manager, ORGANISATION, new))  # fmt: skip
