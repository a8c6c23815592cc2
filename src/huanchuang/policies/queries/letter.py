"""What an organisation is told of a policy: the amount, the day and the clause, what is missing, until when to apply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from huanchuang.engines.kernel import Money
from huanchuang.policies.models import Segment
from huanchuang.policies.queries.outlook import Card
from huanchuang.registry.models import Organisation

TITLES = {
    Segment.YES: "您单位符合“{title}”",
    Segment.NEAR: "您单位离“{title}”只差一点",
    Segment.FEW: "补上一两项数据，就能判断能否享受“{title}”",
}
MOST = 6
"""Missing things a notice names; the page has them all."""


@dataclass(frozen=True)
class Letter:
    """A notice about a policy. The title carries no figure and no person: it may go out by mail."""

    title: str
    body: str
    link: str


def letter_of(organisation: Organisation, card: Card, segment: str, message: str = "") -> Letter:
    """The notice for one organisation, from the decision of the day."""
    title = TITLES[Segment(segment)].format(title=card.listed.title())
    lines = [line for line in _lines(organisation, card, segment) if line]
    if message.strip():
        lines.append(f"主管科室附言：{message.strip()}")
    link = reverse("policies:decision", args=[organisation.pk, card.listed.id])
    return Letter(title, "\n".join(lines), link)


def _lines(organisation: Organisation, card: Card, segment: str) -> Iterator[str]:
    decision = card.decision
    day = f"{decision.as_of.year}年{decision.as_of.month}月{decision.as_of.day}日"
    yield f"{organisation.name}：以下按{day}的数据算出。"
    yield f"依据：{_source(card)}"
    grant = decision.grant
    if grant is not None:
        clause = f"（{grant.amount.clause}）" if grant.amount.clause else ""
        if segment == Segment.YES:
            known = "待确定" if grant.fen is None else Money(grant.fen).text()
            yield f"可享金额：{known}{clause}"
        elif grant.fen:
            yield f"若符合，可享金额：{Money(grant.fen).text()}{clause}"
    if segment == Segment.NEAR:
        clauses = {one.requirement.id: one.requirement.clause for one in decision.findings}
        for gap in decision.distance[:MOST]:
            clause = clauses.get(gap.requirement, "")
            yield f"还差：{gap.text()}" + (f"（{clause}）" if clause else "")
    if segment == Segment.FEW:
        yield "还缺：" + "、".join(one.name() for one in card.quickest[:MOST])
    if decision.papers and segment == Segment.YES:
        yield "要准备的材料：" + "、".join(decision.papers[:MOST])
    yield _window(card)


def _source(card: Card) -> str:
    source = card.listed.pack.sources[0] if card.listed.pack.sources else None
    if source is None:
        return card.listed.title()
    return f"{source.title}{source.number or ''}{source.clause or ''}"


def _window(card: Card) -> str:
    if card.listed.without_application is not None:
        return "免申即享：不用申报，主管科室列入名单后请在平台上确认"
    opening = card.opening
    if opening is None:
        return ""
    if opening.is_open:
        return f"申报时间：现在可以申报，{opening.closes.isoformat()}截止"
    return f"申报时间：{opening.opens.isoformat()}开始"
