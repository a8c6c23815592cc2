"""The list of letters: narrowed and sorted as the address says, fifty a page; the work list of the home page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from huanchuang.accounts.models import Role, User
from huanchuang.orm.numbers import whole_number
from huanchuang.packs.vocabulary import letter_handling, work_calendar
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import (
    Draft,
    DraftState,
    Duty,
    Extension,
    Handling,
    HandlingState,
    Letter,
    LetterKind,
    LetterState,
)
from huanchuang.steering.queries.letters.standing import Rulebook, Standing, standing
from huanchuang.steering.queries.letters.terms import named
from huanchuang.steering.queries.letters.visibility import visible_letters

PAGE = 50
HOME_LIMIT = 8
REPLIED = (LetterState.SENT, LetterState.ANSWERED, LetterState.CLOSED)
WITH_UNITS = (LetterState.ASSIGNED, LetterState.ASKED_BACK, LetterState.HANDLING)
"""While units may still accept, give back and help."""
WINDOWS = ("overdue", "7", "30")
PARTS = ("given", "expected", "answered", "in_time", "slips", "satisfied")


@dataclass(frozen=True)
class LetterFilters:
    """One question to the list. Empty fields do not narrow; words that are not known are dropped."""

    kind: str = ""
    state: str = ""
    due: str = ""
    mark: str = ""
    verdict: str = ""
    again: bool = False
    part: str = ""
    """One of the numbers of the statistics: the letters that it counts."""
    unit: int | None = None
    session: str = ""
    text: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> LetterFilters:
        """Read the address."""
        rules = letter_handling()
        return cls(
            kind=_known(query.get("kind", ""), LetterKind.values),
            state=_known(query.get("state", ""), LetterState.values),
            due=_known(query.get("due", ""), WINDOWS),
            mark=_known(query.get("mark", ""), rules.marks),
            verdict=_known(query.get("verdict", ""), [*rules.answers, "none"]),
            again=query.get("again", "") == "1",
            part=_known(query.get("part", ""), PARTS),
            unit=whole_number(query.get("unit")),
            session=query.get("session", "").strip()[:120],
            text=query.get("q", "").strip()[:100],
            since=_day(query.get("since", "")),
            until=_day(query.get("until", "")),
        )

    def narrow(self, letters: QuerySet[Letter], as_of: dt.date, *, deep: bool = False) -> QuerySet[Letter]:
        """The letters that fit. `deep`: words are looked for in the contents too, which may name the proposer."""
        plain = {"kind": self.kind, "state": self.state, "mark": self.mark, "session": self.session}
        letters = letters.filter(**{name: value for name, value in plain.items() if value})
        if self.verdict:
            letters = letters.filter(verdict="" if self.verdict == "none" else self.verdict)
        if self.again:
            letters = letters.filter(round__gt=1)
        if self.unit:
            letters = letters.filter(lead=self.unit)
        if self.part:
            letters = letters.filter(counted_in(self.part, as_of), lead__isnull=False)
        if self.since:
            letters = letters.filter(assigned_on__gte=self.since)
        if self.until:
            letters = letters.filter(assigned_on__lte=self.until)
        for word in self.text.split():
            named = Q(title__icontains=word) | Q(number__icontains=word)
            letters = letters.filter(named | Q(contents__icontains=word) if deep else named)
        return letters.filter(_falls(self.due, as_of))


def counted_in(part: str, as_of: dt.date) -> Q:
    """The letters that one number of the statistics counts; `statistics` says what each means."""
    satisfying = [code for code, answer in letter_handling().answers.items() if answer.satisfied]
    answered = Q(first_replied_on__isnull=False)
    parts = {
        "given": Q(),
        "expected": answered | Q(first_due_on__lt=as_of),
        "answered": answered,
        "in_time": Q(first_replied_on__lte=F("first_due_on")),
        "slips": ~Q(verdict=""),
        "satisfied": Q(verdict__in=satisfying),
    }
    return parts[part]


def _falls(window: str, as_of: dt.date) -> Q:
    if not window:
        return Q()
    still_open = ~Q(state__in=REPLIED)
    if window == "overdue":
        return still_open & Q(due_on__lt=as_of)
    return still_open & Q(due_on__gte=as_of, due_on__lte=as_of + dt.timedelta(days=int(window)))


def _known(text: str, among: Iterable[str]) -> str:
    return text if text in among else ""


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


@dataclass(frozen=True)
class LetterRow:
    """A letter as it stands in the list, in the sheet and on the home page."""

    letter: Letter
    standing: Standing
    lead: Handling | None
    helpers: tuple[Handling, ...]

    @property
    def verdict(self) -> str:
        """What the proposer said of the newest reply."""
        answer = letter_handling().answers.get(self.letter.verdict)
        return named(answer) if answer else ""


@dataclass(frozen=True)
class Letters:
    """What fits the question."""

    page: Page[Any]
    rows: list[LetterRow]
    count: int
    filters: LetterFilters
    as_of: dt.date


def letter_list(
    user: User, filters: LetterFilters, as_of: dt.date, page: str | int = 1, size: int = PAGE
) -> Letters:
    """One page of the letters that a person may see, the most urgent first."""
    found = _ordered(filters.narrow(visible_letters(user), as_of, deep=user.role == Role.OFFICER))
    shown = Paginator(found, size).get_page(page)
    return Letters(shown, rows_of(shown.object_list, as_of), shown.paginator.count, filters, as_of)


def every_row(user: User, filters: LetterFilters, as_of: dt.date) -> list[LetterRow]:
    """Everything that fits, for the sheet."""
    return rows_of(
        _ordered(filters.narrow(visible_letters(user), as_of, deep=user.role == Role.OFFICER)), as_of
    )


def _ordered(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Open ones first, by their day; then what was answered, the newest first."""
    units = Prefetch("handlings", Handling.objects.select_related("organisation").order_by("pk"))
    answered = Case(When(state__in=REPLIED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return letters.prefetch_related(units).order_by(
        answered, F("due_on").asc(nulls_first=True), F("replied_on").desc(nulls_last=True), "-pk"
    )


def rows_of(letters: Iterable[Letter], as_of: dt.date) -> list[LetterRow]:
    """Letters with their lights and units."""
    book = Rulebook(work_calendar(), letter_handling())
    return [_row(letter, as_of, book) for letter in letters]


def _row(letter: Letter, as_of: dt.date, book: Rulebook) -> LetterRow:
    given = [one for one in letter.handlings.all() if one.state != HandlingState.GONE]
    lead = next((one for one in given if one.duty == Duty.LEAD), None)
    helpers = tuple(one for one in given if one.duty == Duty.CO)
    return LetterRow(letter, standing(letter, given, as_of, book), lead, helpers)


def letter_chips() -> list[dict[str, Any]]:
    """What the list can be narrowed by."""
    rules = letter_handling()
    windows = (("overdue", _("已超期")), ("7", _("7天内")), ("30", _("30天内")))
    return [
        _group("kind", _("类别"), LetterKind.choices),
        _group("state", _("状态"), LetterState.choices),
        _group("due", _("答复期限"), windows),
        _group(
            "mark", _("办理结果"), [(code, f"{code} {named(mark)}") for code, mark in rules.marks.items()]
        ),
        _group("verdict", _("反馈意见"), [(code, named(one)) for code, one in rules.answers.items()]),
        _group("again", _("重办"), [("1", _("重办过"))]),
    ]


def _group(name: str, label: str, options: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    shown = [{"value": value, "label": str(word), "count": None} for value, word in options]
    return {"name": name, "label": label, "options": shown}


def leading_units(user: User) -> list[Organisation]:
    """The units that lead letters which a person may see."""
    leading = visible_letters(user).filter(lead__isnull=False).values("lead")
    return list(Organisation.objects.filter(pk__in=leading).order_by("name"))


@dataclass(frozen=True)
class Task:
    """One thing that waits for a person: the letter or paper, and what is asked."""

    title: str
    asked: str
    letter: Letter | None = None
    draft: Draft | None = None


def waiting_letters(user: User, as_of: dt.date) -> list[Task]:
    """What waits for this person among letters and papers, the most urgent first."""
    if user.role == Role.LEADER:
        asked = Draft.objects.filter(signer=user, state=DraftState.SIGNING).order_by("pk")
        return [Task(one.title, _("请您审签"), draft=one) for one in asked[:HOME_LIMIT]]
    if user.role == Role.OFFICER:
        return _of_office(user, as_of)[:HOME_LIMIT]
    return _of_unit(user)[:HOME_LIMIT] if user.role == Role.REPORTER else []


def _of_office(user: User, as_of: dt.date) -> list[Task]:
    asked = Extension.objects.filter(letter=OuterRef("pk"), decision="asked").exclude(asked_by=user)
    back = Handling.objects.filter(letter=OuterRef("pk"), state=HandlingState.ASKED_BACK)
    tasks = [
        Task(_name(one), _("申请退办，请决定"), one)
        for one in Letter.objects.filter(Exists(back))[:HOME_LIMIT]
    ]
    tasks += [
        Task(_name(one), _("申请延期，请审批"), one)
        for one in Letter.objects.filter(Exists(asked))[:HOME_LIMIT]
    ]
    states = {LetterState.RECEIVED: _("请交办"), LetterState.ANSWERED: _("请重办或办结")}
    for state, word in states.items():
        tasks += [
            Task(_name(one), word, one)
            for one in Letter.objects.filter(state=state).order_by("pk")[:HOME_LIMIT]
        ]
    return tasks


def _of_unit(user: User) -> list[Task]:
    mine = organisations_of(user).values("pk")
    given = (
        Handling.objects.filter(organisation__in=mine)
        .select_related("letter")
        .order_by("letter__due_on", "pk")
    )
    tasks = [
        Task(_name(one.letter), _("请签收或退办"), one.letter)
        for one in given.filter(state=HandlingState.WAITING, letter__state__in=WITH_UNITS)[:HOME_LIMIT]
    ]
    taken = given.filter(state=HandlingState.ACCEPTED)
    silent = taken.filter(
        duty=Duty.CO, opinion_on__isnull=True, letter__state__in=(LetterState.ASSIGNED, LetterState.HANDLING)
    )
    tasks += [Task(_name(one.letter), _("请提出会办意见"), one.letter) for one in silent[:HOME_LIMIT]]
    states = {LetterState.HANDLING: _("请办理答复"), LetterState.SIGNED: _("已审签，请寄送")}
    for state, word in states.items():
        leading = taken.filter(duty=Duty.LEAD, letter__state=state)
        tasks += [Task(_name(one.letter), word, one.letter) for one in leading[:HOME_LIMIT]]
    return tasks


def _name(letter: Letter) -> str:
    return f"{letter.get_kind_display()} {letter.number} {letter.title}"
