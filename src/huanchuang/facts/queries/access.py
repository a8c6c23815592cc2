"""Who may read and enter the facts of a subject: decided here, for pages and API alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huanchuang.accounts.models import FieldClass, User
from huanchuang.accounts.queries import allows, sees
from huanchuang.facts.effects.access import Access, checker_of
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.queries import dictionary
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import may_change, visible_organisations
from huanchuang.registry.queries.organisations import WHOLE_DISTRICT

ALL_CLASSES = frozenset(FieldClass.values)
OWN_CLASSES = ALL_CLASSES - {FieldClass.AUTHORITY.value}


@dataclass(frozen=True)
class Reader:
    """What one person may do with the facts of one subject."""

    subject: str
    classes: frozenset[str]
    records: bool
    title: str
    url: str
    checks: bool = False
    """Whether this person may put right what other sources said, not only what was typed by hand."""
    chooses: bool = False
    """Whether this person may choose which source counts where they differ."""

    def corrects(self, fact: Fact) -> bool:
        """Whether this person may put another value in this fact's place."""
        by_hand = fact.source_kind == SourceKind.MANUAL
        return (
            self.records
            and self.reads_key(fact.key)
            and fact.current_until is None
            and (by_hand or self.checks)
        )

    def reads_key(self, key: str) -> bool:
        """Whether this person may see values of this key; keys outside the dictionary belong to the owner."""
        entry = dictionary.entry(key)
        return (entry.field_class if entry else FieldClass.OWNER.value) in self.classes

    def readable(self, facts: Iterable[Fact]) -> list[Fact]:
        """Those of the facts that this person may see."""
        return [fact for fact in facts if self.reads_key(fact.key)]


def reader_of(user: User, subject: str) -> Reader | None:
    """What a person may do with the facts of a subject; None where it does not exist for them."""
    kind, _, number = subject.partition(":")
    if kind == Organisation._meta.label_lower:
        return _of_organisation(user, subject, number)
    checker = checker_of(kind)
    access = checker(user, subject) if checker else _by_role(user, subject)
    if access is None or not access.reads:
        return None
    records = access.records and allows(user, "facts.fact.record", subject)
    return Reader(subject, ALL_CLASSES, records, access.title or subject, access.url, *_duties(user, subject))


def _by_role(user: User, subject: str) -> Access | None:
    """Subjects nobody answers for (the district itself) are read by the roles of the whole district."""
    return Access(reads=True, records=False, title=subject) if user.role in WHOLE_DISTRICT else None


def _of_organisation(user: User, subject: str, number: str) -> Reader | None:
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    organisation = visible_organisations(user).filter(pk=int(number)).first()
    if organisation is None:
        return None
    records = allows(user, "facts.fact.record", subject) and may_change(user, organisation)
    classes, url = _classes(user, organisation), organisation.get_absolute_url()
    return Reader(subject, classes, records, organisation.name, url, *_duties(user, subject))


def _duties(user: User, subject: str) -> tuple[bool, bool]:
    """Whether this person checks others' figures and chooses among sources."""
    return allows(user, "facts.fact.withdraw", subject), allows(user, "facts.source.choose", subject)


def _classes(user: User, organisation: Organisation) -> frozenset[str]:
    """The classes of fields a person sees: all by role, the owner's own, else public and what is granted."""
    if user.role in WHOLE_DISTRICT:
        return ALL_CLASSES
    if may_change(user, organisation):
        return OWN_CLASSES
    return frozenset(name for name in FieldClass.values if sees(user, name, organisation.subject))
