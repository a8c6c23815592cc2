"""All organisations are put to all policies as a job: equal to deciding one by one, with groups that nobody reaches."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import polars as pl
import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.jobs.services import work_off
from huanchuang.policies.models import Run
from huanchuang.policies.queries import runs as known
from huanchuang.policies.queries.decided import needed_of
from huanchuang.policies.queries.known import subject_of
from huanchuang.policies.queries.library import in_force
from huanchuang.policies.queries.outlook import card_of, decided_for, outlook_of
from huanchuang.policies.queries.population import asked_organisations, results_of
from huanchuang.policies.services.answers import answer
from huanchuang.policies.services.runs import begin_run
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import register_organisation
from huanchuang.web.demo.district import load

from .conftest import HTE, note

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)


@pytest.fixture
def several(firm):
    """Four firms: one meets all, one misses by a person, one has nothing on file, one is closed; and a bureau."""
    near = register_organisation(
        SYSTEM,
        name="青岑近似科技有限公司",
        kind="company",
        region="990101",
        industry="6513",
        founded_on=dt.date(2024, 1, 1),
    )
    empty = register_organisation(SYSTEM, name="青岑空白科技有限公司", kind="company", region="990101")
    register_organisation(SYSTEM, name="青岑区某局", kind="bureau", region="990101")
    note(near, "staff", "2025", "10", "人")
    note(near, "tech-staff", "2025", "0", "人")
    return firm, near, empty


def test_columns_say_what_deciding_one_by_one_says(several):
    frame = results_of(asked_organisations(), in_force(DAY), DAY)
    assert frame[known.KEY].to_list() == [one.pk for one in several]
    words = {value: word for word, value in known.RESULTS.items()}
    for one in several:
        row = frame.row(by_predicate=pl.col(known.KEY) == one.pk, named=True)
        for card in outlook_of(one, DAY).cards:
            assert words[row[card.listed.id]] == card.result, (one.name, card.listed.id)
            if f"{card.listed.id}/fen" in row:
                assert row[f"{card.listed.id}/fen"] == card.decision.fen


def test_one_policy_for_many_reads_only_what_it_asks_for_and_says_the_same(several):
    for listed in in_force(DAY):
        found = {
            subject.organisation.pk: (subject, card) for subject, card in decided_for(several, listed, DAY)
        }
        for one in several:
            whole = subject_of(one, DAY)
            subject, card = found[one.pk]
            alone = card_of(listed, whole, DAY, {}).decision
            assert (card.result, card.decision.fen) == (alone.result, alone.fen), listed.id
            assert (card.decision.missing, card.decision.distance) == (alone.missing, alone.distance), (
                listed.id
            )
            assert card.decision.trace().lines() == alone.trace().lines(), listed.id
            needed = [(fact.key, period) for fact, period in needed_of(card)]
            assert [subject.taken.get(place) for place in needed] == [
                whole.taken.get(place) for place in needed
            ]


def test_answers_of_people_count_in_columns_too(several):
    firm = several[0]
    for listed in in_force(DAY):
        for requirement in listed.policy.requirements_on(DAY):
            if requirement.condition is None and not listed.for_carriers:
                answer(SYSTEM, firm, listed.id, requirement.id, is_met=True, basis="看过原件")
    frame = results_of(asked_organisations(), in_force(DAY), DAY)
    row = frame.row(by_predicate=pl.col(known.KEY) == firm.pk, named=True)
    words = {value: word for word, value in known.RESULTS.items()}
    for card in outlook_of(firm, DAY).cards:
        assert words[row[card.listed.id]] == card.result, card.listed.id
        assert row.get(f"{card.listed.id}/fen") == card.decision.fen


def test_a_run_is_a_job_with_a_result_that_lists_and_counts(client, own, several):
    client.force_login(own.officer)
    sent = client.post(reverse("policies:runs"), {"as_of": "2026-06-30"})
    run = Run.objects.get()
    assert sent.url == reverse("policies:run", args=[run.pk])
    assert "排队中" in client.get(sent.url).content.decode()
    work_off()
    run.refresh_from_db()
    assert (run.organisations, run.job.state) == (3, "done")
    assert run.counts[HTE] == {"yes": 1, "no": 1, "unknown": 1, "fen": 0}
    whole = client.get(reverse("policies:run", args=[run.pk])).content.decode()
    lines = known.policy_lines(run)
    still_open = [
        line
        for line in lines
        if line.counts["unknown"] * 2 > sum(line.counts[word] for word in ("yes", "no", "unknown"))
    ]
    most = max(line.counts["unknown"] for line in lines)
    assert f"{len(lines)} 项政策里有 {len(still_open)} 项一半以上的主体无法判断" in whole
    assert f"，{most} 家" in whole
    page = client.get(reverse("policies:run-policy", args=[run.pk, HTE]))
    assert [firm.name for firm, *_rest in page.context["rows"]] == [several[0].name]
    missed = client.get(reverse("policies:run-policy", args=[run.pk, HTE]), {"result": "no"}).content.decode()
    assert several[1].name in missed
    assert "科技人员占职工总数的比例" in missed
    sheet = client.get(reverse("policies:run-export", args=[run.pk, HTE, "csv"]), {"result": "yes"})
    assert several[0].name in sheet.content.decode("utf-8-sig")
    assert client.get(reverse("policies:run-export", args=[run.pk, HTE, "pdf"])).status_code == 404
    assert client.get(reverse("policies:run-policy", args=[run.pk, "national.nothing"])).status_code == 404


def test_it_can_be_read_again_years_later(own, several):
    run = begin_run(own.officer, DAY, inline=True)
    before = known.policy_lines(run)
    note(several[0], "tech-staff", "2025", "1", "人")
    Organisation.objects.filter(pk=several[2].pk).update(retired_on=DAY)
    again = Run.objects.get(pk=run.pk)
    assert [(line.listed.id, line.counts) for line in known.policy_lines(again)] == [
        (line.listed.id, line.counts) for line in before
    ]
    assert all(len(one["digest"]) == 64 for one in again.definitions)


def test_a_run_taken_over_after_its_end_changes_nothing(own, several):
    run = begin_run(own.officer, DAY, inline=True)
    digest = run.file.digest
    again = begin_run(own.officer, DAY, inline=True)
    assert again.file.digest == digest  # the same data, the same bytes


def test_it_finds_the_groups_that_nobody_reaches(own, several):
    for place in range(4):
        one = register_organisation(
            SYSTEM,
            name=f"青岑盲区{place}号农业有限公司",
            kind="company",
            region="990101",
            industry="0111",
            founded_on=dt.date(2026, 6, 1),
        )
        for key, value in (("staff", "10"), ("tech-staff", "0")):
            note(one, key, "2025", value, "人")
    run = begin_run(own.officer, DAY, inline=True)
    matrix = known.matrix_of(run, "industry", "size", ["recognition"])
    cells = {(name, cell.across): cell for name, row in matrix.rows for cell in row if cell}
    farm = next(cell for (name, _), cell in cells.items() if name == "01")
    assert farm.organisations == 4
    assert sum(cell.organisations for cell in cells.values()) == run.organisations
    for cell in cells.values():
        assert cell.reached + cell.open <= cell.organisations


def test_a_day_without_policies_is_refused(client, own):
    with pytest.raises(ProblemError, match="没有有效的政策"):
        begin_run(own.officer, dt.date(1999, 1, 1))
    client.force_login(own.officer)
    assert client.post(reverse("policies:runs"), {"as_of": "1999-01-01"}).status_code == 422
    assert client.post(reverse("policies:runs"), {"as_of": "2026-02-30"}).status_code == 422
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("leader", 200),
        ("auditor", 200),
        ("clerk", 403),
        ("stranger", 403),
        ("manager", 403),
    ],
)
def test_runs_are_for_the_authority(client, own, firm, person, status):
    run = begin_run(own.officer, DAY, inline=True)
    client.force_login(getattr(own, person))
    for name, words in (
        ("runs", []),
        ("run", [run.pk]),
        ("blind-spots", [run.pk]),
        ("run-policy", [run.pk, HTE]),
    ):
        assert client.get(reverse(f"policies:{name}", args=words)).status_code == status, name
    if person != "officer":
        assert client.post(reverse("policies:runs"), {"as_of": "2026-06-30"}).status_code == 403
    assert Run.objects.count() == 1


def test_the_whole_district_agrees_with_one_by_one(own):
    load(SYSTEM)
    frame = results_of(asked_organisations(), in_force(DAY), DAY)
    words = {value: word for word, value in known.RESULTS.items()}
    assert frame.height > 200
    told = StringIO()
    for one in asked_organisations()[:60]:
        row = frame.row(by_predicate=pl.col(known.KEY) == one.pk, named=True)
        for card in outlook_of(one, DAY).cards:
            if (
                words[row[card.listed.id]] != card.result
                or row.get(f"{card.listed.id}/fen") != card.decision.fen
            ):
                told.write(f"{one.name} {card.listed.id}\n")
    assert told.getvalue() == ""
