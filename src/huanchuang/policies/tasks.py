"""Bodies of jobs of policies."""

from __future__ import annotations

from huanchuang.jobs import effects as jobs
from huanchuang.policies.services.runs import JOB, carry_out

jobs.body(JOB)(carry_out)
