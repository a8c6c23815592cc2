"""Somebody looks at jobs: the own ones; an administrator at all; nobody else at any."""

import pytest
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.jobs import services
from huanchuang.jobs.models import Job, State

pytestmark = pytest.mark.django_db
OTHERS = ("reporter", "clerk", "researcher", "manager", "reviewer", "leader", "auditor", "stranger")


@pytest.fixture
def job(cast):
    return services.start("test.none", actor_of(cast.officer), {}, "读取《工作要点》", dedupe="k")


@pytest.mark.parametrize("page", ["show", "progress"])
def test_only_owner_and_administrator_see_a_job(client, cast, job, page):
    url = reverse(f"jobs:{page}", args=[job.pk])
    for who in ("officer", "administrator", *OTHERS):
        client.force_login(getattr(cast, who))
        assert client.get(url).status_code == (404 if who in OTHERS else 200), who


def test_who_asked_for_the_same_may_look_but_not_cancel(client, cast, job):
    services.start("test.none", actor_of(cast.leader), {}, "x", dedupe="k")
    client.force_login(cast.leader)
    page = client.get(reverse("jobs:show", args=[job.pk]))
    assert page.status_code == 200
    assert "取消任务" not in page.content.decode()
    assert client.post(reverse("jobs:cancel", args=[job.pk])).status_code == 404


@pytest.mark.parametrize("who", OTHERS)
def test_others_cannot_cancel(client, cast, job, who):
    client.force_login(getattr(cast, who))
    assert client.post(reverse("jobs:cancel", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.cancel_asked_at is None


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_owner_and_administrator_cancel(client, cast, job, who):
    client.force_login(getattr(cast, who))
    answer = client.post(reverse("jobs:cancel", args=[job.pk]), follow=True)
    assert "任务已取消" in answer.content.decode()
    assert client.get(reverse("jobs:cancel", args=[job.pk])).status_code == 405


def test_nobody_is_sent_to_the_sign_in(client, job):
    for name in ("show", "progress"):
        assert client.get(reverse(f"jobs:{name}", args=[job.pk])).status_code == 302
    assert client.get(reverse("jobs:list")).status_code == 302


def test_the_bar_asks_again_until_the_end(client, cast, job):
    client.force_login(cast.officer)
    url = reverse("jobs:progress", args=[job.pk])
    page = reverse("jobs:show", args=[job.pk])
    Job.objects.update(state=State.RUNNING, done=30, total=120, started_at=job.created_at)
    assert f'hx-get="{url}"' in client.get(page).content.decode()
    answer = client.get(url)
    running = answer.content.decode()
    assert "HX-Refresh" not in answer
    assert 'role="progressbar"' in running
    assert 'value="25"' in running
    assert "预计还需" in running
    Job.objects.update(
        state=State.DONE, result={"url": "/steering/", "text": "共 12 项"}, finished_at=job.created_at
    )
    assert client.get(url)["HX-Refresh"] == "true"
    done = client.get(page).content.decode()
    assert "hx-get" not in done
    assert 'href="/steering/"' in done
    assert "共 12 项" in done


@pytest.mark.parametrize(("language", "told"), [("zh-hans", "日期不对"), ("en", "bad date")])
def test_a_failure_is_told_in_the_readers_language(client, cast, job, language, told):
    Job.objects.update(state=State.FAILED, problem_zh="日期不对", problem_en="bad date")
    client.force_login(cast.officer)
    client.cookies["django_language"] = language
    assert told in client.get(reverse("jobs:show", args=[job.pk])).content.decode()


def test_the_list_holds_the_own_jobs(client, cast, job):
    client.force_login(cast.officer)
    assert "读取《工作要点》" in client.get(reverse("jobs:list")).content.decode()
    client.force_login(cast.clerk)
    assert "还没有后台任务" in client.get(reverse("jobs:list")).content.decode()


def test_the_list_asks_the_database_no_more_for_many(client, cast, job, django_assert_max_num_queries):
    for number in range(60):
        services.start("test.none", actor_of(cast.officer), {}, f"任务{number}")
    client.force_login(cast.officer)
    with django_assert_max_num_queries(10):
        assert "第 1 / 2 页" in client.get(reverse("jobs:list")).content.decode()


def test_the_api_tells_how_far(client, cast, job):
    Job.objects.update(state=State.RUNNING, done=30, total=120, started_at=job.created_at)
    client.force_login(cast.officer)
    told = client.get(f"/api/v1/jobs/{job.pk}").json()
    assert (told["id"], told["state"], told["percent"]) == (job.pk, "running", 25)


@pytest.mark.parametrize("who", OTHERS)
def test_the_api_tells_others_nothing(client, cast, job, who):
    client.force_login(getattr(cast, who))
    assert client.get(f"/api/v1/jobs/{job.pk}").status_code == 404


def test_the_api_tells_nobody_nothing(client, job):
    assert client.get(f"/api/v1/jobs/{job.pk}").status_code == 401
