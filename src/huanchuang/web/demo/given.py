"""What the office does with a run in the demonstration: firms told of a policy, and lists of those that need not apply."""

from __future__ import annotations

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.services.people import create_user, new_password
from huanchuang.audit.services import SYSTEM
from huanchuang.money.models import Budget
from huanchuang.notices.queries import unread
from huanchuang.notices.services import mark_read
from huanchuang.policies.forms import Box, SupposeForm
from huanchuang.policies.models import Award, Run
from huanchuang.policies.queries.awards import candidates_of, inputs_of, seal_of_facts
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.queries.library import Listed, policy_named
from huanchuang.policies.queries.outlook import card_of
from huanchuang.policies.queries.push import preview_of
from huanchuang.policies.queries.runs import list_of, policy_lines
from huanchuang.policies.services.answers import answer
from huanchuang.policies.services.awards import consent, decline
from huanchuang.policies.services.push import begin_push
from huanchuang.policies.services.rolls import agree, propose_roll
from huanchuang.policies.services.suppositions import keep_supposition
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import join

AGREED, TO_CHECK = "qingcen.graduates", "qingcen.high-tech-reward"
"""The list that was agreed to, and the one that waits for the officer's own check."""
HIGH_TECH, TRIED = "national.high-tech-enterprise", {"tech-staff": "9人"}
OTHERS, LISTED = 5, 6
WORD = "有疑问请联系区科技局政策法规科。"
MATCHED = "社会保险数据比对（2026年6月）"
ACCOUNT = "6200000000001234"


def match_insurance(officer: User, run: Run, lead: Organisation) -> None:
    """The insured graduates of a few firms were compared with the data of the insurance office."""
    one = policy_named(AGREED)
    if one is None:
        return
    open_ones = [row.organisation for row in list_of(run, one, "unknown") if len(row.unknown) == 1]
    until = run.as_of.replace(month=12, day=31)
    for key in [lead.pk, *(other for other in open_ones if other != lead.pk)][:LISTED]:
        firm = Organisation.objects.get(pk=key)
        answer(actor_of(officer), firm, AGREED, "insured", is_met=True, basis=MATCHED, valid_until=until)


def push(officer: User, clerk: User, run: Run) -> None:
    """The first policy of the district that reaches a firm with an account is told to a few of its list; one has opened it."""
    for line in policy_lines(run):
        keys = [row.organisation for row in list_of(run, line.listed, "yes")]
        reached = preview_of(line.listed.id, line.listed.policy.version, keys).reached
        if not line.listed.is_example or not reached:
            continue
        others = [key for key in keys if key not in reached][:OTHERS]
        begin_push(officer, run, line.listed, "yes", [*reached, *others], message=WORD, inline=True)
        for notice in unread(clerk).filter(kind="policies.push"):
            mark_read(clerk, notice.pk, actor_of(clerk))
        return


def suppose(clerk: User, run: Run, lead: Organisation) -> None:
    """The clerk has tried what one more technician would bring, and kept it under a name."""
    found = found_for(lead, HIGH_TECH, run.as_of)
    if found is None:
        return
    boxes = {key: Box(key, period, shown) for key, period, shown in found.figures("zh")}
    form = SupposeForm(
        {boxes[key].name: value for key, value in TRIED.items() if key in boxes}, boxes=list(boxes.values())
    )
    if form.is_valid() and form.changes():
        other = card_of(found.card.listed, found.subject, found.as_of, found.answers, form.supposed())
        keep_supposition(actor_of(clerk), lead, "再招一名科技人员", found.card, other, form.changes())


def give(officer: User, run: Run, budget: Budget) -> None:
    """One list agreed to by a colleague, of which a firm takes and a firm leaves what it is offered; one to be checked."""
    colleague = _person("colleague", "方科员", Role.OFFICER)
    agreed, to_check = policy_named(AGREED), policy_named(TO_CHECK)
    if agreed is not None and (keys := _free(run, agreed)):
        roll = propose_roll(officer, run, agreed, budget, keys)
        agree(colleague, roll, roll.version, "与社会保险数据核对无误")
        _answered(list(roll.awards.filter(organisation__memberships=None).order_by("-fen", "pk")))
    if to_check is not None and (keys := _free(run, to_check)):
        propose_roll(colleague, run, to_check, budget, keys[:LISTED])


def _answered(awards: list[Award]) -> None:
    bookkeeper = _person("bookkeeper", "陆会计", Role.CLERK)
    for award, takes in zip(awards, (True, False), strict=False):
        join(SYSTEM, bookkeeper, award.organisation, since=award.roll.as_of)
        found = found_for(award.organisation, award.policy, award.roll.as_of)
        if takes and found is not None:
            seal = seal_of_facts(inputs_of(found.subject, found.card), found.card.decision.fen)
            consent(bookkeeper, award, seal, ACCOUNT)
        else:
            decline(bookkeeper, award, "已享受市级同类补助")


def _free(run: Run, one: Listed) -> list[int]:
    return [row.organisation for row in candidates_of(run, one) if not row.barred]


def _person(username: str, name: str, role: Role) -> User:
    """Somebody who acts in the story and does not sign in: nobody is told the password."""
    return create_user(SYSTEM, username, name, role.value, new_password(), must_change=False)
