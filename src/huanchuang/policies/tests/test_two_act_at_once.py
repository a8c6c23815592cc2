"""Two officers, or one who clicks twice, and a version that is published meanwhile: nothing is done twice or under old rules."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.services import SYSTEM
from huanchuang.definitions.queries.versions import versions_of
from huanchuang.definitions.services import publish, save_draft, start_draft, submit
from huanchuang.definitions.services.start import continued_files, moved_to
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.services import cancel, work_off
from huanchuang.money.models import Budget
from huanchuang.notices.models import Notice
from huanchuang.orm import clock
from huanchuang.policies.models import Award, Forecast, Push, Roll, Telling
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.services import push as pushing
from huanchuang.policies.services.awards import consent, withdraw
from huanchuang.policies.services.forecasts import Asked, begin_forecast
from huanchuang.policies.services.push import begin_push
from huanchuang.policies.services.rolls import propose_roll
from huanchuang.policies.services.runs import begin_run
from huanchuang.registry.services import join

from .test_it_gives_without_application import ACCOUNT, DAY, opened, prepared, seal
from .test_it_tells_whom_it_concerns import REWARD, start_up


def published_today(cast) -> None:
    """The next version of the reward decides from today on."""
    officer, last = actor_of(cast.officer), versions_of("policies")[REWARD][-1]
    made = start_draft(officer, "policies", REWARD, continued_files(last), based_on=last.digest)
    files = moved_to("policies", made.files, last.pack.content.policy.valid_from)
    asked = save_draft(officer, made, made.version, files)
    asked = submit(officer, asked, asked.version)
    publish(actor_of(cast.administrator), asked, asked.version, "常务会议通过")


@pytest.fixture
def ready(cast):
    return prepared(cast)


@pytest.mark.django_db
class TestTheSameAgain:
    def test_a_run_that_is_under_way_is_the_run(self, ready):
        first = begin_run(ready.cast.officer, DAY)
        again, other = begin_run(ready.cast.officer, DAY), begin_run(ready.second, DAY)
        assert first.pk == again.pk == other.pk
        assert begin_run(ready.cast.officer, DAY - dt.timedelta(days=1)).pk != first.pk
        work_off()
        assert begin_run(ready.second, DAY).pk != first.pk
        assert list(first.job.watchers.all()) == [ready.second]

    def test_the_second_officer_sees_the_run_of_the_first(self, client, ready):
        first = begin_run(ready.cast.officer, DAY)
        client.force_login(ready.second)
        sent = client.post(reverse("policies:runs"), {"as_of": DAY.isoformat()})
        assert sent.url == reverse("policies:run", args=[first.pk])
        assert client.get(sent.url).status_code == 200
        assert client.get(reverse("jobs:progress", args=[first.job_id])).status_code == 200

    def test_a_forecast_clicked_twice_is_one(self, ready):
        asked = Asked(DAY, "60%", "假设")
        one = begin_forecast(ready.cast.officer, ready.one, asked)
        assert begin_forecast(ready.cast.officer, ready.one, asked).pk == one.pk
        other = begin_forecast(ready.cast.officer, ready.one, Asked(DAY, "50%", "假设"))
        assert (Forecast.objects.count(), other.pk == one.pk) == (2, False)

    def test_telling_again_clicked_twice_tells_once_more_and_not_twice(self, ready):
        begin_push(ready.cast.officer, ready.run, ready.one, "yes", inline=True)
        told = Notice.objects.filter(kind="policies.push").count()
        again = {"again_because": "金额有调整"}
        one = begin_push(ready.cast.officer, ready.run, ready.one, "yes", **again)
        assert begin_push(ready.second, ready.run, ready.one, "yes", **again).pk == one.pk
        work_off()
        assert Notice.objects.filter(kind="policies.push").count() == 2 * told
        assert Push.objects.count() == 2

    def test_a_list_clicked_twice_is_proposed_once(self, client, ready):
        client.force_login(ready.cast.officer)
        address = reverse("policies:roll-propose", args=[ready.run.pk, REWARD])
        given = {"budget": ready.budget.pk, "chosen": [firm.pk for firm in ready.firms]}
        assert [client.post(address, given).status_code for _click in range(2)] == [302, 422]
        assert (Roll.objects.count(), Award.objects.count()) == (1, 2)

    def test_agreeing_and_consenting_clicked_twice_count_once(self, client, ready):
        client.force_login(ready.cast.officer)
        roll = propose_roll(ready.cast.officer, ready.run, ready.one, ready.budget, [ready.firms[0].pk])
        client.force_login(ready.second)
        address, given = (
            reverse("policies:roll-check", args=[roll.pk]),
            {"deed": "agree", "version": roll.version},
        )
        assert [client.post(address, given).status_code for _click in range(2)] == [302, 422]
        assert Notice.objects.filter(kind="policies.award").count() == 1
        award = roll.awards.get()
        client.force_login(ready.cast.clerk)
        address, given = (
            reverse("policies:award-consent", args=[award.pk]),
            {"seal": seal(award), "account": ACCOUNT},
        )
        assert [client.post(address, given).status_code for _click in range(2)] == [302, 422]
        assert Budget.objects.get().reserved == Money.parse("20万元")


@pytest.mark.django_db
class TestPublishedMeanwhile:
    def test_a_run_under_way_keeps_the_versions_it_began_with(self, ready, monkeypatch):
        from huanchuang.policies.services import runs as running

        answers = running.results_of

        def published_within(*words, **more):
            published_today(ready.cast)
            return answers(*words, **more)

        before = policy_named(REWARD).pack.hash
        monkeypatch.setattr(running, "results_of", published_within)
        run = begin_run(ready.cast.officer, DAY, inline=True)
        kept = {one["policy"]: one["digest"] for one in run.definitions}
        assert kept[REWARD] == before != policy_named(REWARD).pack.hash

    def test_nobody_is_told_by_a_version_that_was_not_asked_for(self, ready):
        push = begin_push(ready.cast.officer, ready.run, ready.one, "yes")
        published_today(ready.cast)
        work_off()
        push.job.refresh_from_db()
        assert push.job.state == State.FAILED
        assert "请重新测算" in push.job.problem_zh
        assert not Telling.objects.exists()

    def test_an_old_list_is_neither_told_nor_proposed(self, ready):
        published_today(ready.cast)
        with pytest.raises(ProblemError, match="请重新测算"):
            begin_push(ready.cast.officer, ready.run, ready.one, "yes")
        with pytest.raises(ProblemError, match="请重新测算"):
            propose_roll(ready.cast.officer, ready.run, ready.one, ready.budget, [ready.firms[0].pk])


@pytest.mark.django_db
def test_a_push_called_off_in_the_middle_is_finished_by_the_next(cast, monkeypatch):
    firms = [start_up(f"青岑符合{number}号科技有限公司") for number in range(5)]
    for firm in firms:
        join(SYSTEM, cast.clerk, firm, since=dt.date(2020, 1, 1))
    monkeypatch.setattr(pushing, "AT_ONCE", 2)
    tell = pushing.tell

    def then_called_off(push, one, chosen, actor):
        if Telling.objects.count() == 2:
            cancel(Job.objects.get(kind=pushing.JOB, state=State.RUNNING), SYSTEM)
        return tell(push, one, chosen, actor)

    monkeypatch.setattr(pushing, "tell", then_called_off)
    run = begin_run(cast.officer, DAY, inline=True)
    first = begin_push(cast.officer, run, policy_named(REWARD), "yes", inline=True)
    assert (first.job.state, first.tellings.count()) == (State.CANCELLED, 2)
    monkeypatch.setattr(pushing, "tell", tell)
    second = begin_push(cast.officer, run, policy_named(REWARD), "yes", inline=True)
    states = list(second.tellings.order_by("pk").values_list("state", flat=True))
    assert states == ["before", "before", "told", "told", "told"]
    assert Notice.objects.filter(kind="policies.push").count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_firm_consents_while_the_office_takes_back(cast):
    """Whoever comes first: what is reserved at the end is what stands as given."""
    ready = prepared(cast, names=4)
    awards = opened(ready)
    shown = {award.pk: seal(award) for award in awards}

    def hand(deed):
        kind, award = deed
        try:
            if kind == "give":
                consent(cast.clerk, award, shown[award.pk], ACCOUNT)
            else:
                withdraw(cast.officer, award, "公示期收到异议")
        except ProblemError:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as hands:
        list(hands.map(hand, [(kind, award) for award in awards for kind in ("give", "back")]))
    given = Award.objects.filter(state="given")
    assert Award.objects.filter(state="withdrawn").count() + given.count() == 4
    assert Budget.objects.get().reserved.fen == sum(award.fen for award in given)
    assert clock.today() == DAY
