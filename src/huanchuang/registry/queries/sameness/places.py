"""The regions of the vocabulary as the engine of sameness takes them."""

from __future__ import annotations

from functools import cache

from django.db.models import Count

from huanchuang.engines.sameness import Places
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.packs import vocabulary
from huanchuang.packs.sameness import load_rules
from huanchuang.registry.models import Organisation

MOST_HOMES = 30


def chain(code: str) -> tuple[str, ...]:
    """Names of the regions a code lies in, from the widest to the narrowest, without levels that only group."""
    tree = vocabulary.regions()
    if code not in tree:
        return ()
    full = tree.full_name(code)
    return tuple(name for step in (*tree.ancestors(code), code) if (name := tree.name(step)) in full)


def name_reader() -> NameReader:
    """Reads organisations' names by the definition in use; regions where most organisations lie are known by stem too."""
    codes = Organisation.objects.exclude(region="").order_by().values_list("region")
    often = codes.annotate(count=Count("pk")).order_by("-count", "region").values_list("region", flat=True)
    return _reader(tuple(sorted(often[:MOST_HOMES])))


@cache
def _chains() -> tuple[tuple[str, ...], ...]:
    tree = vocabulary.regions()
    return tuple(dict.fromkeys(found for code in tree if (found := chain(code.code))))


@cache
def _reader(homes: tuple[str, ...]) -> NameReader:
    return NameReader(
        load_rules(), Places(_chains(), home=[found for code in homes if (found := chain(code))])
    )
