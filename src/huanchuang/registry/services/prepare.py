"""What is derived from an organisation's own fields before it is stored."""

from __future__ import annotations

from huanchuang.packs import vocabulary
from huanchuang.registry.models import NameKey, Organisation
from huanchuang.registry.queries import names


def region_chain(code: str) -> list[str]:
    """Names of the regions a code lies in, from the widest to the narrowest; empty for an unknown code.

    Levels that only group (市辖区) are left out, as they are from the full name.
    """
    tree = vocabulary.regions()
    if code not in tree:
        return []
    full = tree.full_name(code)
    return [name for step in (*tree.ancestors(code), code) if (name := tree.name(step)) in full]


def set_derived(organisation: Organisation) -> None:
    """Fill in the normalised name and the text that the search box looks through."""
    organisation.name_key = names.normalise(organisation.name)
    code = organisation.uscc.text if organisation.uscc else ""
    organisation.search_text = names.search_text(
        [organisation.name, organisation.short_name, *organisation.aliases], code
    )


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
