"""Steps of an import, each a job."""

from __future__ import annotations

from huanchuang.jobs import effects as jobs
from huanchuang.registry.services.imports.run import STEPS, perform_step

for kind in STEPS:
    jobs.body(kind)(perform_step)
