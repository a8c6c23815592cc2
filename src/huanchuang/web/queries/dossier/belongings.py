"""What belongs to the organisation, kind by kind: counted in one question, shown up to a number of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import Period
from huanchuang.facts.queries.many import known_values
from huanchuang.registry.models import Entry, Organisation, Patent
from huanchuang.registry.queries.fees import GRACE_DAYS, urgency
from huanchuang.registry.queries.kinds import EQUIPMENT, KINDS, NEED, ORGANISATION, PATENT, Field, Kind, Shape
from huanchuang.registry.queries.kinds.field import OWNER
from huanchuang.registry.queries.kinds.values import show_value
from huanchuang.registry.queries.standing import is_expired, marks
from huanchuang.registry.queries.visibility import ORDER, seen_rows, sees_field, visible
from huanchuang.web.queries.dossier.shape import Cell, Figure, Head, Part

SHOWN = 50
FEES_WITHIN = 90
HOURS, OUTSIDE = "instrument-hours", "instrument-outside-hours"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": ("name", "post", "roles", "title", "field"),
    "achievement": ("title", "field", "stage", "state", "trl"),
    "patent": ("title", "number", "kind", "state", "fee_due_on"),
    "need": ("title", "kind", "budget", "valid_until"),
    "equipment": ("name", "model", "place", "original_value", "sharing"),
    "service": ("title", "category", "price_from", "takes_vouchers"),
    "finance-product": ("title", "kind", "amount_most", "rate_least", "term_most"),
    "space": ("title", "kind", "area_free", "area_total"),
    "document": ("title", "number", "issued_on", "valid_until"),
}
"""Kind → the columns of its table; every kind that has an owner stands here."""
Counts = Mapping[tuple[str, str], int]
"""(kind, state of patents or empty) → how many are in force."""


@dataclass(frozen=True)
class Reader:
    """Who reads, what they see of an entry, what there is, and how it is found."""

    user: User
    see: Callable[[Entry], str]
    own: Mapping[str, QuerySet[Any]]
    """Kind → its entries in force that belong to the organisation, as far as the reader may know whose they are."""
    counts: Counts


def reader_of(user: User, see: Callable[[Entry], str], organisation: Organisation) -> Reader:
    """Everything that belongs to an organisation, not fetched yet but counted."""
    own = {
        kind.name: _own(user, see, kind, organisation) for kind in KINDS.values() if kind is not ORGANISATION
    }
    return Reader(user, see, own, _counts(own))


def _own(user: User, see: Callable[[Entry], str], kind: Kind, organisation: Organisation) -> QuerySet[Any]:
    found = visible(user, kind).filter(**{kind.owner_field: organisation}, retired_on=None)
    inside = ORDER.index(see(organisation)) >= ORDER.index(OWNER)
    known = None if inside else seen_rows(user, kind, kind.by_name[kind.owner_field])
    return found if known is None else found.filter(known)


def _counts(own: Mapping[str, QuerySet[Any]]) -> Counts:
    """How many of each kind, patents by their state: one question."""
    asked = [
        entries.order_by()
        .annotate(sort=_sort(KINDS[name]))
        .values("sort")
        .annotate(number=Count("pk"))
        .values_list("sort", "number")
        for name, entries in own.items()
    ]
    first, *others = asked
    found = {}
    for sort, number in first.union(*others, all=True):
        kind, _slash, state = sort.partition("/")
        if number:
            found[kind, state] = number
    return found


def _sort(kind: Kind) -> Any:
    name = Value(f"{kind.name}/", output_field=CharField())
    return Concat(name, F("state"), output_field=CharField()) if kind is PATENT else name


def total(counts: Counts, kind: Kind) -> int:
    """How many of a kind."""
    return sum(number for (name, _state), number in counts.items() if name == kind.name)


def big_numbers(counts: Counts) -> list[Figure]:
    """The numbers at the top: each kind that there is; rights by what is in force."""
    found = []
    for kind in KINDS.values():
        if number := total(counts, kind):
            found.append(Figure(str(number), str(kind.label), kind.plural))
    return found[:6]


def parts(reader: Reader, organisation: Organisation, today: dt.date) -> Iterator[Part]:
    """A table for each kind; those without entries are empty parts."""
    for kind in KINDS.values():
        if kind is not ORGANISATION:
            yield _part(reader, kind, organisation, today)


def _part(reader: Reader, kind: Kind, organisation: Organisation, today: dt.date) -> Part:
    count = total(reader.counts, kind)
    if not count:
        return Part(kind.plural, str(kind.label))
    fields = [kind.by_name[name] for name in COLUMNS[kind.name]]
    links = [one.name for one in kind.links if one in fields]
    entries = list(reader.own[kind.name].select_related(*links).defer("search_text")[:SHOWN])
    extra = _hours(reader, entries, today) if kind is EQUIPMENT else {}
    heads = [Head(field.heading, number=_is_number(field)) for field in fields]
    rows = [[*_row(reader, kind, entry, fields, today), *extra.get(entry.pk, [])] for entry in entries]
    if extra:
        heads += [
            Head(_("%(year)s年机时") % {"year": today.year - 1}, number=True),
            Head(_("对外占比"), number=True),
        ]
    heads, rows = _told(heads, rows)
    return Part(
        kind.plural, str(kind.label), heads, rows, count=count, lead=_finding(reader, kind, entries, today),
        more_url=f"{reverse(f'registry:{kind.plural}')}?owner={organisation.pk}" if count > len(entries) else "",
    )  # fmt: skip


def _told(heads: list[Head], rows: list[list[Cell]]) -> tuple[list[Head], list[list[Cell]]]:
    """Without the columns in which no row says anything, be it unknown or not for this reader."""
    kept = [place for place in range(len(heads)) if place == 0 or any(row[place].text for row in rows)]
    return [heads[place] for place in kept], [[row[place] for place in kept] for row in rows]


def _is_number(field: Field) -> bool:
    return field.shape in {Shape.MONEY, Shape.NUMBER, Shape.WHOLE}


def _row(reader: Reader, kind: Kind, entry: Entry, fields: Sequence[Field], today: dt.date) -> list[Cell]:
    seen = reader.see(entry)
    cells = [
        Cell(show_value(field, getattr(entry, field.name)) if sees_field(field, entry, seen) else "")
        for field in fields
    ]
    note = "、".join(str(mark.word) for mark in marks(entry))
    if getattr(entry, "is_confidential", False):
        note = "、".join(filter(None, [_("保密"), note]))
    cells[0] = Cell(cells[0].text, entry.get_absolute_url(), note)
    if isinstance(entry, Patent) and entry.fee_due_on and cells[-1].text and entry.state == "granted":
        due = urgency(entry.fee_due_on, today)
        near = (entry.fee_due_on - today).days <= FEES_WITHIN
        cells[-1] = Cell(cells[-1].text, note=due.word if near else "")
    return cells


def _hours(reader: Reader, entries: Sequence[Entry], today: dt.date) -> dict[int, list[Cell]]:
    """Hours of last year and the share that others had, for those who see what is the owner's."""
    inside = [entry for entry in entries if ORDER.index(reader.see(entry)) >= ORDER.index(OWNER)]
    if not inside:
        return {}
    last = Period.year(today.year - 1)
    known = {
        (one.subject, one.key): one.number
        for one in known_values([entry.subject for entry in inside], (HOURS, OUTSIDE), [last])
    }
    found = {}
    for entry in entries:
        used, outside = known.get((entry.subject, HOURS)), known.get((entry.subject, OUTSIDE))
        share = f"{outside / used * 100:.0f}%" if used and outside is not None else "—"
        found[entry.pk] = [Cell(f"{used:,.0f}" if used is not None else _("暂无")), Cell(share)]
    return found


def _finding(reader: Reader, kind: Kind, entries: Sequence[Any], today: dt.date) -> str:
    """What a reader should notice first."""
    if kind is PATENT:
        return _of_patents(
            reader.counts, [one for one in entries if reader.see(one) in (OWNER, "authority")], today
        )
    if kind is NEED:
        over = sum(is_expired(one, today) for one in entries)
        return _("其中 %(count)s 项已过期") % {"count": over} if over else ""
    return ""


def _of_patents(counts: Counts, seen: Sequence[Patent], today: dt.date) -> str:
    said = [
        text % {"count": counts[PATENT.name, state]}
        for state, text in (("granted", _("有效 %(count)s 件")), ("pending", _("审查中 %(count)s 件")))
        if (PATENT.name, state) in counts
    ]
    due = [(one.fee_due_on - today).days for one in seen if one.fee_due_on and one.state == "granted"]
    late = sum(-GRACE_DAYS <= left < 0 for left in due)
    soon = sum(0 <= left <= FEES_WITHIN for left in due)
    if soon:
        said.append(_("90天内应缴年费 %(count)s 件") % {"count": soon})
    if late:
        said.append(_("逾期可补缴 %(count)s 件") % {"count": late})
    return "，".join(said)
