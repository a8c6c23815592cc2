"""Facts one a row, for files: what each subject is called beside what is said about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.access import ALL_CLASSES, reader_of
from huanchuang.facts.queries.values import current
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import Field, Kind, Shape, kind_of, kind_of_subject
from huanchuang.registry.queries.links import entries_of
from huanchuang.registry.queries.listing import Column
from huanchuang.registry.queries.visibility import ORDER, widest_of
from huanchuang.registry.queries.whole import open_entries

AT_ONCE = 2000
COLUMNS: Sequence[Column] = [
    Column(Field(name, label, Shape.TEXT))
    for name, label in (
        ("subject", _("对象")), ("title", _("名称")), ("key", _("指标代码")), ("indicator", _("指标")), ("period", _("期间")),
        ("value", _("数值")), ("unit", _("单位")), ("source_kind", _("来源类型")), ("source_link", _("来源")),
        ("note", _("说明")), ("recorded_at", _("记录时间")), ("recorded_by", _("记录人")),
    )
]  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A subject that a reader may know of: its name, and the classes of keys that are theirs."""

    title: str
    classes: Collection[str]


def flat_rows(user: User | None) -> Iterator[list[str]]:
    """Current facts in the order of subject, key and period, as a person sees them, else as the district does: those about
    secrets left out."""
    every: QuerySet[Fact] = current().order_by("subject", "key", "period", "source_kind", "id")
    several = every.iterator(chunk_size=AT_ONCE)
    while some := list(islice(several, AT_ONCE)):
        known = _known(user, {fact.subject for fact in some})
        for fact in some:
            here = known.get(fact.subject)
            if here is not None and _class_of(fact.key) in here.classes:
                yield _row(fact, here.title)


def _row(fact: Fact, title: str) -> list[str]:
    moment = timezone.localtime(fact.recorded_at).isoformat(sep=" ", timespec="seconds")
    return [
        fact.subject, title, fact.key, dictionary.name(fact.key), fact.period.code, fact.value, fact.unit,
        str(fact.get_source_kind_display()), fact.source_link, fact.note, moment, fact.recorded_by_name,
    ]  # fmt: skip


def _class_of(key: str) -> str:
    entry = dictionary.entry(key)
    return entry.field_class if entry else "owner"


def _known(user: User | None, subjects: set[str]) -> Mapping[str, Known]:
    registered = {subject for subject in subjects if kind_of_subject(subject) is not None}
    known = _open(registered) if user is None else _seen(user, entries_of(user, registered))
    for subject in subjects - registered:
        reader = None if user is None else reader_of(user, subject)
        if user is None or reader is not None:
            known[subject] = Known(reader.title if reader else "", reader.classes if reader else ALL_CLASSES)
    return known


def _open(subjects: set[str]) -> dict[str, Known]:
    keys: dict[str, tuple[Kind, list[int]]] = {}
    for subject in subjects:
        kind, key = kind_of_subject(subject), key_of_subject(subject)
        if kind is not None and key is not None:
            keys.setdefault(kind.name, (kind, []))[1].append(key)
    return {
        entry.subject: Known(kind.title(entry), ALL_CLASSES)
        for kind, wanted in keys.values()
        for entry in open_entries(kind).filter(pk__in=wanted).defer("search_text")
    }


def _seen(user: User, entries: Mapping[str, Entry]) -> dict[str, Known]:
    groups: dict[str, list[Entry]] = {}
    for one in entries.values():
        groups.setdefault(kind_of(one).name, []).append(one)
    known: dict[str, Known] = {}
    for group in groups.values():
        seen = widest_of(user, group)
        for one in group:
            known[one.subject] = Known(kind_of(one).title(one), ORDER[: ORDER.index(seen[one.pk]) + 1])
    return known
