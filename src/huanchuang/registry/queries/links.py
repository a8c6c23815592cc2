"""What links between entries lead to, as far as a reader may know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import CharField, F, Model, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Entry, Proof, Step
from huanchuang.registry.queries.history import names_of_subjects
from huanchuang.registry.queries.kinds import (
    ACHIEVEMENT,
    KINDS,
    NEED,
    ORGANISATION,
    Field,
    Kind,
    kind_of,
    kind_of_subject,
)
from huanchuang.registry.queries.visibility import seen_rows, visible


def entries_of(user: User, subjects: Iterable[str]) -> dict[str, Entry]:
    """The entries behind subjects that a reader may know of, with one question for each kind."""
    return {
        entry.subject: entry
        for kind, keys in _by_kind(subjects)
        for entry in visible(user, kind).filter(pk__in=keys).defer("search_text")
    }


def titles_of(user: User, subjects: Iterable[str]) -> dict[str, str]:
    """The titles of the entries behind subjects that a reader may know of, and of needs whose they are: one question."""
    asked = [
        _named(user, kind).filter(pk__in=keys).order_by().values_list("sort", "pk", "shown")
        for kind, keys in _by_kind(subjects)
    ]
    if not asked:
        return {}
    first, *others = asked
    rows = first.union(*others, all=True) if others else first
    return {f"{prefix}:{key}": title for prefix, key, title in rows}


def _named(user: User, kind: Kind) -> QuerySet[Any]:
    sort = Value(kind.subject_prefix, output_field=CharField())
    found: QuerySet[Any] = visible(user, kind).annotate(sort=sort, shown=F(kind.title_field))
    whose = seen_rows(user, kind, kind.by_name[kind.owner_field]) if kind is NEED else None
    return found if whose is None else found.filter(whose)


def known_subjects(user: User, subjects: Iterable[str]) -> set[str]:
    """Those of the subjects that are entries which a reader may know of, with one question for each kind."""
    return {
        f"{kind.subject_prefix}:{key}"
        for kind, keys in _by_kind(subjects)
        for key in visible(user, kind).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    }


def subjects_behind(subjects: Iterable[str]) -> dict[str, str]:
    """Steps and proofs among the subjects with the entry that each belongs to."""
    steps, proofs = Step._meta.label_lower, Proof._meta.label_lower
    keys: dict[str, list[int]] = {steps: [], proofs: []}
    for subject in subjects:
        prefix, key = subject.partition(":")[0], key_of_subject(subject)
        if prefix in keys and key is not None:
            keys[prefix].append(key)
    of_steps = Step.objects.filter(pk__in=keys[steps]).values_list("pk", "subject_of")
    of_proofs = Proof.objects.filter(pk__in=keys[proofs]).values_list("pk", "achievement_id")
    return {f"{steps}:{key}": subject for key, subject in of_steps} | {
        f"{proofs}:{key}": f"{ACHIEVEMENT.subject_prefix}:{achievement}" for key, achievement in of_proofs
    }


def _by_kind(subjects: Iterable[str]) -> list[tuple[Kind, list[int]]]:
    keys: dict[str, list[int]] = {}
    for subject in set(subjects):
        kind, key = kind_of_subject(subject), key_of_subject(subject)
        if kind is not None and key is not None:
            keys.setdefault(kind.name, []).append(key)
    return [(KINDS[name], wanted) for name, wanted in keys.items()]


def address_of(subject: str) -> str:
    """The page of an entry by its subject; "" for what has none."""
    kind, key = kind_of_subject(subject), key_of_subject(subject)
    return (
        reverse(f"registry:{kind.name}", kwargs={"pk": key}) if kind is not None and key is not None else ""
    )


def is_open(field: Field) -> bool:
    """Whether what a link field leads to may always be named: an organisation's name is no secret beside what it owns."""
    return field.target == ORGANISATION.name


def secret_links(user: User, kind: Kind, rows: Iterable[Entry]) -> set[str]:
    """Subjects that link fields of these rows lead to and that a reader may not know of."""
    closed = [field.name for field in kind.links if not is_open(field)]
    subjects = {subject for row in rows for name in closed if (subject := subject_in(row, name))}
    return subjects - known_subjects(user, subjects)


def secret_fields(user: User, entry: Entry) -> list[str]:
    """The link fields of an entry that lead to what a reader may not know of."""
    kind = kind_of(entry)
    secret = secret_links(user, kind, [entry])
    return [field.name for field in kind.links if subject_in(entry, field.name) in secret]


def subject_in(row: Entry, name: str) -> str:
    """The subject that a link field leads to, without asking the database; empty where it leads nowhere."""
    key, target = getattr(row, f"{name}_id"), row._meta.get_field(name).related_model
    return (
        f"{target._meta.label_lower}:{key}"
        if key and isinstance(target, type) and issubclass(target, Model)
        else ""
    )


def link_names(user: User, kind: Kind, states: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names behind the subjects that the link fields of these states hold; a word where a reader may not know it."""
    subjects = {
        str(state[field.name]): field for state in states for field in kind.links if state.get(field.name)
    }
    closed = {subject for subject, field in subjects.items() if not is_open(field)}
    secret = closed - known_subjects(user, closed)
    return names_of_subjects(subjects.keys() - secret) | dict.fromkeys(secret, _("（保密）"))
