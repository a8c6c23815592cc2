"""What selected words would be as a line: the parts of a line that is split, and a passage that is added by hand.

The words are read by the reader's own grammar, so that figure, date and units are offered and only have to be checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from huanchuang.engines.kernel import figures
from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.reader import Paper, Quantity, read
from huanchuang.packs.documents import load_grammar
from huanchuang.steering.models import Item, Plan, Target, TargetKind
from huanchuang.steering.queries.inheritance import sentence
from huanchuang.steering.queries.proposal import NAME_LENGTH

LONGEST = 2000
STOPS = "。；;，,、\n 　"
FIGURES = frozenset({TargetKind.COUNT, TargetKind.SHARE, TargetKind.GROWTH})


@dataclass(frozen=True)
class Part:
    """The fields of a line that its words settle."""

    name: str
    quote: str
    start: int
    end: int
    kind: str
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    comparator: str = ""


@dataclass(frozen=True)
class Addition:
    """A passage of the plan and its place among the lines."""

    start: int
    end: int
    quote: str
    position: int


@dataclass(frozen=True)
class Offered:
    """What the reader makes of a passage: offered in the form, not decided."""

    name: str
    kind: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    comparator: str
    due_on: dt.date | None
    recurring: str
    lead: str
    co: str


def region_of(target: Target) -> tuple[int, int]:
    """Where the parts of a line may stand: in the clause of a task, in the sentence of any other line."""
    if target.kind == TargetKind.TASK:
        return target.start, max(target.item.body_end, target.end)
    return sentence(target.plan.text, target.start, target.end)


def suggested_parts(target: Target) -> list[str]:
    """The pieces of a line's sentence that could stand alone, one per line of the form."""
    start, end = region_of(target)
    text = target.plan.text[start : min(end, start + LONGEST)]
    for stop in ("。", "；", "，", "、"):
        pieces = [piece.strip(STOPS) for piece in text.replace("\n", "").split(stop)]
        pieces = [piece for piece in pieces if len(piece) > 1]
        if len(pieces) > 1:
            return pieces
    return [text.strip(STOPS)]


def parts_of(target: Target, passages: Sequence[str]) -> list[Part]:
    """The parts that the passages make, each found in the line's own words, in their order.

    Raises ProblemError that names the passage which does not stand there.
    """
    start, end = region_of(target)
    parts = []
    for number, passage in enumerate(passages, start=1):
        at = find(target.plan.text, passage, start, end)
        if at is None:
            raise _not_there(number, passage)
        parts.append(_part(target, *at))
        start = at[1]
    return parts


def find(text: str, passage: str, start: int, end: int) -> tuple[int, int] | None:
    """The first place of a passage between two places of a text; blanks and line breaks do not count."""
    plain = "".join(passage.split())
    if not plain:
        return None
    kept = [place for place in range(start, end) if not text[place].isspace()]
    at = "".join(text[place] for place in kept).find(plain)
    return None if at < 0 else (kept[at], kept[at + len(plain) - 1] + 1)


def addition(plan: Plan, start: int, end: int) -> Addition:
    """A passage by its place. Raises ProblemError where there is none."""
    quote = plan.text[start:end]
    if not 0 <= start < end <= len(plan.text) or not quote.strip() or len(quote) > LONGEST:
        raise refuse(
            "steering.add.place",
            ("添加条目", "选中的原文是空的或太长", f"请在左侧原文中选中一句话，不超过{LONGEST}字"),
            ("Add a line", "the selected text is empty or too long", f"Select a passage of at most {LONGEST} characters"),
        )  # fmt: skip
    before = (
        plan.targets.filter(start__lte=start).order_by("-position").values_list("position", flat=True).first()
    )
    return Addition(start, end, quote, 0 if before is None else before + 1)


def passage_in(plan: Plan, passage: str) -> tuple[int, int]:
    """Where a passage that a person copied stands in the plan. Raises ProblemError where it does not, or more than once."""
    first = find(plan.text, passage, 0, len(plan.text))
    if first is None:
        raise _not_there(1, passage)
    if find(plan.text, passage, first[1], len(plan.text)):
        raise refuse(
            "steering.add.twice",
            (f"“{_short(passage)}”", "在原文中不止一处", "请多抄几个字，直到只有一处"),
            (f'"{_short(passage)}"', "stands in the text more than once", "Copy a few words more"),
        )
    return first


def home_of(plan: Plan, start: int) -> Item:
    """The innermost clause that holds a place."""
    item = plan.items.filter(start__lte=start, body_end__gt=start).order_by("-start").first()
    return item or plan.items.get(level="document")


def offered(plan: Plan, place: Addition) -> Offered:
    """What the reader makes of the sentence around a passage; units of the task where the sentence names none."""
    first, last = sentence(plan.text, place.start, place.end)
    head = f"{plan.title[:100]}\n"
    signed = (
        f"\n{plan.issued_on.year}年{plan.issued_on.month}月{plan.issued_on.day}日\n"
        if plan.issued_on
        else "\n"
    )
    words = " ".join(plan.text[first:last].split())
    reading = read(Paper(head + words + signed), load_grammar())
    figure = next((one for one in reading.quantities if one.text in place.quote), None)
    dates = reading.deadlines
    due = next((dt.date.fromisoformat(one.resolved) for one in dates if one.resolved), None)
    lead, co = _units(plan, place, [(one.units, one.lead) for one in reading.responsibilities])
    return Offered(
        name=_name(figure, place.quote),
        kind=(figure.target_kind or TargetKind.COUNT) if figure else TargetKind.TASK,
        value=figure.value if figure else None,
        value_max=figure.value_max if figure else None,
        unit=figure.unit if figure else "",
        comparator=figure.comparator if figure else "",
        due_on=due,
        recurring="" if due else next((one.recurring for one in dates if one.recurring), "") or "",
        lead=lead,
        co=co,
    )


def _units(
    plan: Plan, place: Addition, said: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> tuple[str, str]:
    lead = [unit for units, leads in said for unit in units if unit in leads]
    co = [unit for units, _leads in said for unit in units if unit not in lead]
    if not lead and not co:
        task = home_of(plan, place.start).targets.filter(kind=TargetKind.TASK).first()
        duties = list(task.responsibilities.all()) if task else []
        lead = [duty.unit for duty in duties if duty.duty == "lead"]
        co = [duty.unit for duty in duties if duty.duty != "lead"]
    return "、".join(dict.fromkeys(lead)), "、".join(dict.fromkeys(co))


def _name(figure: Quantity | None, quote: str) -> str:
    name = figure.indicator if figure and len(figure.indicator) > 1 else " ".join(quote.split())
    return name.strip(STOPS)[:NAME_LENGTH]


def _part(target: Target, start: int, end: int) -> Part:
    quote = target.plan.text[start:end]
    name = " ".join(quote.split()).strip(STOPS)[:NAME_LENGTH]
    found = figures.scan_figures(quote, load_grammar().lexicon)
    if target.kind == TargetKind.TASK or not found:
        kind = TargetKind.QUALITATIVE if target.kind in FIGURES else target.kind
        return Part(name, quote, start, end, kind)
    figure = found[0]
    share = figure.unit_base in ("%", "‰")
    growth = figure.comparator == "growth"
    kind = TargetKind.GROWTH if growth else TargetKind.SHARE if share else TargetKind.COUNT
    return Part(
        name, quote, start, end, kind, figure.value, figure.value_max, figure.unit[:20], figure.comparator
    )


def _not_there(number: int, passage: str) -> ProblemError:
    return refuse(
        "steering.passage",
        (
            f"第{number}段“{_short(passage)}”",
            "在原文的这一处找不到",
            "请照抄原文，并按原文的先后排列",
        ),
        (f'passage {number}, "{_short(passage)}"', "does not stand in this place of the text", "Copy it as it stands, in the order of the text"),
    )  # fmt: skip


def _short(passage: str) -> str:
    plain = " ".join(passage.split())
    return plain if len(plain) <= 24 else f"{plain[:24]}…"
