"""The list of a kind: what was asked for, its rows, its columns. What a list shows is what its export carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.packs.vocabulary import CodeTree
from huanchuang.registry.models import Entry
from huanchuang.registry.queries import standing
from huanchuang.registry.queries.completeness import columns_needed, completeness
from huanchuang.registry.queries.in_use import codes_in_table
from huanchuang.registry.queries.kinds import ORGANISATION, Field, Kind, Shape, kind_named
from huanchuang.registry.queries.kinds.values import code_name, show_value, tree_of
from huanchuang.registry.queries.links import secret_links, subject_in
from huanchuang.registry.queries.organisations import find
from huanchuang.registry.queries.visibility import seen_rows, sees_field, visible, widest_of

STATUSES = {
    "in-force": _("在册"),
    "stale": standing.STALE.word,
    "expired": standing.EXPIRED.word,
    "retired": _("已停用"),
    "all": _("全部"),
}
AT_ONCE = 2000
"""Rows that are read together for a file."""
FEW = 60
"""Vocabularies of at most so many codes are offered as chips; larger ones by what is in use."""


@dataclass(frozen=True)
class Asked:
    """What a reader asked the list for; all of it stands in the address."""

    text: str = ""
    status: str = "in-force"
    """In force, retired or all; not `state`, which is a field of achievements and patents."""
    sort: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Field name → code; a code stands for everything below it."""
    owner: int | None = None
    """Key of the organisation whose entries are wanted."""


@dataclass(frozen=True)
class Column:
    """One column: its name in the address, its heading with the unit, and whether it can be sorted by."""

    field: Field

    @property
    def code(self) -> str:
        return self.field.name

    @property
    def title(self) -> str:
        """The heading as a sheet has it: 原值（万元）."""
        return self.field.heading

    @property
    def sort(self) -> str:
        """The order behind the heading; empty for lists, which have none."""
        if self.field.is_list or self.field.shape is Shape.LONG or self.field is COMPLETENESS:
            return ""
        return self.field.name

    @property
    def is_number(self) -> bool:
        return self.field.shape in {Shape.MONEY, Shape.NUMBER, Shape.WHOLE}

    @property
    def is_long(self) -> bool:
        """Whether its cells are whole sentences or lists, which want a wide column."""
        return self.field.shape is Shape.LONG or self.field.is_list


CONFIRMED = Field("confirmed_on", _("核实日期"), Shape.DATE, field_class="owner")
RETIRED = Field("retired_on", _("停用日期"), Shape.DATE)
COMPLETENESS = Field("completeness", _("完整度"), Shape.WHOLE, field_class="owner", unit="%")
"""Worked out from the other fields for each row; there is nothing to sort by."""


def columns_of(kind: Kind) -> list[Column]:
    """Every column a list of this kind can have: no personal data, nothing long."""
    shown = [one for one in kind.fields if not one.personal and one.shape is not Shape.LONG]
    return [Column(one) for one in (*shown, CONFIRMED, COMPLETENESS, RETIRED)]


def columns_named(kind: Kind, codes: Iterable[str]) -> list[Column]:
    """The columns of these names in their usual order, the title always first; the usual ones when none is known."""
    every = columns_of(kind)
    known = {column.code for column in every}
    chosen = {code for code in codes if code in known} or {
        column.code for column in every if column.field.listed
    }
    chosen.add(kind.title_field)
    return sorted(
        (column for column in every if column.code in chosen),
        key=lambda column: column.code != kind.title_field,
    )


def listing(user: User, kind: Kind, asked: Asked) -> QuerySet[Any]:
    """The entries that a person may see and asked for, in the order asked for."""
    found = find(asked.text, visible(user, kind))
    found = standing.with_status(kind, asked.status, found)
    for name, code in asked.filters.items():
        found = _narrowed(found, kind.by_name[name], code)
    if asked.owner is not None:
        found = _owned(user, kind, found, asked.owner)
    return found.order_by(*_order(user, kind, asked.sort))


def _owned(user: User, kind: Kind, found: QuerySet[Any], owner: int) -> QuerySet[Any]:
    """The entries of one organisation; an anonymous need does not tell strangers whose it is."""
    found = found.filter(**{f"{kind.owner_field}_id": owner})
    told = seen_rows(user, kind, kind.by_name[kind.owner_field])
    return found if told is None else found.filter(told)


def _narrowed(found: QuerySet[Any], by: Field, code: str) -> QuerySet[Any]:
    tree = tree_of(by)
    if by.shape is Shape.CODES:  # a list of codes is JSON text, in which a whole code has its quotation marks
        return found.filter(**{f"{by.name}__icontains": f'"{code}"'})
    return found.filter(**{f"{by.name}__in": with_descendants(tree, code)})


def _order(user: User, kind: Kind, sort: str) -> list[Any]:
    fields = {column.sort: column.field for column in columns_of(kind) if column.sort}
    field = fields.get(sort.removeprefix("-"))
    if field is None:
        return [kind.title_field, "id"]
    name = f"{field.name}__{kind_named(field.target).title_field}" if field.target else field.name
    told = _told(user, kind, field)
    # Rows whose field a reader does not see stand among those that have none: the order tells nothing about them.
    column = F(name) if told is None else Case(When(told, then=F(name)), default=None)
    if sort.startswith("-"):
        return [column.desc(nulls_last=True), "id"]
    return [column.asc(nulls_last=True), "id"]


def _told(user: User, kind: Kind, field: Field) -> Q | None:
    """Of which rows a reader sees this field, and where it leads; None for all of them."""
    told = seen_rows(user, kind, field)
    if not field.target or field.target == ORGANISATION.name:
        return told
    leads = Q(**{f"{field.name}__in": visible(user, kind_named(field.target)).values("pk")})
    return leads if told is None else told & leads


def cells(user: User, kind: Kind, columns: Sequence[Column], rows: Sequence[Entry]) -> list[list[str]]:
    """The text of each cell for this reader; what they may not see of a row is empty."""
    seen, secret = widest_of(user, rows), secret_links(user, kind, rows)

    def cell(row: Entry, column: Column) -> str:
        if not sees_field(column.field, row, seen[row.pk]):
            return ""
        if column.field.target and subject_in(row, column.code) in secret:
            return gettext("（保密）")
        return show_value(column.field, value_in(column, row))

    return [[cell(row, column) for column in columns] for row in rows]


def rows_of(user: User, kind: Kind, columns: Sequence[Column], found: QuerySet[Any]) -> Iterator[list[str]]:
    """The cells of every row of a list, read piece by piece."""
    rows = links_loaded(kind, columns, found).iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield from cells(user, kind, columns, some)


def value_in(column: Column, row: Entry) -> Any:
    """The value of a row in a column."""
    return completeness(row).score if column.field is COMPLETENESS else getattr(row, column.code)


def links_loaded(kind: Kind, columns: Sequence[Column], found: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with what their link columns point at, in one question; long texts are left where they are."""
    links = [column.code for column in columns if column.field.shape is Shape.ENTRY]
    needed = {kind.owner_field} - {""} | set(links)
    read = {column.code for column in columns}
    if any(column.field is COMPLETENESS for column in columns):
        read.update(columns_needed(kind))
    long = [one.name for one in kind.fields if one.shape is Shape.LONG and one.name not in read]
    found = found.defer(*long, "search_text")
    return found.select_related(*sorted(needed)) if needed else found


def with_descendants(tree: CodeTree, code: str) -> list[str]:
    """A code with all codes below it; an unknown one alone, so that it finds only itself."""
    return [code, *tree.descendants(code)] if code in tree else [code]


def chips(user: User, kind: Kind) -> list[Mapping[str, Any]]:
    """The filters of a list: the state, then the fields that narrow it, each with the codes that are of use."""
    statuses = [{"value": code, "label": STATUSES[code]} for code in standing.statuses_of(kind)]
    groups: list[Mapping[str, Any]] = [
        {"label": _("状态"), "name": "status", "options": statuses, "default": "in-force"}
    ]
    for one in kind.fields:
        if one.filtered:
            groups.append({"label": one.label, "name": one.name, "options": _options(user, kind, one)})
    return [group for group in groups if len(group["options"]) > 1]


def _options(user: User, kind: Kind, by: Field) -> list[dict[str, str]]:
    tree = tree_of(by)
    codes = list(tree.roots()) if len(tree) <= FEW else _tops(by, tree, codes_in_use(user, kind, by.name))
    return [{"value": code, "label": code_name(tree, code)} for code in codes]


def _tops(by: Field, tree: CodeTree, used: Sequence[str]) -> list[str]:
    """What is in use, by its top level; industries by their division, regions as they are."""
    if by.vocabulary == "industries":
        return sorted({code[:2] for code in used})
    if by.vocabulary == "regions":
        return sorted(used)
    above = {tree.ancestors(code)[0] if tree.ancestors(code) else code for code in used if code in tree}
    return [code for code in tree.roots() if code in above]


def codes_in_use(user: User, kind: Kind, name: str) -> list[str]:
    """The codes that visible entries have in a field."""
    seen = visible(user, kind)
    if not seen.query.where and _is_indexed(
        kind, name
    ):  # every entry: step through the index instead of the rows
        return sorted(codes_in_table(kind.model, name))
    return sorted(code for code in seen.order_by().values_list(name, flat=True).distinct() if code)


def _is_indexed(kind: Kind, name: str) -> bool:
    """Whether an index of the whole table begins with a field."""
    return any(index.fields[:1] == [name] and index.condition is None for index in kind.model._meta.indexes)
