"""Bodies of jobs of policies."""

from __future__ import annotations

from huanchuang.jobs import effects as jobs
from huanchuang.policies.services import forecasts, papers, push, runs

jobs.body(runs.JOB)(runs.carry_out)
jobs.body(push.JOB)(push.carry_out)
jobs.body(forecasts.JOB)(forecasts.carry_out)
jobs.body(papers.JOB)(papers.carry_out)
