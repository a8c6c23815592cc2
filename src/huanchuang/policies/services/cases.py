"""Take what is known of an organisation as an example case of a draft."""

from __future__ import annotations

from huanchuang.audit import services as audit
from huanchuang.definitions.models import Draft
from huanchuang.definitions.services import save_draft
from huanchuang.engines.kernel import refuse
from huanchuang.packs.editing import add_item
from huanchuang.packs.pack import CASES
from huanchuang.packs.texts import prove
from huanchuang.policies.queries.decided import Found
from huanchuang.policies.queries.tried import case_of


def add_case(actor: audit.Actor, draft: Draft, expected_version: int, found: Found) -> Draft:
    """The draft with one case more, which gives what was found. EditedMeanwhile as ever; ProblemError where a case cannot
    say what is known of the organisation, for example records of the register that are counted."""
    text = add_item(draft.files.get(CASES, "cases:\n"), ("cases",), case_of(draft, found))
    files = {**draft.files, CASES: text}
    before, after = (prove(draft.kind, draft.pack, one) for one in (draft.files, files))
    if len(after.asked) != len(before.asked) + 1 or not after.asked[-1].passed:
        raise refuse(
            "policies.case.unsaid",
            (
                found.organisation.name,
                "这家的数据不能写成案例：规则数的是登记簿里的记录，或数值写出来不再是原值",
                "请在“文本”里手写这个案例",
            ),
            (
                found.organisation.name,
                "what is known of it cannot be written as a case: records are counted, or a value is not exact in words",
                "Write this case by hand under Text",
            ),
        )
    return save_draft(actor, draft, expected_version, files)
