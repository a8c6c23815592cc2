"""Who may see which entries, and which classes of their fields: decided here for pages, API, export and search alike.

1. Organisations and people: the whole district for its roles, the public part for those who match, else one's own.
2. A confidential achievement, and a patent of one, exists only for members of its owner, its inventors and holders of a
   grant. Officers, leaders and auditors are no exception. What is known of a patent does not open its achievement.
3. Everything else is visible to everybody who has signed in; its fields open class by class.
4. Classes: the authority sees all, the owner what is the owner's, a granted party what is granted, others what is public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from huanchuang.accounts.models import Grant, Role, User
from huanchuang.accounts.queries import live_grants
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import (
    Achievement,
    Entry,
    Need,
    Organisation,
    Person,
    Proof,
    Relation,
    Step,
)
from huanchuang.registry.queries import organisations
from huanchuang.registry.queries.kinds import (
    ACHIEVEMENT,
    NEED,
    ORGANISATION,
    PATENT,
    PERSON,
    Field,
    Kind,
    kind_of,
    kind_of_subject,
)
from huanchuang.registry.queries.kinds.field import AUTHORITY, MATCHED, OWNER, PUBLIC
from huanchuang.registry.queries.organisations import WHOLE_DISTRICT, organisations_of, visible_organisations

ORDER: Sequence[str] = (PUBLIC, MATCHED, OWNER, AUTHORITY)
PUBLIC_ROLES = ("researcher", "technology-manager", "expert", "entrepreneur")
"""People of these roles have a public profile; clerks and officials are known to their unit and the authority only."""


def visible(user: User, kind: Kind) -> QuerySet[Any]:
    """The entries of a kind that a person may know of at all."""
    if kind is ORGANISATION:
        return visible_organisations(user)
    every: QuerySet[Any] = kind.model._default_manager.all()
    if kind is PERSON:
        return every if user.role in WHOLE_DISTRICT else every.filter(_known_people(user))
    if kind is ACHIEVEMENT:
        return every.filter(Q(is_confidential=False) | _inside(user, ACHIEVEMENT))
    if kind is PATENT:
        secret = Achievement.objects.filter(is_confidential=True).exclude(_inside(user, ACHIEVEMENT))
        known = Q(achievement=None) | ~Q(achievement__in=secret.values("pk"))
        return every.filter(known | _inside(user, PATENT))
    return every


def _known_people(user: User) -> Q:
    """Public profiles, the people of one's own units, and oneself."""
    public = Q()
    for role in PUBLIC_ROLES:
        public |= Q(roles__icontains=f'"{role}"')
    return public | Q(unit__in=organisations_of(user).values("pk")) | Q(user=user)


def _inside(user: User, kind: Kind) -> Q:
    """Achievements or patents that this person may see even while they are secret: of their units, invented, granted.
    A condition only: it asks the database nothing of its own."""
    subject = _subject(kind, OuterRef("pk"))
    persons = (
        Person.objects.filter(user=user).order_by().annotate(named=_subject(PERSON, F("pk"))).values("named")
    )
    invented = Relation.objects.filter(
        type="inventor-of", until=None, to_subject=subject, from_subject__in=persons
    )
    granted = live_grants(user).filter(subject_of=subject)
    return Q(owner__in=organisations_of(user).values("pk")) | Q(Exists(granted)) | Q(Exists(invented))


def _subject(kind: Kind, key: F | OuterRef) -> Concat:
    """The subject of a row as the database writes it."""
    return Concat(Value(f"{kind.subject_prefix}:"), Cast(key, CharField()))


def _granted(user: User, prefix: str) -> QuerySet[Grant]:
    return live_grants(user).filter(subject_of__startswith=f"{prefix}:")


def _keys(subjects: Iterable[str]) -> list[int]:
    return [key for subject in subjects if (key := key_of_subject(subject)) is not None]


def widest(user: User, entry: Entry) -> str:
    """The widest class of fields that a person sees of an entry that is visible to them."""
    return widest_of(user, [entry])[entry.pk]


def widest_of(user: User, entries: Sequence[Entry]) -> dict[int, str]:
    """`widest` for many entries of one kind, with two questions to the database at most."""
    if not entries:
        return {}
    see = sight(user)
    return {entry.pk: see(entry) for entry in entries}


def sight(user: User) -> Callable[[Entry], str]:
    """`widest` for any number of entries of any kinds, with two questions to the database in all."""
    if user.role in WHOLE_DISTRICT:
        return lambda _entry: AUTHORITY
    mine = set(organisations_of(user).values_list("pk", flat=True))
    granted = _granted_classes(user)

    def see(entry: Entry) -> str:
        if kind_of(entry).owner_id(entry) in mine or _is_self(user, entry):
            return OWNER
        return granted.get(entry.subject, PUBLIC)

    return see


def _granted_classes(user: User, kind: Kind | None = None) -> dict[str, str]:
    """Subject → the widest class that a grant opens there; of one kind where it is said."""
    granted: dict[str, str] = {}
    for given in (_granted(user, kind.subject_prefix) if kind else live_grants(user)).exclude(field_class=""):
        better = max(granted.get(given.subject_of, PUBLIC), given.field_class, key=ORDER.index)
        granted[given.subject_of] = better
    return granted


def _is_self(user: User, entry: Entry) -> bool:
    return isinstance(entry, Person) and entry.user_id == user.pk


def sees_field(field: Field, entry: Entry, seen: str) -> bool:
    """Whether a reader who sees the class `seen` of an entry sees this field of it (personal data: masked)."""
    asked = field.field_class
    if isinstance(entry, Need) and entry.is_anonymous and field.name == "owner":
        asked = MATCHED
    if isinstance(entry, Person) and field.name in {"post"} and not set(entry.roles) & set(PUBLIC_ROLES):
        asked = OWNER
    return ORDER.index(asked) <= ORDER.index(seen)


def seen_rows(user: User, kind: Kind, field: Field) -> Q | None:
    """Of which visible rows a person sees this field, as a condition; None for all of them.

    An order by a field that is not shown would tell what it holds; `sees_field` says the same of one row.
    """
    if user.role in WHOLE_DISTRICT:
        return None
    if kind is NEED and field.name == kind.owner_field:
        return Q(is_anonymous=False) | _rows_seen(user, kind, MATCHED)
    return None if field.field_class == PUBLIC else _rows_seen(user, kind, field.field_class)


def anonymous_to(user: User, entries: Iterable[Entry]) -> set[str]:
    """Subjects of those entries that are needs whose owner is kept from this person."""
    needs = [entry for entry in entries if isinstance(entry, Need) and entry.is_anonymous]
    seen = widest_of(user, needs)
    owner = NEED.by_name[NEED.owner_field]
    return {need.subject for need in needs if not sees_field(owner, need, seen[need.pk])}


def _rows_seen(user: User, kind: Kind, asked: str) -> Q:
    granted = [
        subject
        for subject, given in _granted_classes(user, kind).items()
        if ORDER.index(asked) <= ORDER.index(given)
    ]
    rows = Q(pk__in=_keys(granted))
    if ORDER.index(asked) <= ORDER.index(OWNER):
        owner = f"{kind.owner_field}__in" if kind.owner_field else "pk__in"
        rows |= Q(**{owner: organisations_of(user).values("pk")})
        rows |= Q(user=user) if kind is PERSON else Q()
    return rows


def readable_fields(user: User, entry: Entry) -> list[Field]:
    """The fields of an entry that a person sees, in their order."""
    seen = widest(user, entry)
    return [field for field in kind_of(entry).fields if sees_field(field, entry, seen)]


def sees_inside(user: User, entry: Entry) -> bool:
    """Whether a person sees history, sources and contacts of an entry: its owner and the whole-district roles."""
    return ORDER.index(widest(user, entry)) >= ORDER.index(OWNER)


def changeable(user: User, kind: Kind) -> QuerySet[Any]:
    """The entries of a kind whose record a person may change: an officer those they see, others those of their units."""
    if kind is ORGANISATION:
        return organisations.changeable(user)
    seen = visible(user, kind)
    if user.role == Role.OFFICER:
        return seen
    mine = organisations_of(user).values("pk")
    own = Q(**{f"{kind.owner_field}__in": mine})
    if kind is PERSON:
        own |= Q(user=user)
    return seen.filter(own)


def may_change_entry(user: User, entry: Entry) -> bool:
    """Whether this person may change this entry (the deed of the kind is asked apart)."""
    if isinstance(entry, Organisation) and user.role == Role.OFFICER:
        return True  # any of them: not worth a question, and asked four times on a page
    return bool(changeable(user, kind_of(entry)).filter(pk=entry.pk).exists())


def may_read_evidence(user: User, subject: str) -> bool:
    """For the download of what is attached to a step or a proof: who sees its entry from inside."""
    entry = _entry_of_evidence(subject)
    if entry is None or not visible(user, kind_of(entry)).filter(pk=entry.pk).exists():
        return False
    return sees_inside(user, entry)


def _entry_of_evidence(subject: str) -> Entry | None:
    prefix, key = subject.partition(":")[0], key_of_subject(subject) or 0
    if prefix == Proof._meta.label_lower:
        proof = Proof.objects.filter(pk=key).select_related("achievement").first()
        return proof.achievement if proof else None
    step = Step.objects.filter(pk=key).first()
    kind = kind_of_subject(step.subject_of) if step else None
    if step is None or kind is None:
        return None
    found: Entry | None = kind.model._default_manager.filter(pk=key_of_subject(step.subject_of)).first()
    return found


def owners_for(user: User, kind: Kind) -> QuerySet[Organisation] | None:
    """The organisations for which a person may register entries of a kind; None: for any."""
    return None if user.role == Role.OFFICER else organisations_of(user)


__all__ = [
    "anonymous_to",
    "changeable",
    "may_change_entry",
    "may_read_evidence",
    "owners_for",
    "readable_fields",
    "seen_rows",
    "sees_field",
    "sees_inside",
    "sight",
    "visible",
    "widest",
    "widest_of",
]
