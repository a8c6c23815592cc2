"""The best combination of policies for a whole population: what all that is due sums up to, and what the rules leave of it.

Where no rule of a group bites (at most one due policy of a group that excludes, no sum beyond its limit) the best is the
sum, in columns. The other rows are asked one by one, each different one once. Where the limits that bite lie apart or inside
of each other, what is given out is the same in whatever order, and more offers never bring less (they form a polymatroid): then
only the choices within groups that exclude have to be tried. Else `best_combination` searches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import polars as pl

from huanchuang.engines.rules.combine import Combination, Offer, best_combination, worth
from huanchuang.engines.rules.policy import Group, Policy
from huanchuang.engines.rules.population import YES

ENTITLED, BEST, BITES = "together/due", "together/best", "together/bites"


def groups_among(policies: Sequence[Policy]) -> dict[str, Group]:
    """The groups of some policies by name."""
    return {group.name: group for policy in policies for group in policy.groups}


def together(answers: pl.DataFrame, policies: Sequence[Policy]) -> pl.DataFrame:
    """For each row, under `together/`, `due` (all amounts that are due), `best` (what can be had together), `bites` (rules take off).

    Amounts that are not known, or nothing, count as no offer. ValueError for an amount below zero.
    """
    paying = [one for one in policies if f"{one.id}/fen" in answers.columns]
    if not paying:
        nothing = pl.repeat(0, answers.height, dtype=pl.Int64, eager=True)
        return pl.DataFrame({ENTITLED: nothing, BEST: nothing, BITES: nothing.cast(pl.Boolean)})
    due = answers.select(_due(one.id) for one in paying)
    if due.select((pl.all() < 0).any()).select(pl.any_horizontal(pl.all())).item():
        raise ValueError("an amount below zero")
    found = due.select(
        pl.sum_horizontal(pl.all()).cast(pl.Int64).alias(ENTITLED), _bites(paying).alias(BITES)
    )
    best, groups = found[ENTITLED].to_list(), groups_among(paying)
    known: dict[tuple[int, ...], int] = {}
    for row in found[BITES].arg_true():
        amounts = due.row(row)
        if amounts not in known:
            known[amounts] = most_of(_offers(amounts, paying), groups)
        best[row] = known[amounts]
    bites = pl.Series(BITES, best, dtype=pl.Int64) < found[ENTITLED]
    return found.with_columns(pl.Series(BEST, best, dtype=pl.Int64), bites).select(ENTITLED, BEST, BITES)


def _due(policy: str) -> pl.Expr:
    """What is due, 0 for nothing."""
    return pl.when(pl.col(policy) == YES).then(pl.col(f"{policy}/fen")).fill_null(0).alias(policy)


def _bites(policies: Sequence[Policy]) -> pl.Expr:
    """Whether a rule of some group may take anything off."""
    found: pl.Expr = pl.lit(value=False)
    for name, group in groups_among(policies).items():
        members = [one.id for one in policies if name in {each.name for each in one.groups}]
        if group.limit is not None and group.rule == "total":
            found = found | (pl.sum_horizontal(members) > group.limit)
        else:
            found = found | (pl.sum_horizontal((pl.col(one) > 0).cast(pl.Int32) for one in members) > 1)
    return found


def combination_of(amounts: Sequence[int], policies: Sequence[Policy]) -> Combination:
    """The best combination of what is due of each policy. ValueError for more than 60 that are due."""
    return best_combination(_offers(amounts, policies), groups_among(policies))


def _offers(amounts: Sequence[int], policies: Sequence[Policy]) -> list[Offer]:
    return [
        Offer(policy.id, fen, tuple(group.name for group in policy.groups))
        for policy, fen in zip(policies, amounts, strict=True)
        if fen
    ]


def most_of(offers: Sequence[Offer], groups: Mapping[str, Group]) -> int:
    """What the best combination of some offers brings, in fen; ValueError as `best_combination`."""
    inside = {
        name: frozenset(offer.policy for offer in offers if name in offer.groups)
        for name in {name for offer in offers for name in offer.groups}
    }
    sums = {name: sum(offer.fen for offer in offers if name in offer.groups) for name in inside}
    limits = {name for name, fen in sums.items() if (limit := groups[name].limit) is not None and fen > limit}
    if not _is_nested([inside[name] for name in limits]):
        return best_combination(offers, groups).fen
    choices = {name for name, members in inside.items() if groups[name].rule != "total" and len(members) > 1}
    asked = [
        Offer(offer.policy, offer.fen, tuple(name for name in offer.groups if name in limits | choices))
        for offer in offers
    ]
    free = [offer for offer in asked if not choices & set(offer.groups)]
    tried = [offer for offer in asked if choices & set(offer.groups)]
    return max(worth([*free, *some], groups) for some in _possible(tried, choices))


def _is_nested(sets: Sequence[frozenset[str]]) -> bool:
    """Whether any two lie apart, or one in the other."""
    return all(
        not one & other or one <= other or other <= one
        for index, one in enumerate(sets)
        for other in sets[index + 1 :]
    )


def _possible(
    offers: Sequence[Offer], choices: Collection[str], taken: frozenset[str] = frozenset()
) -> Iterator[list[Offer]]:
    """Every set of offers of which no two share a group that excludes."""
    if not offers:
        yield []
        return
    first, rest = offers[0], offers[1:]
    mine = {name for name in first.groups if name in choices}
    if not mine & taken:
        yield from ([first, *some] for some in _possible(rest, choices, taken | mine))
    yield from _possible(rest, choices, taken)
