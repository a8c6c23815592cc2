"""A file of a list carries exactly its rows, columns and order; a long one streams or is made in the background."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from huanchuang.audit.services import SYSTEM
from huanchuang.files.models import Use
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.services import work_off
from huanchuang.registry.models import Need
from huanchuang.registry.queries import export as writing
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.services import register_many, retire
from huanchuang.registry.services.exports import forget_exports
from huanchuang.registry.tests.specimens import specimen
from huanchuang.registry.tests.surfaces import body
from huanchuang.registry.views import listing as page

pytestmark = pytest.mark.django_db
NEED = KINDS["need"]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.HUANCHUANG_DATA = tmp_path


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer)
    return client


@pytest.fixture
def needs(firm, bureau):
    """Seven needs of two units in three kinds, one of them retired."""
    kinds = ["technology", "talent", "finance"]
    rows = [
        {
            "title": f"需求{number}",
            "kind": kinds[number % 3],
            "owner": [firm, bureau][number % 2],
            "budget": str(number * 10),
        }
        for number in range(7)
    ]
    made = register_many(SYSTEM, NEED, rows, "d" * 64).entries
    retire(SYSTEM, made[6], made[6].version, "已解决")
    return made


def address(form, words=""):
    return f"{reverse('registry:need-export', kwargs={'form': form})}{words}"


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def sheets(data):
    """The rows of every sheet, numbers as they are shown."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: [
            [f"{cell:g}" if isinstance(cell, float) else cell for cell in row]
            for row in book.get_sheet_by_name(name).to_python()
        ]
        for name in book.sheet_names
    }


def table(client, words):
    return list(csv.reader(io.StringIO(body(client.get(address("csv", words))).decode("utf-8-sig"))))


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "",
        "?sort=-title",
        "?status=retired",
        "?status=all&sort=owner",
        "?kind=technology",
        "?kind=talent&status=all",
        "?q=需求3",
        "?column=title&column=budget&sort=-budget",
        "?owner={firm}",
        "?owner={firm}&status=all&kind=finance&column=owner&column=retired_on&sort=-retired_on",
    ],
)
def test_every_form_carries_what_the_list_shows(officer, needs, firm, words, streamed, monkeypatch):
    words = words.format(firm=firm.pk)
    shown = officer.get(reverse("registry:needs") + words).context
    heads = [str(head["title"]) for head in shown["heads"]]
    rows = [[NEED.title(row), *cells] for row, cells in shown["rows"]]
    workbook = sheets(officer.get(address("xlsx", words)).content)["需求"]
    if streamed:
        monkeypatch.setattr(page, "AT_ONCE", 0)
    assert table(officer, words) == [heads, *rows]
    lines = body(officer.get(address("jsonl", words))).decode().splitlines()
    assert [list(json.loads(line).values()) for line in lines] == rows
    assert workbook == [heads, *rows]


def test_a_stream_speaks_the_language_of_its_reader(officer, needs, monkeypatch):
    monkeypatch.setattr(page, "AT_ONCE", 0)
    officer.cookies["django_language"] = "en"
    answer = officer.get(address("csv", "?column=title&column=kind"))
    assert answer.streaming
    with translation.override("zh-hans"):  # what the thread may speak by the time the pieces are sent
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "需求类别" not in text


def test_it_asks_no_more_questions_for_more_rows(officer, firm, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(page, "AT_ONCE", 0)
    rows = [{"title": f"N{number}", "kind": "talent", "owner": firm} for number in range(300)]
    register_many(SYSTEM, NEED, rows, "d" * 64)
    with django_assert_max_num_queries(9):
        assert len(body(officer.get(address("csv"))).splitlines()) == 301


@pytest.fixture
def long(monkeypatch):
    """Every workbook counts as long."""
    monkeypatch.setattr(page, "AT_ONCE", 1)


def test_a_long_workbook_is_made_in_the_background_for_whoever_asked(officer, needs, people, client, long):
    words = "?sort=-title&column=title&column=budget&status=all"
    asked = officer.get(address("xlsx", words))
    assert "在后台生成" in asked.content.decode()
    assert not Job.objects.exists()
    started = officer.post(address("xlsx", words))
    again = officer.post(address("xlsx", words))
    assert started.url == again.url
    work_off()
    job = Job.objects.get()
    assert (job.state, job.done) == (State.DONE, 7)
    rows = sheets(content(officer.get(job.result["url"])))["需求"]
    assert rows[0] == ["需求名称", "预算金额（万元）"]
    assert [row[0] for row in rows[1:]] == [f"需求{number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    for other in (people.administrator, people.clerk, people.leader):
        client.force_login(other)
        assert client.get(job.result["url"]).status_code == 404


def test_the_file_holds_what_its_reader_may_see_when_it_is_made(client, people, firm, long):
    specimen(KINDS["achievement"], firm, "公开的")
    specimen(KINDS["achievement"], firm, "公开二")
    secret = specimen(KINDS["achievement"], firm, "保密的", is_confidential=True)
    titles = {}
    for name in ("clerk", "officer"):
        client.force_login(getattr(people, name))
        client.post(f"{reverse('registry:achievement-export', kwargs={'form': 'xlsx'})}?column=title")
        work_off()
        made = sheets(content(client.get(Job.objects.latest("pk").result["url"])))["成果"]
        titles[name] = {row[0] for row in made}
    assert secret.title in titles["clerk"]
    assert secret.title not in titles["officer"]


def test_it_makes_nothing_for_an_account_that_lost_the_right(officer, people, needs, long):
    officer.post(address("xlsx"))
    type(people.officer).objects.filter(pk=people.officer.pk).update(is_active=False)
    work_off()
    job = Job.objects.get()
    assert job.state == State.FAILED
    assert "账户已停用" in job.problem_zh
    assert not Use.objects.exists()


def test_the_file_is_forgotten_after_a_week(officer, needs, long):
    officer.post(address("xlsx"))
    work_off()
    url = Job.objects.get().result["url"]
    assert forget_exports() == 0
    assert officer.get(url).status_code == 200
    before = timezone.now() - dt.timedelta(days=8)
    Job.objects.update(created_at=before)
    Use.objects.update(created_at=before)
    assert forget_exports() == 1
    assert officer.get(url).status_code == 404


def test_all_lists_leave_as_one_archive(officer, people, firm):
    for kind in KINDS.values():
        specimen(kind, firm if kind.owner_field else None)
    where = reverse("registry:export-all")
    assert all(count for _, count in officer.get(where).context["kinds"])
    assert officer.post(where, {"form": "exe"}).status_code == 422
    for form in ("csv", "jsonl", "xlsx"):
        officer.post(where, {"form": form})
        work_off()
        job = Job.objects.latest("pk")
        assert job.state == State.DONE, job.problem_zh
        with zipfile.ZipFile(io.BytesIO(content(officer.get(job.result["url"])))) as archive:
            assert archive.namelist() == [f"{kind.label}.{form}" for kind in KINDS.values()]
            text = b"".join(archive.read(name) for name in archive.namelist())
            assert b"1398765" not in text
    assert len(officer.get(where).context["made"]) == 3


@pytest.mark.parametrize(
    ("person", "status"),
    [("officer", 200), ("administrator", 200), ("leader", 403), ("auditor", 403), ("clerk", 403), ("researcher", 403)],
)  # fmt: skip
def test_all_lists_are_for_officers_and_administrators(client, people, person, status):
    client.force_login(getattr(people, person))
    where = reverse("registry:export-all")
    assert client.get(where).status_code == status
    assert client.post(where, {"form": "csv"}).status_code == (302 if status == 200 else 403)


def test_a_sheet_that_is_full_goes_on_in_the_next(officer, needs, monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 3)
    book = sheets(officer.get(address("xlsx", "?sort=title")).content)
    assert list(book) == ["需求", "需求 2"]
    assert [row[0] for rows in book.values() for row in rows[1:]] == [f"需求{number}" for number in range(6)]


def test_an_empty_list_is_a_file_with_a_head(officer):
    assert table(officer, "")[1:] == []
    assert Need.objects.count() == 0
    assert len(sheets(officer.get(address("xlsx")).content)["需求"]) == 1
    assert body(officer.get(address("jsonl"))) == b""
