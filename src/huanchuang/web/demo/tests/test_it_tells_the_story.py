"""The plan in the repository, and the ledger as a visitor first sees it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from huanchuang.accounts.models import User
from huanchuang.engines.reader import paper_from_bytes
from huanchuang.notices.models import Notice
from huanchuang.steering.models import Plan, Report, Target
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import all_rows
from huanchuang.web.demo import load, paper

DAY = dt.date(2026, 6, 30)


def test_the_word_file_agrees_with_its_text():
    text = paper.SOURCE.read_text(encoding="utf-8")
    assert paper_from_bytes(paper.PLAN.read_bytes(), "docx").text.strip() == text.strip()


def test_the_same_text_gives_the_same_bytes():
    text = paper.SOURCE.read_text(encoding="utf-8")
    assert paper.plan_document(text) == paper.plan_document(text) == paper.PLAN.read_bytes()


@pytest.fixture
def loaded(db) -> Plan:
    load()
    return Plan.objects.earliest("pk")


def test_the_demonstration_shows_every_colour_and_state(loaded):
    officer = User.objects.get(username="demo-officer")
    rows = all_rows(officer, Filters(), DAY)
    lights = Counter(row.light.colour.value for row in rows)
    assert set(lights) == {"green", "amber", "red", "grey"}
    assert {row.target.state for row in rows} == {
        "not_started",
        "in_progress",
        "to_verify",
        "closed",
        "ended",
    }
    growth = Target.objects.get(plan=loaded, name="技术合同成交额")
    assert (growth.value, growth.unit, growth.comparator) == (30, "%", "growth")
    assert Notice.objects.filter(user=officer, kind="steering.close_requested").exists()
    unknown = [
        duty.unit for row in rows for duty in (*row.leads, *row.co_units) if duty.organisation_id is None
    ]
    assert set(unknown) <= {"各镇街", "有关单位"}

    before = (Report.objects.count(), Target.objects.count(), Notice.objects.count(), User.objects.count())
    load()  # at once, by its mark
    (Path(settings.HUANCHUANG_DATA) / "demonstration.loaded").unlink()
    load()  # and gone through again, part by part
    assert (
        Report.objects.count(),
        Target.objects.count(),
        Notice.objects.count(),
        User.objects.count(),
    ) == before


def test_a_story_that_was_broken_off_is_told_from_its_beginning(db, monkeypatch):
    def killed(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("huanchuang.web.demo.story.decide_change", killed)
        with pytest.raises(KeyboardInterrupt):
            load()
    assert not Report.objects.exists()
    load()
    assert Report.objects.count() > 40
    assert Target.objects.filter(state="ended").exists()
