"""Steering as JSON: the same queries and services as the pages, the same rights."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from huanchuang.accounts.views.calls import PAGE_SIZE, Paged, PageNumber, PageSize, caller, note_page, turned
from huanchuang.orm import clock
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import Row, ledger
from huanchuang.steering.queries.letters.lists import LetterFilters, LetterRow, letter_list
from huanchuang.steering.queries.letters.statistics import Tally, statistics
from huanchuang.steering.queries.plans import plan_list
from huanchuang.steering.queries.record import passage_of, target_record
from huanchuang.steering.queries.standing import light_of
from huanchuang.steering.queries.visibility import visible_targets
from huanchuang.steering.queries.words import reason, stage

router = Router(tags=["steering"])


def _narrowing(*names: str) -> dict[str, object]:
    """For the description: words of the page's address that narrow a list; what is not known is passed over."""
    return {
        "parameters": [
            {"in": "query", "name": name, "required": False, "schema": {"type": "string"}} for name in names
        ]
    }


OF_LETTERS = _narrowing(
    "kind", "state", "due", "mark", "verdict", "again", "part", "unit", "session", "q", "since", "until"
)


class PlanOut(Schema):
    """A plan and how far it is."""

    id: int
    title: str
    number: str
    issuer: str
    issued_on: dt.date | None
    state: str
    lines: int
    closed: int


class LineOut(Schema):
    """A line of the ledger. Figures are decimal text; null is unknown."""

    id: int
    plan: int
    parent: int | None
    path: str
    kind: str
    name: str
    quote: str
    start: int
    end: int
    value: Decimal | None
    value_max: Decimal | None
    comparator: str
    unit: str
    leads: list[str]
    co_units: list[str]
    due_on: dt.date | None
    recurring: str
    state: str
    stage: str
    percent: int | None
    reached: Decimal | None
    by_parts: list[float] | None
    """Least and most that a task has behind it by its weighted parts, 0 to 1; null where it has none."""
    light: str
    reason: str


class PlansOut(Paged):
    """One page of plans."""

    plans: list[PlanOut]


class LedgerOut(Paged):
    """One page of the ledger."""

    as_of: dt.date
    lights: dict[str, int]
    lines: list[LineOut]


class TraceOut(Schema):
    """A line with its sentence and the trace of its light."""

    line: LineOut
    why: str
    sentence: str
    trace: dict[str, object]


@router.get("/plans", response=PlansOut, summary="方案")
def plans(request: HttpRequest, page: PageNumber = 1, page_size: PageSize = PAGE_SIZE) -> object:
    """Plans that the caller may open."""
    return turned(request, plan_list(caller(request, "steering.plan.view")), page, page_size, "plans")


@router.get(
    "/ledger",
    response=LedgerOut,
    summary="台账",
    openapi_extra=_narrowing("plan", "unit", "light", "state", "kind", "due", "q", "mine", "sort"),
)
def lines(request: HttpRequest, page: PageNumber = 1, page_size: PageSize = PAGE_SIZE) -> dict[str, object]:
    """The ledger, narrowed by plan, unit, light, state, kind, due, q and sort as the page's address is."""
    user = caller(request, "steering.ledger.view")
    found = ledger(user, Filters.from_query(request.GET), clock.today(), page, page_size)
    return {
        **note_page(request, found.count, page, page_size),
        "as_of": found.as_of,
        "lights": found.lights,
        "lines": [line_out(row) for row in found.page] if found.page.number == page else [],
    }


@router.get("/targets/{pk}", response=TraceOut, summary="台账的一条")
def target(request: HttpRequest, pk: int) -> dict[str, object]:
    """One line with its sentence and why its light stands as it does."""
    user = caller(request, "steering.target.view")
    if not 0 < pk < 2**63:
        raise Http404
    found = get_object_or_404(visible_targets(user).select_related("plan", "item", "parent"), pk=pk)
    lamp, words = light_of(found, clock.today()), passage_of(found)
    return {
        "line": line_out(target_record(user, found, clock.today()).row),
        "why": found.why,
        "sentence": words.before + words.words + words.after,
        "trace": lamp.trace.as_data() if lamp.trace else {},
    }


def line_out(row: Row) -> dict[str, object]:
    """A row as the API gives it."""
    target = row.target
    plain_fields = (
        "id", "kind", "name", "quote", "start", "end", "value", "value_max", "comparator", "unit",
        "due_on", "recurring", "state", "percent", "reached",
    )  # fmt: skip
    return {name: getattr(target, name) for name in plain_fields} | {
        "plan": target.plan_id,
        "parent": target.parent_id,
        "path": target.item.path,
        "leads": [duty.unit for duty in row.leads],
        "co_units": [duty.unit for duty in row.co_units],
        "by_parts": None if row.rolled is None else [float(row.rolled.low), float(row.rolled.high)],
        "stage": stage(target.state, row.light.colour),
        "light": row.light.colour.value,
        "reason": reason(row.light),
    }


class LetterOut(Schema):
    """A proposal as the list shows it: no name of who proposes. Days are null where none is laid down or has come."""

    id: int
    kind: str
    session: str
    number: str
    title: str
    state: str
    round: int
    lead: str
    helpers: list[str]
    received_on: dt.date
    assigned_on: dt.date | None
    due_on: dt.date | None
    replied_on: dt.date | None
    mark: str
    verdict: str
    publicity: str
    light: str
    reason: str


class LettersOut(Paged):
    """One page of proposals."""

    as_of: dt.date
    letters: list[LetterOut]


class TallyOut(Schema):
    """The numbers of one unit (null: of all). Shares are exact fractions as text; null is unknown."""

    unit: int | None
    name: str
    given: int
    expected: int
    answered: int
    in_time: int
    slips: int
    satisfied: int
    again: int
    marks: dict[str, int]
    answered_share: str | None
    satisfied_share: str | None


@router.get("/letters", response=LettersOut, summary="建议提案", openapi_extra=OF_LETTERS)
def letters(request: HttpRequest, page: PageNumber = 1, page_size: PageSize = PAGE_SIZE) -> dict[str, object]:
    """Proposals that the caller may see, narrowed by kind, state, due, mark, verdict, again, part, unit, session, q, since
    and until as the page's address is."""
    user = caller(request, "steering.letter.view")
    found = letter_list(user, LetterFilters.from_query(request.GET), clock.today(), page, page_size)
    return {
        **note_page(request, found.count, page, page_size),
        "as_of": found.as_of,
        "letters": [letter_out(row) for row in found.rows] if found.page.number == page else [],
    }


@router.get(
    "/letters/statistics", response=list[TallyOut], summary="建议提案的办理统计", openapi_extra=OF_LETTERS
)
def letter_statistics(request: HttpRequest) -> list[dict[str, object]]:
    """办复率, 满意率 and results within a time of assigning: all first, then each unit."""
    user = caller(request, "steering.letter.view")
    found = statistics(user, LetterFilters.from_query(request.GET), clock.today())
    return [tally_out(tally) for tally in (found.total, *found.units)]


def letter_out(row: LetterRow) -> dict[str, object]:
    """A letter as the API gives it."""
    names = (
        "id", "kind", "session", "number", "title", "state", "round", "received_on", "assigned_on", "due_on", "replied_on",
        "mark", "verdict", "publicity",
    )  # fmt: skip
    return {name: getattr(row.letter, name) for name in names} | {
        "lead": row.lead.organisation.name if row.lead else "",
        "helpers": [one.organisation.name for one in row.helpers],
        "light": row.standing.colour.value,
        "reason": row.standing.reason,
    }


def tally_out(tally: Tally) -> dict[str, object]:
    """Numbers of a unit as the API gives them."""
    names = ("unit", "name", "given", "expected", "answered", "in_time", "slips", "satisfied", "again")
    shares = {"answered_share": tally.answered_share, "satisfied_share": tally.satisfied_share}
    return {name: getattr(tally, name) for name in names} | {
        "marks": dict(tally.of_marks),
        **{name: None if share is None else str(share) for name, share in shares.items()},
    }
