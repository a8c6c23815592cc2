"""Rules in the demonstration: the version of next year, published by a second person; one that waits; one that is begun."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.versions import versions_of
from huanchuang.definitions.services import publish, save_draft, start_draft, submit
from huanchuang.definitions.services.start import continued_files, moved_to, skeleton_files
from huanchuang.orm import clock
from huanchuang.packs.editing import set_value

KIND, DEFINITION = "policies", "policy.yaml"
NEXT_YEAR, WAITING, NEW = "qingcen.patent-navigation", "qingcen.graduates", "qingcen.data-element-trial"
TITLE = "数据要素应用试点补助（青岑区示例，征求意见）"
TITLE_EN = "Support for trials with data (example of Qingcen, for comment)"


@transaction.atomic
def tell(officer: User, administrator: User) -> None:
    """Once; a second call changes nothing."""
    if Draft.objects.exists():
        return
    first = dt.date(clock.today().year + 1, 1, 1)
    ready = _continued(officer, NEXT_YEAR, first)
    publish(actor_of(administrator), ready, ready.version, "区政府常务会议通过（演示），明年起执行")
    _continued(officer, WAITING, first)
    files = dict(skeleton_files(KIND, NEW))
    files[DEFINITION] = set_value(files[DEFINITION], ("title",), TITLE)
    files[DEFINITION] = set_value(files[DEFINITION], ("title_en",), TITLE_EN)
    start_draft(actor_of(officer), KIND, NEW, files)


def _continued(officer: User, pack: str, first: dt.date) -> Draft:
    """The next version of a policy from a day on, submitted."""
    actor, last = actor_of(officer), versions_of(KIND)[pack][-1]
    made = start_draft(actor, KIND, pack, continued_files(last), based_on=last.digest)
    saved = save_draft(actor, made, made.version, moved_to(KIND, made.files, first))
    return submit(actor, saved, saved.version)
