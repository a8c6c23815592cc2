"""Somebody asks for long work; it runs, reports, ends."""

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.jobs import effects, services
from huanchuang.jobs.models import State

pytestmark = pytest.mark.django_db


def test_it_runs_a_body_and_keeps_its_result(monkeypatch):
    monkeypatch.setattr(effects, "bodies", effects.Bodies())
    effects.body("test.count")(lambda run: run.progress(3, 3) or {"text": run.payload["word"]})
    job = services.start("test.count", SYSTEM, {"word": "好"}, "数一数")
    assert job.state == State.QUEUED
    assert services.work_off() == 1
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total) == (State.DONE, {"text": "好"}, 3, 3)
