"""An import taken back: entries it made go away, fields it changed return, unless somebody has relied on them since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import ForeignObjectRel, Model, Q

from huanchuang.audit.services import Actor
from huanchuang.files.models import Use
from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Candidate, Entry, ImportRow, Outcome, Revision
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.kinds.values import plain_value
from huanchuang.registry.services import checks
from huanchuang.registry.services.bulk import AT_ONCE
from huanchuang.registry.services.imports.writing import change_all, values_of
from huanchuang.registry.services.prepare import set_derived

GONE = ("记录已不在登记簿里", "The entry is not in the register any more")
IN_USE = ("已有其他记录用到它", "Other records refer to it")
TAKEN_SINCE = ("原来的名称或编号现在属于别的记录", "Its former name or number now belongs to another entry")


def take_back(actor: Actor, kind: Kind, rows: Sequence[ImportRow]) -> None:
    """Take back what rows wrote. Call it inside a transaction. What stays in place is said in `kept` of its row."""
    stored = _stored(kind, rows)
    for row in rows:
        if _key(row) not in stored:
            row.kept.append(list(GONE))
    present = [row for row in rows if _key(row) in stored]
    _restore(actor, kind, [row for row in present if row.outcome == Outcome.CHANGED.value], stored)
    _remove(kind, [row for row in present if row.outcome == Outcome.NEW.value], stored)


def _key(row: ImportRow) -> int:
    return key_of_subject(row.subject_of) or 0


def _stored(kind: Kind, rows: Iterable[ImportRow]) -> dict[int, Entry]:
    keys = sorted({_key(row) for row in rows})
    found: dict[int, Entry] = {}
    for first in range(0, len(keys), AT_ONCE):
        chunk = kind.model._default_manager.select_for_update().filter(pk__in=keys[first : first + AT_ONCE])
        found |= {entry.pk: entry for entry in chunk}
    return found


# Changed entries: field by field


def _restore(actor: Actor, kind: Kind, rows: Sequence[ImportRow], stored: Mapping[int, Entry]) -> None:
    changes = []
    for row in rows:
        entry = stored[_key(row)]
        back, since = _to_restore(kind, row, entry)
        if since:
            named = "、".join(str(kind.by_name[name].label) for name in since)
            row.kept.append(
                [f"{named}：导入后又被修改，保留现在的内容", f"Changed since, kept: {', '.join(since)}"]
            )
        values = values_of(kind, back)
        if values and _identifies(kind, back) and not _is_free(kind, entry, values):
            row.kept.append(list(TAKEN_SINCE))
            continue
        if values:
            changes.append((entry, values))
    change_all(actor, kind, changes, "undo", "")


def _to_restore(kind: Kind, row: ImportRow, entry: Entry) -> tuple[dict[str, Any], list[str]]:
    """The former values of fields that still hold what the import wrote; the names of fields that do not."""
    back: dict[str, Any] = {}
    since: list[str] = []
    for name, written in row.values.items():
        if plain_value(kind.by_name[name], getattr(entry, name)) == written:
            back[name] = row.before.get(name)
        else:
            since.append(name)
    return back, since


def _identifies(kind: Kind, back: Mapping[str, Any]) -> bool:
    """Whether any of these fields says which entry it is."""
    columns = {column for columns in (*kind.identity, *kind.unique_columns) for column in columns}
    return bool(({kind.title_field, kind.owner_field} | columns) & set(back))


def _is_free(kind: Kind, entry: Entry, values: Mapping[str, Any]) -> bool:
    """Whether what identifies the entry with its former values belongs to nobody else by now."""
    former = kind.model._default_manager.get(pk=entry.pk)
    for column, value in values.items():
        setattr(former, column, value)
    set_derived(kind, former)
    return checks.existing_like(kind, former) is None


# New entries: away, where nothing stands on them


def _remove(kind: Kind, rows: Sequence[ImportRow], stored: Mapping[int, Entry]) -> None:
    going: dict[int, ImportRow] = {}
    for row in rows:
        entry = stored[_key(row)]
        if entry.version == row.entry_version:
            going[entry.pk] = row
        else:
            row.kept.append(list(_changed_by(entry)))
    while blocked := _in_use(kind, going):
        for key in blocked:
            going.pop(key).kept.append(list(IN_USE))
    keys = sorted(going)
    _forget_pairs(f"{kind.subject_prefix}:{key}" for key in keys)
    if any(one.target == kind.name for one in kind.links):
        links = {one.name: None for one in kind.links if one.target == kind.name}
        for first in range(0, len(keys), AT_ONCE):
            kind.model._default_manager.filter(pk__in=keys[first : first + AT_ONCE]).update(**links)
    for first in range(0, len(keys), AT_ONCE):
        kind.model._default_manager.filter(pk__in=keys[first : first + AT_ONCE]).delete()


def _forget_pairs(subjects: Iterable[str]) -> None:
    """Nobody need compare what is gone; what people said about it stays, as history does."""
    gone = list(subjects)
    for first in range(0, len(gone), AT_ONCE):
        chunk = gone[first : first + AT_ONCE]
        Candidate.objects.filter(Q(one__in=chunk) | Q(other__in=chunk)).delete()


def _changed_by(entry: Entry) -> tuple[str, str]:
    last = Revision.objects.filter(subject_of=entry.subject).order_by("-id").first()
    who = last.by_name if last else ""
    return f"导入后{who}修改过，保留", f"Changed since by {who}, kept" if who else "Changed since, kept"


def _in_use(kind: Kind, going: Mapping[int, object]) -> set[int]:
    """Those that something other than themselves and each other points at: by key or by subject."""
    keys, found = sorted(going), set[int]()
    for first in range(0, len(keys), AT_ONCE):
        chunk = keys[first : first + AT_ONCE]
        for relation in kind.model._meta.related_objects:
            found |= _by_key(kind, relation, chunk, going)
        found |= _by_subject(kind, chunk)
    return found


OWN_PARTS = frozenset({"namekey"})
"""Rows that are part of an entry and go with it."""


def _by_key(kind: Kind, relation: ForeignObjectRel, keys: list[int], going: Mapping[int, object]) -> set[int]:
    model: type[Model] = relation.related_model
    if model._meta.model_name in OWN_PARTS:
        return set()
    column = relation.field.attname
    rows = model._default_manager.filter(**{f"{column}__in": keys}).values_list("pk", column)
    return {target for pk, target in rows if not (model is kind.model and pk in going)}


def _by_subject(kind: Kind, keys: list[int]) -> set[int]:
    subjects = [f"{kind.subject_prefix}:{key}" for key in keys]
    found: set[str] = set(Use.objects.filter(about__in=subjects).values_list("about", flat=True))
    for model in apps.get_models():
        for column in model._meta.get_fields():
            if isinstance(column, SubjectField) and not column.history:
                rows = model._default_manager.filter(**{f"{column.name}__in": subjects})
                found |= set(rows.values_list(column.name, flat=True).distinct())
    return {key for subject in found if (key := key_of_subject(subject)) is not None}
