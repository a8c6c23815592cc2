"""What a line is measured against: baseline or reference, the list to be covered, the nodes on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm.models import save_versioned
from huanchuang.registry.queries import resolve_units
from huanchuang.steering.models import Basis, Member, Node, State, Target, Transition
from huanchuang.steering.queries.typed import HUNDRED, PLACES, needs_baseline, needs_list
from huanchuang.steering.services.rights import must_answer_for, must_be_bureau
from huanchuang.steering.services.steps import Step, locked, must_be, must_have_reason, take

OPEN = (State.NOT_STARTED, State.IN_PROGRESS, State.TO_VERIFY)
MOST_NAMES = 5000


@dataclass(frozen=True)
class NodeGiven:
    """A node as it is typed: words, a figure in the unit of the line, or a percent; one of the three at least."""

    due_on: dt.date
    text: str = ""
    value: Decimal | None = None
    percent: int | None = None


@transaction.atomic
def record_basis(user: User, target: Target, as_of: dt.date, value: Decimal, unit: str, source: str) -> Basis:
    """Record the baseline of a growth or the reference of a benchmark, with its source.

    Figures that were reported before stay what they were: a growth is computed when it is reported.
    Raises ProblemError for lines that need none, for no source, and for a baseline that is not above zero.
    """
    must_be_bureau(user)
    target = locked(target)
    must_be(target, OPEN, Transition.Verb.ADJUST)
    grows = needs_baseline(target.kind, target.unit)
    if not grows and target.kind != "benchmark":
        raise refuse(
            "steering.no_basis_needed",
            (f"“{target.name}”", "不是增长或对标目标，不需要基数或参照值", "请直接填报进展"),
            (f'"{target.name}"', "it is neither a growth nor a benchmark", "Report its progress as it is"),
        )
    if not source.strip():
        raise refuse(
            "steering.basis_source",
            ("出处", "没有填写", "请写明数据出自哪里，如统计公报、年报、登记系统"),
            ("Source", "is empty", "Say where the figure is from, such as a yearbook or a register"),
        )
    if grows and value <= 0 and target.unit.strip() in {"%", "％"}:
        raise refuse(
            "steering.basis_positive",
            ("基数", "必须大于零", "百分比增长不能从零或负数算起，请核对基数"),
            ("Baseline", "must be above zero", "No growth in per cent starts from zero; check the figure"),
        )
    basis = Basis.objects.create(
        target=target, as_of=as_of, value=value, unit=unit.strip()[:20], source=source.strip()[:300], recorded_by=user
    )  # fmt: skip
    after = {"as_of": str(as_of), "value": str(value), "unit": basis.unit, "source": basis.source}
    audit.record(actor_of(user), "steering.target.record_basis", target.subject, after=after)
    return basis


@transaction.atomic
def list_members(user: User, target: Target, names: Iterable[str]) -> int:
    """Put names on the list that a coverage has to cover; those on it already stay. Returns how many are new."""
    must_be_bureau(user)
    target = _with_list(target)
    wanted = list(dict.fromkeys(name.strip()[:200] for name in names if name.strip()))[:MOST_NAMES]
    present = set(target.members.values_list("name", flat=True))
    new = [name for name in wanted if name not in present]
    known = resolve_units(new)
    Member.objects.bulk_create(Member(target=target, name=name, organisation=known.get(name)) for name in new)
    if new:
        audit.record(actor_of(user), "steering.target.list_members", target.subject, after={"new": len(new)})
        _count(user, target, None)
    return len(new)


@transaction.atomic
def drop_member(user: User, target: Target, member: int, reason: str) -> None:
    """Take a name off the list, with the reason (closed down, moved away)."""
    must_be_bureau(user)
    target = _with_list(target)
    found = target.members.filter(pk=member).first()
    if found is None:
        return
    must_have_reason(reason)
    found.delete()
    audit.record(
        actor_of(user),
        "steering.target.drop_member",
        target.subject,
        before={"name": found.name, "covered_on": str(found.covered_on or "")},
        note=reason.strip(),
    )
    _count(user, target, None)


@transaction.atomic
def cover(user: User, target: Target, members: Iterable[int], on: dt.date) -> int:
    """Say that members of the list are covered since a day; the line's figure follows. Returns how many changed."""
    target = _with_list(target)
    must_answer_for(user, target)
    chosen = target.members.filter(pk__in=list(members), covered_on__isnull=True)
    names = list(chosen.values_list("name", flat=True))
    chosen.update(covered_on=on)
    if names:
        audit.record(
            actor_of(user),
            "steering.target.cover",
            target.subject,
            after={"on": str(on), "count": len(names), "names": names[:50]},
        )
        _count(user, target, on)
    return len(names)


@transaction.atomic
def set_node(user: User, target: Target, given: NodeGiven) -> Node:
    """Set what is to be done by a day on the way; the same day again changes it. Raises ProblemError."""
    must_be_bureau(user)
    target = locked(target)
    must_be(target, OPEN, Transition.Verb.ADJUST)
    if not given.text.strip() and given.value is None and given.percent is None:
        raise refuse(
            "steering.empty_node",
            ("节点", "没有写要做到什么", "请填写要做的事、节点值或节点进度中的一项"),
            ("Node", "says nothing", "Enter what is to be done, a figure or a percent"),
        )
    if target.due_on and given.due_on > target.due_on:
        raise refuse(
            "steering.node_after_due",
            ("节点日期", f"晚于时限{target.due_on.isoformat()}", "请改在时限以内，或先申请调整时限"),
            ("Node", f"is later than the deadline {target.due_on}", "Choose an earlier day or ask for another deadline"),
        )  # fmt: skip
    values = {"text": given.text.strip()[:300], "value": given.value, "percent": given.percent}
    node, new = Node.objects.get_or_create(target=target, due_on=given.due_on, defaults=values)
    before = {} if new else {"text": node.text, "value": _text(node.value), "percent": node.percent}
    if not new:
        for name, value in values.items():
            setattr(node, name, value)
        save_versioned(node, node.version)
    after = {"due_on": str(node.due_on), **values, "value": _text(given.value)}
    if new or before != {name: after[name] for name in before}:
        audit.record(actor_of(user), "steering.target.set_node", target.subject, before=before, after=after)
    return node


@transaction.atomic
def drop_node(user: User, target: Target, due_on: dt.date) -> None:
    """Take a node off the way."""
    must_be_bureau(user)
    target = locked(target)
    must_be(target, OPEN, Transition.Verb.ADJUST)
    node = target.nodes.filter(due_on=due_on).first()
    if node is None:
        return
    before = {
        "due_on": str(node.due_on),
        "text": node.text,
        "value": _text(node.value),
        "percent": node.percent,
    }
    node.delete()
    audit.record(actor_of(user), "steering.target.drop_node", target.subject, before=before)


@transaction.atomic
def finish_node(user: User, target: Target, node: int, on: dt.date) -> None:
    """Report that what a node asks for in words is done. A node with a figure is met by the figure alone."""
    target = locked(target)
    must_answer_for(user, target)
    must_be(target, OPEN, Transition.Verb.ADJUST)
    found = target.nodes.filter(pk=node).first()
    if found is None or found.done_on is not None:
        return
    if found.value is not None or found.percent is not None:
        raise refuse(
            "steering.node_by_figure",
            (f"节点{found.due_on.isoformat()}", "有节点值，由填报的数据判断是否完成", "请填报进展，不能直接标记"),
            (f"Node {found.due_on}", "has a figure and is judged by what is reported", "Report progress instead"),
        )  # fmt: skip
    found.done_on = on
    save_versioned(found, found.version)
    audit.record(
        actor_of(user),
        "steering.target.finish_node",
        target.subject,
        after={"node": str(found.due_on), "done_on": str(on)},
    )


def _with_list(target: Target) -> Target:
    target = locked(target)
    must_be(target, OPEN, Transition.Verb.ADJUST)
    if not needs_list(target.kind, target.unit):
        raise refuse(
            "steering.no_list_needed",
            (f"“{target.name}”", "不是覆盖目标，不需要名单", "请直接填报进展"),
            (f'"{target.name}"', "it is not a coverage", "Report its progress as it is"),
        )
    return target


def _count(user: User, target: Target, on: dt.date | None) -> None:
    """Let the figure of a coverage follow its list."""
    listed = target.members.count()
    covered = target.members.filter(covered_on__isnull=False).count()
    target.reached = (Decimal(covered * HUNDRED) / listed).quantize(PLACES) if listed else None
    if on is not None:
        target.reported_on = max(on, target.reported_on or on)
    if on is not None and target.state == State.NOT_STARTED:
        token = f"start-cover-{target.pk}-{target.version}"
        take(target, Step(Transition.Verb.START, user, token, None, State.IN_PROGRESS))
    else:
        save_versioned(target, target.version)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
