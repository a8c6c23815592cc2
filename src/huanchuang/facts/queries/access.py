"""Who may read and enter the facts of a subject: decided here, for pages and API alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huanchuang.accounts.models import FieldClass, User
from huanchuang.accounts.queries import allows
from huanchuang.facts.effects.access import Access, checker_of
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.queries import dictionary
from huanchuang.orm.models import key_of_subject
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Entry, Organisation
from huanchuang.registry.queries.kinds import Kind, kind_of, kind_of_subject
from huanchuang.registry.queries.organisations import WHOLE_DISTRICT
from huanchuang.registry.queries.sameness.judged import kept_for
from huanchuang.registry.queries.visibility import ORDER, may_change_entry, visible, widest

CARRIER = "carrier"
ALL_CLASSES = frozenset(FieldClass.values)


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
    about: frozenset[str] = frozenset()
    """What the dictionary calls such subjects; its keys about these are offered for entry."""

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
    kind = kind_of_subject(subject)
    if kind is not None:
        return _of_entry(user, subject, kind)
    checker = checker_of(subject.partition(":")[0])
    access = checker(user, subject) if checker else _by_role(user, subject)
    if access is None or not access.reads:
        return None
    records = access.records and allows(user, "facts.fact.record", subject)
    return Reader(subject, ALL_CLASSES, records, access.title or subject, access.url, *_duties(user, subject))


def _by_role(user: User, subject: str) -> Access | None:
    """Subjects nobody answers for (the district itself) are read by the roles of the whole district."""
    return Access(reads=True, records=False, title=subject) if user.role in WHOLE_DISTRICT else None


def _of_entry(user: User, subject: str, kind: Kind) -> Reader | None:
    key = key_of_subject(subject)
    entry = None if key is None else visible(user, kind).filter(pk=key).first()
    return None if entry is None else reader_for(user, entry)


def _gone(entry: Entry) -> bool:
    """Whether the entry was put into another one: figures are entered there."""
    return entry.retired_on is not None and kept_for(entry.subject) != entry.subject


def reader_for(user: User, entry: Entry) -> Reader:
    """What a person may do with the facts of an entry that is visible to them: they see of its figures the classes that
    they see of its fields."""
    kind, subject = kind_of(entry), entry.subject
    records = (
        allows(user, "facts.fact.record", subject) and may_change_entry(user, entry) and not _gone(entry)
    )
    classes = frozenset(ORDER[: ORDER.index(widest(user, entry)) + 1])
    title, url = kind.title(entry), entry.get_absolute_url()
    return Reader(subject, classes, records, title, url, *_duties(user, subject), _about(kind, entry))


def reader_of_seen(entry: Entry, seen: str) -> Reader:
    """What somebody who sees an entry up to a class may read of its figures; to enter any, `reader_of` is asked."""
    kind = kind_of(entry)
    classes = frozenset(ORDER[: ORDER.index(seen) + 1])
    return Reader(
        entry.subject,
        classes,
        records=False,
        title=kind.title(entry),
        url=entry.get_absolute_url(),
        about=_about(kind, entry),
    )


def _about(kind: Kind, entry: Entry) -> frozenset[str]:
    """What the dictionary calls an entry: its kind; an organisation that houses others is a carrier as well."""
    kinds = vocabulary.organisation_kinds()
    if isinstance(entry, Organisation) and entry.kind in kinds and kinds.is_within(entry.kind, CARRIER):
        return frozenset({kind.name, CARRIER})
    return frozenset({kind.name})


def _duties(user: User, subject: str) -> tuple[bool, bool]:
    """Whether this person checks others' figures and chooses among sources."""
    return allows(user, "facts.fact.withdraw", subject), allows(user, "facts.source.choose", subject)
