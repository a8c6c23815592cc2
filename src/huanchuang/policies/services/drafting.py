"""From confirmed proposals to a draft of a definition. What nobody confirmed does not enter it."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.definitions.models import Draft
from huanchuang.definitions.services import start_draft
from huanchuang.engines.kernel import refuse
from huanchuang.orm import clock
from huanchuang.packs.policies import criteria
from huanchuang.packs.policies.proposal import Item
from huanchuang.packs.policies.proposal.draft import files_of
from huanchuang.policies.models import PaperState, PolicyPaper
from huanchuang.policies.queries.papers import Review, is_open, review_of

KIND = "policies"


def make_draft(user: User, paper: PolicyPaper, pack: str) -> Draft:
    """A draft of the confirmed proposals under an id. ProblemError where nothing is asked, or the id cannot be used."""
    actor = actor_of(user)
    with transaction.atomic():
        locked = PolicyPaper.objects.select_for_update().get(pk=paper.pk)
        taken = taken_items(review_of(locked))
        if not is_open(locked) or not any(item.kind == "requirement" for item in taken):
            raise refuse(
                "policies.paper.empty",
                ("草稿", "还没有采纳任何条件", "至少采纳一条条件，再生成草稿"),
                ("Draft", "no condition has been taken yet", "Take one at least, then make the draft"),
            )
        files = files_of(pack, taken, criteria(), clock.today())
        draft = start_draft(actor, KIND, pack, files, source=f"政策文件《{locked.title}》"[:200])
        locked.pack, locked.state = pack, PaperState.DRAFTED
        locked.save()
        audit.record(actor, "policies.paper.draft", locked.subject, after={"pack": pack, "items": len(taken)})
    return draft


def taken_items(review: Review) -> list[Item]:
    """The confirmed items with the values that hold; a sentence left over that was taken is a requirement."""
    found = []
    for line in review.lines:
        if line.state == "taken":
            kind = "requirement" if line.asks else line.item.kind
            found.append(replace(line.item, kind=kind, value=line.value))
    return found
