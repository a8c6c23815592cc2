"""Figures of records: what can be cited now, and whether what was cited still stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import dictionary, known_values
from huanchuang.facts.queries.access import reader_of
from huanchuang.facts.queries.choices import source_name
from huanchuang.facts.queries.table import display_unit, shown
from huanchuang.facts.queries.values import current
from huanchuang.steering.models import (
    Citation,
    Draft,
    Handling,
    Plan,
    Report,
    Source,
    State,
    Target,
    Transition,
)
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import lights_of
from huanchuang.steering.queries.letters.closeness import closest
from huanchuang.steering.queries.light import plain
from huanchuang.steering.queries.visibility import visible_targets

LINES, FACTS = 12, 20
CENTS = Decimal("0.01")
DISTRICT = "district:"
NAME = "name"
"""Key of a citation of words in a line's name: its figure there, as the plan writes it."""
MEASURES = {
    "all": "任务目标总数", "closed": "已销号", "green": "正常推进", "amber": "预警", "red": "滞后", "grey": "进展未知",
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A figure of a record as it stands now. `ref` names it in a form."""

    source: Source
    about: str
    label: str
    text: str
    as_of: dt.date | None
    origin: str
    key: str = ""
    period: str = ""
    record_id: int | None = None

    @property
    def ref(self) -> str:
        """`reached:12`, `goal:12`, `fact:345`."""
        number = self.record_id if self.source == Source.FACT else self.about.rpartition(":")[2]
        return f"{self.source.value}:{number}"

    def citation(self, draft: Draft, number: int) -> Citation:
        """The citation of this figure, not saved."""
        return Citation(
            draft=draft, number=number, source=self.source, about=self.about, key=self.key, period=self.period,
            record_id=self.record_id, label=self.label[:400], text=self.text, as_of=self.as_of, origin=self.origin[:300],
        )  # fmt: skip


def reached_offer(target: Target, as_of: dt.date | None) -> Offer | None:
    """How far a line has come; more than two decimals are rounded, and the note says so."""
    if target.reached is None:
        return None
    shown = rounded(target.reached)
    exact = "" if shown == target.reached else f"，台账记{plain(target.reached)}{target.unit}"
    return Offer(
        Source.REACHED,
        target.subject,
        target.name,
        f"{plain(shown)}{target.unit}",
        as_of,
        f"工作台账进展填报，《{target.plan.title}》{target.item.path}{exact}",
        record_id=target.reached_fact,
    )


def rounded(number: Decimal) -> Decimal:
    """A figure as a letter writes it: two decimals at most, rounded half up."""
    return number.quantize(CENTS, ROUND_HALF_UP) if number != number.quantize(CENTS, ROUND_DOWN) else number


def goal_offer(target: Target) -> Offer | None:
    """What a line has to reach: as of the plan's own day, of an adjusted line as of the newest adjustment."""
    if target.value is None:
        return None
    origin = f"工作台账目标值，《{target.plan.title}》{target.item.path}" + (
        "（经批准调整）" if target.adjusted else ""
    )
    text = f"{plain(target.value)}{target.unit}"
    changes = target.transitions.filter(verb=Transition.Verb.ADJUST) if target.adjusted else None
    last = (
        changes.values_list("on", flat=True).order_by("-on", "-pk").first() if changes is not None else None
    )
    return Offer(
        Source.GOAL, target.subject, f"{target.name}（目标）", text, last or target.plan.issued_on, origin
    )


def fact_offer(fact: Fact, title: str) -> Offer:
    """A figure of the facts, in the unit that a reader wants."""
    unit = display_unit(fact.unit, [fact.number] if fact.number is not None else [])
    with translation.override("zh-hans"):
        value = shown(fact, unit)
        label = f"{title}{dictionary.name(fact.key)}"
        period, origin = fact.period.label("zh"), str(source_name(fact))
    link = "" if fact.source_link.startswith("/") else fact.source_link
    return Offer(
        Source.FACT,
        fact.subject,
        f"{label}（{period}）",
        f"{value.text}{unit}",
        fact.period.end,
        "，".join(filter(None, (origin, link))),
        fact.key,
        fact.period.code,
        fact.pk,
    )


def days_of_figures(targets: Iterable[Target]) -> dict[int, dt.date]:
    """Line → the day its figure is as of: that of the report that said it, else the last day its fact can speak of."""
    lines = {target.reached_fact: target.pk for target in targets if target.reached_fact}
    said = dict(Report.objects.filter(fact__in=lines).values_list("fact", "as_of"))
    found = {lines[fact]: day for fact, day in said.items() if fact is not None}
    for fact in Fact.objects.filter(pk__in=[key for key in lines if key not in said]):
        found[lines[fact.pk]] = min(fact.period.end, timezone.localdate(fact.recorded_at))
    return found


def line_offers(user: User, draft: Draft, words: str) -> list[Offer]:
    """Figures of lines of the ledger that a person sees: those with these words, else those nearest to the letter."""
    targets = offered_lines(user, draft, words)
    days = days_of_figures(targets)
    both = [(reached_offer(one, days.get(one.pk)), goal_offer(one)) for one in targets]
    return [offer for pair in both for offer in pair if offer is not None]


def offered_lines(user: User, draft: Draft, words: str = "", most: int = LINES) -> list[Target]:
    """Lines for a draft: those with these words; else the nearest to the letter; of a report those of its plan."""
    lines = visible_targets(user).select_related("plan", "item")
    if draft.plan_id:
        lines = lines.filter(plan=draft.plan_id)
    for word in words.split():
        lines = lines.filter(Q(name__icontains=word) | Q(quote__icontains=word))
    if words.strip() or draft.letter is None:
        return list(lines.order_by("plan", "position")[:most])
    told = f"{draft.letter.title}\n{draft.letter.contents}"
    rows = lines.order_by("pk").values_list("pk", "name", "item__heading")
    near = closest(told, {pk: f"{name}{heading}" for pk, name, heading in rows}, most)
    found = lines.in_bulk(near)
    return [found[key] for key in near]


def fact_offers(user: User, words: str) -> list[Offer]:
    """Figures of the district that a person may read: the newest of each; with words more of them."""
    found: list[Offer] = []
    subjects = current().filter(subject__startswith=DISTRICT).values_list("subject", flat=True).distinct()
    for subject in subjects.order_by("subject"):
        reader = reader_of(user, subject)
        if reader is None:
            continue
        newest: dict[str, list[Fact]] = {}
        for fact in reader.readable(current().filter(subject=subject)):
            newest.setdefault(fact.key, []).append(fact)
        for key in sorted(newest):
            if all(word in dictionary.name(key) for word in words.split()):
                newest[key].sort(key=lambda fact: fact.period.end, reverse=True)
                found += [fact_offer(fact, "全区") for fact in newest[key][: 3 if words.strip() else 1]]
    return found[:FACTS]


def count_offers(user: User, plan: Plan, as_of: dt.date) -> dict[str, Offer]:
    """How many lines a plan has, and of each light, as of a day."""
    lights = lights_of(user, Filters(plan=plan.pk), as_of)
    closed = visible_targets(user).filter(plan=plan, state=State.CLOSED).count()
    numbers = {"all": sum(lights.values()), "closed": closed, **lights}
    return {
        key: Offer(
            Source.COUNT, plan.subject, f"《{plan.title}》{MEASURES[key]}", f"{numbers[key]}项", as_of,
            "工作台账按灯号定义统计", key=key,
        )
        for key in MEASURES
    }  # fmt: skip


@dataclass(frozen=True)
class Now:
    """What the record of a citation says now: the new offer, None where nothing takes its place; and what happened."""

    offer: Offer | None
    what: str


def changed(draft: Draft, citations: Sequence[Citation]) -> dict[int, Now]:
    """Number of the citation → what its record says now, for those whose record no longer says what is cited."""
    news: dict[int, Now] = {}
    groups: dict[str, list[Citation]] = {}
    for one in citations:
        groups.setdefault(one.source, []).append(one)
    news |= _changed_lines([*groups.get(Source.REACHED, ()), *groups.get(Source.GOAL, ())])
    news |= _changed_facts(groups.get(Source.FACT, ()))
    news |= _newer_reports(groups.get(Source.REPORT, ()))
    news |= _changed_opinions(groups.get(Source.OPINION, ()))
    if counts := groups.get(Source.COUNT):
        news |= _changed_counts(draft, counts)
    return news


def _changed_lines(citations: Sequence[Citation]) -> dict[int, Now]:
    keys = {_key(one.about) for one in citations}
    targets = Target.objects.select_related("plan", "item").in_bulk(keys) if keys else {}
    days = days_of_figures(targets.values())
    found: dict[int, Now] = {}
    for one in citations:
        target = targets.get(_key(one.about))
        offer = None
        if one.key == NAME and target is not None and one.text in target.name:
            continue
        if target is not None and one.source == Source.REACHED:
            offer = reached_offer(target, days.get(target.pk))
        elif target is not None:
            offer = goal_offer(target)
        if offer is None or offer.text != one.text:
            found[one.number] = Now(offer, _("台账已更新") if offer else _("台账中已没有这个数"))
    return found


def _changed_facts(citations: Sequence[Citation]) -> dict[int, Now]:
    if not citations:
        return {}
    known = known_values({one.about for one in citations}, {one.key for one in citations})
    standing = {(one.subject, one.key, one.period.code): one.pk for one in known}
    facts = Fact.objects.in_bulk(set(standing.values()))
    found: dict[int, Now] = {}
    for one in citations:
        number = standing.get((one.about, one.key, one.period))
        offer = fact_offer(facts[number], "全区") if number else None
        if offer is None or offer.text != one.text:
            found[one.number] = Now(offer, _("数据已更正") if offer else _("数据已撤回"))
    return found


def _newer_reports(citations: Sequence[Citation]) -> dict[int, Now]:
    newest: dict[int, Report] = {}
    for report in Report.objects.filter(target__in={_key(one.about) for one in citations}).order_by(
        "as_of", "pk"
    ):
        newest[report.target_id] = report
    found: dict[int, Now] = {}
    for one in citations:
        last = newest.get(_key(one.about))
        if last is None or last.pk != one.record_id:
            day = last.as_of.isoformat() if last else "—"
            found[one.number] = Now(None, _("有更新的填报（截至%(day)s），请对照改写") % {"day": day})
    return found


def _changed_opinions(citations: Sequence[Citation]) -> dict[int, Now]:
    given = dict(
        Handling.objects.filter(pk__in=[one.record_id for one in citations]).values_list("pk", "opinion")
    )
    lost = [one for one in citations if one.text not in given.get(one.record_id or 0, "")]
    return {one.number: Now(None, _("会办意见已修改，请对照改写")) for one in lost}


def _changed_counts(draft: Draft, citations: Sequence[Citation]) -> dict[int, Now]:
    assert draft.plan is not None  # noqa: S101  (only reports count lines)
    found: dict[int, Now] = {}
    by_day: dict[dt.date, Mapping[str, Offer]] = {}
    for one in citations:
        if one.as_of is None:
            continue
        if one.as_of not in by_day:
            by_day[one.as_of] = count_offers(draft.written_by, draft.plan, one.as_of)
        offer = by_day[one.as_of][one.key]
        if offer.text != one.text:
            found[one.number] = Now(offer, _("台账已更新"))
    return found


def link_of(citation: Citation) -> str:
    """The page of the record."""
    if citation.source == Source.FACT and citation.record_id:
        return reverse("facts:why", args=[citation.record_id])
    if citation.source == Source.COUNT:
        light = "" if citation.key in ("all", "closed") else f"&light={citation.key}"
        light = "&state=closed" if citation.key == "closed" else light
        return f"{reverse('steering:ledger')}?plan={_key(citation.about)}{light}"
    if citation.source == Source.OPINION:
        return reverse("steering:letter", args=[_key(citation.about)])
    anchor = f"#report-{citation.record_id}" if citation.source == Source.REPORT else ""
    return reverse("steering:target", args=[_key(citation.about)]) + anchor


def _key(subject: str) -> int:
    return int(subject.rpartition(":")[2])
