"""What a person needs to know before two entries become one, and afterwards to see what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.engines.sameness import FieldComparison
from huanchuang.orm.language import language
from huanchuang.orm.masking import PERSONAL
from huanchuang.orm.models import key_of_subject
from huanchuang.registry import effects
from huanchuang.registry.models import Entry, Merge, Relation
from huanchuang.registry.queries.kinds import KINDS, Field, Kind, Shape, kind_named, kind_of, kind_of_subject
from huanchuang.registry.queries.kinds.values import show_value, value_of_plain
from huanchuang.registry.queries.links import known_subjects, secret_fields
from huanchuang.registry.queries.page import related
from huanchuang.registry.queries.sameness.judged import kept_for
from huanchuang.registry.queries.sameness.pointers import pointers
from huanchuang.registry.queries.visibility import readable_fields, sees_inside, visible

Hanging = tuple[str, int, int]
"""A word, and how many such rows point at the one and at the other."""
UNITED = "aliases"
"""Names are never chosen between: those of both stay."""


@dataclass(frozen=True)
class Choice:
    """A field in which two entries differ: both values in words, and which side is proposed."""

    field: Field
    one: str
    other: str
    proposed: str
    """one or other."""


def called(one: Entry, other: Entry) -> tuple[str, str]:
    """What two entries are called beside each other: by title, with the owner where the titles are equal, then by number."""
    kind = kind_of(one)
    plain = kind.title(one), kind.title(other)
    if plain[0] != plain[1]:
        return plain
    owners = [(kind.owner(entry) if kind.owner_field else None) for entry in (one, other)]
    owned = [f"{plain[0]}（{owner.name}）" if owner else plain[0] for owner in owners]
    if owned[0] != owned[1]:
        return owned[0], owned[1]
    return f"{owned[0]} #{one.pk}", f"{owned[1]} #{other.pk}"


def choices(user: User, one: Entry, other: Entry, kept: str) -> list[Choice]:
    """The fields in which two entries differ, as far as a reader sees them; what only one says is proposed, else the kept one's."""
    kind = kind_of(one)
    seen = {field.name for field in readable_fields(user, one)} & {
        field.name for field in readable_fields(user, other)
    }
    seen -= set(secret_fields(user, one)) | set(secret_fields(user, other))
    found = []
    for field in kind.fields:
        left, right = getattr(one, field.name), getattr(other, field.name)
        if field.name == UNITED or field.name not in seen or left == right:
            continue
        only = "other" if _nothing(left) else "one" if _nothing(right) else ""
        found.append(Choice(field, told(field, left), told(field, right), only or kept))
    return found


def _nothing(value: Any) -> bool:
    return value is None or value == "" or value == []


def told(field: Field, value: Any) -> str:
    """A value in words; personal data masked, links by their title."""
    if field.personal:
        return PERSONAL[field.name](value) if value else ""
    if isinstance(value, Entry):
        return kind_of(value).title(value)
    text = show_value(field, value)
    return f"{text} {field.unit}" if text and field.unit else text


MASKED = {"phone": ("contact_phone", "phone"), "contact": ("contact_name",), "email": ("email",)}
"""Field of a comparison → fields of entries that hold it: the engine knows their digests only, the page shows them masked."""


def sides_shown(row: FieldComparison, one: Entry, other: Entry) -> tuple[str, str]:
    """Both values of a compared field as the page shows them."""
    left, right = (_masked_side(row.field, entry) for entry in (one, other))
    return left or row.left, right or row.right


def _masked_side(name: str, entry: Entry) -> str:
    for held in MASKED.get(name, ()):
        field = kind_of(entry).by_name.get(held)
        if field is not None and field.personal:
            return told(field, getattr(entry, held))
    return ""


def proposed_kept(one: Entry, other: Entry, hanging: Sequence[Hanging]) -> str:
    """Which of the two to keep: the one in force, else the one on which more hangs, else the earlier one."""
    if (one.retired_on is None) != (other.retired_on is None):
        return "one" if one.retired_on is None else "other"
    return "other" if sum(row[2] for row in hanging) > sum(row[1] for row in hanging) else "one"


def both_hanging(user: User, one: Entry, other: Entry) -> list[Hanging]:
    """What points at either of two entries, as far as a reader may know of it, with one question for each table."""
    found: dict[str, list[int]] = {}
    words = _words()
    for pointer in pointers(one):
        if pointer.model is Relation:
            continue
        kind = _kind_of_model(pointer.model)
        word = str(kind.label) if kind else words.get(pointer.model._meta.label, _("其他记录"))
        rows = visible(user, kind) if kind else pointer.model._default_manager.all()
        values = [pointer.value(entry) for entry in (one, other)]
        counts = rows.filter(**{f"{pointer.column}__in": values}).order_by().values_list(pointer.column)
        for value, count in counts.annotate(count=Count("pk")):
            found.setdefault(word, [0, 0])[values.index(value)] += count
    sides = [
        {_("关系"): len(related(user, entry)), **dict(effects.counted(user, entry.subject))}
        for entry in (one, other)
    ]
    for side, counts_of_side in enumerate(sides):
        for word, count in counts_of_side.items():
            found.setdefault(word, [0, 0])[side] += count
    return [(word, left, right) for word, (left, right) in found.items() if left or right]


def _words() -> Mapping[str, str]:
    return {
        "registry.Membership": _("账户"),
        "registry.Qualification": _("资质"),
        "accounts.Grant": _("授权"),
        "files.Use": _("附件"),
        **{label: str(word) for label, word in effects.row_words.items()},
    }


def _kind_of_model(model: type[Any]) -> Kind | None:
    return next((kind for kind in KINDS.values() if kind.model is model), None)


def stands_for(user: User, entry: Entry) -> Entry | None:
    """The entry into which this one was merged, directly or by others; None where it stands for itself."""
    if entry.retired_on is None:
        return None
    subject = kept_for(entry.subject)
    if subject == entry.subject:
        return None
    found: Entry | None = visible(user, kind_of(entry)).filter(pk=key_of_subject(subject)).first()
    return found


def merges_of(user: User, entry: Entry) -> Sequence[Merge]:
    """The merges in which an entry took part, as far as a reader may know of the other one; the newest first."""
    found = list(Merge.objects.filter(Q(kept=entry.subject) | Q(lost=entry.subject)))
    known = known_subjects(user, (end for merge in found for end in (merge.kept, merge.lost)))
    return [merge for merge in found if {str(merge.kept), str(merge.lost)} <= known]


def merges_known_to(user: User, merge: Merge) -> tuple[Entry, Entry] | None:
    """Both entries of a merge (kept, lost); None where the reader may not know of one."""
    kind = kind_named(merge.kind)
    keys = key_of_subject(merge.kept), key_of_subject(merge.lost)
    rows = {row.pk: row for row in visible(user, kind).filter(pk__in=keys)}
    if keys[0] not in rows or keys[1] not in rows:
        return None
    return rows[keys[0]], rows[keys[1]]


def moved_words(user: User, merge: Merge, groups: Sequence[Sequence[Any]]) -> list[tuple[str, int]]:
    """What moved (or stayed), in words, without what the reader may not know of; `groups` as the merge keeps them."""
    found: dict[str, int] = {}
    words = {**_words(), "registry.Relation": _("关系")}
    by_label = {label.lower(): word for label, word in words.items()}
    for label, _column, keys in groups:
        kind = kind_of_subject(f"{label}:0")
        count = visible(user, kind).filter(pk__in=keys).count() if kind else len(keys)
        word = str(kind.label) if kind else by_label.get(label, _("其他记录"))
        found[word] = found.get(word, 0) + count
    if groups is merge.moved:
        found |= {above[language()]: above["moved"] for above in merge.told.values()}
    return [(word, count) for word, count in found.items() if count]


def changed_words(user: User, merge: Merge, entry: Entry) -> list[tuple[str, str, str]]:
    """(label, before, after) of the fields of the kept entry that the merge set, as far as a reader sees them."""
    kind = kind_named(merge.kind)
    if not sees_inside(user, entry):
        return []
    found = []
    for attname, (before, after) in merge.columns.get("kept", {}).items():
        field = kind.by_name.get(attname.removesuffix("_id"))
        if field is not None and not field.personal:
            found.append((str(field.label), _shown(user, field, before), _shown(user, field, after)))
    return found


def _shown(user: User, field: Field, plain: Any) -> str:
    """A plain column value in words; links by their title."""
    if field.shape is Shape.ENTRY:
        target = KINDS[field.target]
        row = visible(user, target).filter(pk=plain).first() if plain else None
        return target.title(row) if row is not None else ""
    return told(field, value_of_plain(field, plain))
