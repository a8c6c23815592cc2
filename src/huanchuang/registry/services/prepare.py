"""What is derived from an entry's own fields before it is stored."""

from __future__ import annotations

from typing import Any

from huanchuang.packs import vocabulary
from huanchuang.registry.models import Achievement, Entry, NameKey, Organisation, Patent, Titled
from huanchuang.registry.queries import names
from huanchuang.registry.queries.kinds import KINDS, PATENT, Field, Kind, Shape
from huanchuang.registry.services.checks import refuse_duplicate
from huanchuang.registry.services.revise import is_hidden

LONGEST_KEY = 200


def region_chain(code: str) -> list[str]:
    """Names of the regions a code lies in, from the widest to the narrowest; empty for an unknown code.

    Levels that only group (市辖区) are left out, as they are from the full name.
    """
    tree = vocabulary.regions()
    if code not in tree:
        return []
    full = tree.full_name(code)
    return [name for step in (*tree.ancestors(code), code) if (name := tree.name(step)) in full]


def set_derived(kind: Kind, entry: Entry) -> None:
    """Fill in the normalised name, the text that the search box looks through, and what a patent claims for itself.

    To be called whenever a field of an entry changes, its retirement included.
    """
    key = names.normalise(kind.title(entry))[:LONGEST_KEY]
    if isinstance(entry, Organisation):
        entry.name_key = key
    elif isinstance(entry, Titled):
        entry.title_key = key
    if isinstance(entry, Patent):
        claims = entry.retired_on is None and not is_hidden(entry)
        entry.open_number = entry.number if entry.number and claims else None
    words = [
        word for field in kind.fields if field.searched for word in _words(field, getattr(entry, field.name))
    ]
    entry.search_text = names.search_text(words, "")


def _words(field: Field, value: Any) -> list[str]:
    if not value:
        return []
    if field.shape is Shape.PARAMETERS:
        return [one["text"] for one in value]
    if isinstance(value, Organisation):
        return [value.name, value.short_name]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(getattr(value, "text", value))]


def name_keys(organisation: Organisation) -> list[NameKey]:
    """One row for each spelling under which the organisation can be met, each with its surest rank."""
    chain = region_chain(organisation.region)
    ranked: dict[str, int] = {}
    given = [(organisation.name, NameKey.Rank.FULL), (organisation.short_name, NameKey.Rank.SHORT)]
    given += [(alias, NameKey.Rank.ALIAS) for alias in organisation.aliases]
    for name, rank in given:
        if name:
            ranked.setdefault(names.normalise(name), rank)
    for name, _rank in given:
        for spelling in sorted(names.spellings(name, chain)) if name else ():
            ranked.setdefault(spelling, NameKey.Rank.CORE)
    return [NameKey(organisation=organisation, key=key, rank=rank) for key, rank in ranked.items() if key]


def rewrite_names(entry: Entry) -> None:
    """Keep the spellings of an organisation in step with its names; nothing to do for other kinds."""
    if isinstance(entry, Organisation):
        entry.name_keys.all().delete()
        NameKey.objects.bulk_create(name_keys(entry))


def refresh_belongings(entry: Entry) -> None:
    """After an organisation got another name: what is found by its owner's name is found by the new one. After an
    achievement became or ceased to be a secret: its patents claim their numbers or no longer; AlreadyRegistered where
    another one has the number by now."""
    if isinstance(entry, Achievement):
        for patent in Patent.objects.filter(achievement=entry):
            patent.achievement = entry
            set_derived(PATENT, patent)
            refuse_duplicate(PATENT, patent)
            Patent.objects.filter(pk=patent.pk).update(open_number=patent.open_number)
    if not isinstance(entry, Organisation):
        return
    for kind in KINDS.values():
        found_by = [field for field in kind.links if field.searched]
        for field in found_by:
            rows = list(kind.model._default_manager.filter(**{field.name: entry}))
            for row in rows:
                setattr(row, field.name, entry)
                set_derived(kind, row)
            kind.model._default_manager.bulk_update(rows, ["search_text"], batch_size=500)
