"""What the page of an entry shows, put together for one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.orm.language import language
from huanchuang.orm.masking import PERSONAL
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Entry, Membership, Organisation, Qualification, Relation
from huanchuang.registry.queries.kinds import (
    KINDS,
    RELATION_TYPES,
    Field,
    Kind,
    Shape,
    kind_of,
    kind_of_subject,
)
from huanchuang.registry.queries.kinds.values import code_name, show_value
from huanchuang.registry.queries.links import address_of, is_open, titles_of
from huanchuang.registry.queries.visibility import (
    anonymous_to,
    readable_fields,
    seen_rows,
    sees_inside,
    visible,
)

BELONGINGS = 8
"""So many of each kind are named on their owner's page; the rest stands in the list."""


@dataclass(frozen=True)
class Line:
    """One value on the page: its label, its text or parts, its address where it leads somewhere."""

    field: Field
    text: str
    url: str = ""
    parts: Sequence[str] = ()


@dataclass(frozen=True)
class Linked:
    """One entry related to this one."""

    relation: Relation
    word: str
    title: str
    url: str
    kind_label: str
    may_end: bool
    """Whether somebody who may change the entry at hand may end it from there."""


@dataclass(frozen=True)
class Belongings:
    """Entries of one kind that belong to an organisation: the newest few, how many, and where all of them are."""

    kind: Kind
    count: int
    entries: Sequence[Entry]
    url: str


def groups(user: User, entry: Entry) -> list[tuple[str, list[Line]]]:
    """The fields under their headings, those a reader sees and that say something or are among the usual ones."""
    kind = kind_of(entry)
    found: dict[str, list[Line]] = {}
    for field in readable_fields(user, entry):
        if field.personal or not _belongs(field, entry):
            continue
        found.setdefault(str(field.group), []).append(_line(user, kind, entry, field))
    return list(found.items())


def _belongs(field: Field, entry: Entry) -> bool:
    """Fields of one sort of entries show on that sort, and wherever somebody filled them in."""
    if field.only is None or getattr(entry, field.name):
        return True
    return all(getattr(entry, name) in codes for name, codes in field.only.items())


def _line(user: User, kind: Kind, entry: Entry, field: Field) -> Line:
    value = getattr(entry, field.name)
    if isinstance(value, Entry):
        shown = visible(user, kind_of(value)).filter(pk=value.pk).exists()
        hidden = not shown and not is_open(field)
        return Line(
            field,
            _("（保密）") if hidden else kind_of(value).title(value),
            value.get_absolute_url() if shown else "",
        )
    if field.shape in {Shape.LINES, Shape.PARAMETERS}:
        return Line(field, "", parts=[one["text"] if isinstance(one, Mapping) else one for one in value])
    text = show_value(field, value)
    return Line(field, f"{text} {field.unit}" if text and field.unit else text)


def personal(entry: Entry) -> list[tuple[Field, str]]:
    """The personal fields with their values masked."""
    return [
        (field, _masked(field.name, getattr(entry, field.name)))
        for field in kind_of(entry).fields
        if field.personal
    ]


def _masked(name: str, value: str) -> str:
    return PERSONAL[name](value) if value else ""


def members_of(user: User, organisation: Organisation) -> Sequence[Membership]:
    """Who belongs to an organisation, those who left last; nothing for readers of the public part."""
    if not sees_inside(user, organisation):
        return []
    members = Membership.objects.filter(organisation=organisation).select_related("user")
    return sorted(members, key=lambda member: (member.until is not None, member.since))


def related(user: User, entry: Entry) -> list[Linked]:
    """What this entry is related to, as far as the reader may know the other end; relations that ended last.

    An anonymous need is related to nothing for a reader from whom its owner is kept: a contact tells whose it is.
    """
    if anonymous_to(user, [entry]):
        return []
    ends = [
        (one, one.to_subject, RELATION_TYPES[one.type].forward, not RELATION_TYPES[one.type].opens)
        if one.from_subject == entry.subject
        else (one, one.from_subject, RELATION_TYPES[one.type].backward, True)
        for one in Relation.objects.filter(Q(from_subject=entry.subject) | Q(to_subject=entry.subject))
        if one.type in RELATION_TYPES
    ]
    titles = titles_of(user, (subject for _relation, subject, _word, _may in ends))
    shown = [
        Linked(
            one,
            str(word),
            titles[subject],
            address_of(subject),
            str(kind.label),
            may_end and one.until is None,
        )
        for one, subject, word, may_end in ends
        if subject in titles and (kind := kind_of_subject(subject)) is not None
    ]
    return sorted(
        shown,
        key=lambda link: (link.relation.until is not None, link.word, link.relation.order, link.relation.pk),
    )


def belongings(user: User, organisation: Organisation) -> list[Belongings]:
    """What belongs to an organisation, kind by kind, as far as the reader may know of it and whose it is."""
    found = []
    for kind in _kinds_owned(organisation):
        own = visible(user, kind).filter(**{kind.owner_field: organisation}, retired_on=None)
        if (owned := seen_rows(user, kind, kind.by_name[kind.owner_field])) is not None:
            own = own.filter(owned)
        newest = list(own.order_by("-created_at", "-id").defer("search_text")[: BELONGINGS + 1])
        if newest:
            count = len(newest) if len(newest) <= BELONGINGS else own.count()
            url = f"{reverse(f'registry:{kind.plural}')}?owner={organisation.pk}"
            found.append(Belongings(kind, count, newest[:BELONGINGS], url))
    return found


def _kinds_owned(organisation: Organisation) -> list[Kind]:
    """The kinds of which an organisation has entries in force at all: one question, before any right is looked at."""
    owned = [kind for kind in KINDS.values() if kind.owner_field]
    first, *others = [
        kind.model._default_manager.filter(**{kind.owner_field: organisation, "retired_on": None})
        .order_by()
        .values_list(Value(kind.name))
        .distinct()
        for kind in owned
    ]
    names = {name for (name,) in first.union(*others, all=True)}
    return [kind for kind in owned if kind.name in names]


def qualifications(organisation: Organisation) -> list[tuple[Qualification, str]]:
    """What an organisation is or was recognised as, with its name in the reader's language."""
    tree = vocabulary.code_tree("qualifications")
    return [(one, code_name(tree, one.kind, language())) for one in organisation.qualifications.all()]
