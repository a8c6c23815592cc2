"""Work that joins slices: the trail is sealed every minute and proven in the background when it is long; once a day
files that nothing uses go, and the database looks at the sizes of its tables."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from huanchuang.audit import services as audit
from huanchuang.files import services as files
from huanchuang.jobs.effects import body, every
from huanchuang.jobs.services import Run
from huanchuang.orm.statistics import refresh_statistics

VERIFY = "web.verify_trail"

every(60, "web.seal_trail")(audit.seal)
every(24 * 3600, "web.remove_unused_files")(files.remove_unused)
every(24 * 3600, "web.refresh_statistics")(refresh_statistics)


@body(VERIFY)
def verify_trail(run: Run) -> dict[str, Any]:
    """Prove the whole trail; the result names the first damages."""
    proof = audit.verify()
    damages = [problem.text() for problem in proof.problems[:5]]
    return {"text": "\n".join([proof.text(), *damages]), "url": reverse("web:audit")}
