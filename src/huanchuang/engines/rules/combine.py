"""The best set of policies that one subject may have together, and why the others do not count.

就高不重复 keeps one of a group, 不得同时享受 excludes the others, 累计上限 lets the amounts of a group count up to a limit together; a
policy may stand in several groups. The set is the best there is (branch and bound over what is left, which for some dozens
of policies is immediate), and the same whatever the order of the offers. Under a limit the largest amount counts first: where
two limits overlap and neither holds the other, that is how the shares are set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huanchuang.engines.rules.policy import Group

MOST_OFFERS = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A policy the subject is entitled to, with what it brings in fen and the groups it belongs to."""

    policy: str
    fen: int
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """An offer that does not count beside the chosen ones, because of a group."""

    policy: str
    group: str
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """The chosen policies with what each brings after the limits of its groups, their sum, and what is left out and why."""

    chosen: tuple[tuple[str, int], ...]
    fen: int
    left: tuple[Left, ...]


def best_combination(offers: Sequence[Offer], groups: Mapping[str, Group]) -> Combination:
    """The combination that brings most; of equal ones the one with fewer policies, then the first by id.

    ValueError for more than 60 offers, an amount below zero or a group that is not there.
    """
    if len(offers) > MOST_OFFERS:
        raise ValueError(f"at most {MOST_OFFERS} offers, not {len(offers)}")
    for offer in offers:
        unknown = [group for group in offer.groups if group not in groups]
        if unknown or offer.fen < 0:
            raise ValueError(
                f"{offer.policy}: {f'no group {unknown[0]}' if unknown else 'an amount below zero'}"
            )
    ordered = sorted(offers, key=lambda offer: (-offer.fen, offer.policy))
    chosen = _Search(ordered, groups).best()
    return _combination(chosen, ordered, groups)


class _Search:
    """Depth first over the offers, the largest first; a branch that cannot beat the best any more is cut."""

    def __init__(self, offers: Sequence[Offer], groups: Mapping[str, Group]) -> None:
        self.offers = offers
        self.groups = groups
        self.found: tuple[int, int, tuple[Offer, ...]] = (0, 0, ())

    def best(self) -> tuple[Offer, ...]:
        self._go(0, (), 0)
        return self.found[2]

    def _go(self, index: int, taken: tuple[Offer, ...], fen: int) -> None:
        best, count, _ = self.found
        if (fen, -len(taken)) > (best, -count):
            self.found = best, count, _ = fen, len(taken), taken
        most = fen + self._room(index, taken)
        if index == len(self.offers) or most < best or (most == best and len(taken) + 1 >= count):
            return
        offer = self.offers[index]
        if not self._excluded(offer, taken):
            more = (*taken, offer)
            self._go(index + 1, more, worth(more, self.groups))
        self._go(index + 1, taken, fen)

    def _room(self, index: int, taken: Sequence[Offer]) -> int:
        """The most that the offers from here on can bring: one of each choice, each total up to what is left of it."""
        free, choices = 0, dict[str, int]()
        totals = dict[str, int]()
        for offer in self.offers[index:]:
            if self._excluded(offer, taken):
                continue
            one = next((name for name in offer.groups if self.groups[name].rule != "total"), None)
            pot = next((name for name in offer.groups if self.groups[name].limit is not None), None)
            if one is not None:
                choices[one] = max(choices.get(one, 0), offer.fen)
            elif pot is not None:
                totals[pot] = totals.get(pot, 0) + offer.fen
            else:
                free += offer.fen
        left = _left(taken, self.groups)
        return free + sum(choices.values()) + sum(min(fen, left[name]) for name, fen in totals.items())

    def _excluded(self, offer: Offer, taken: Sequence[Offer]) -> bool:
        mine = {group for group in offer.groups if self.groups[group].rule != "total"}
        return any(mine & set(other.groups) for other in taken)


def _left(taken: Sequence[Offer], groups: Mapping[str, Group]) -> dict[str, int]:
    """What is left of each total."""
    left = {name: group.limit for name, group in groups.items() if group.limit is not None}
    for offer, fen in _shares(taken, groups):
        for name in offer.groups:
            if name in left:
                left[name] -= fen
    return left


def worth(offers: Sequence[Offer], groups: Mapping[str, Group]) -> int:
    """What some offers bring together: each what is left under the limits of its groups, the largest first."""
    return sum(fen for _, fen in _shares(offers, groups))


def _shares(offers: Sequence[Offer], groups: Mapping[str, Group]) -> list[tuple[Offer, int]]:
    room = {
        name: group.limit
        for name, group in groups.items()
        if group.rule == "total" and group.limit is not None
    }
    found = []
    for offer in sorted(offers, key=lambda offer: (-offer.fen, offer.policy)):
        limits = [name for name in offer.groups if name in room]
        fen = min([offer.fen, *(room[name] for name in limits)])
        for name in limits:
            room[name] -= fen
        found.append((offer, fen))
    return found


def _combination(
    chosen: Sequence[Offer], offers: Sequence[Offer], groups: Mapping[str, Group]
) -> Combination:
    shares = _shares(chosen, groups)
    left = []
    for offer in offers:
        if offer in chosen:
            continue
        for group in offer.groups:
            instead = tuple(other.policy for other in chosen if group in other.groups)
            if instead:
                left.append(Left(offer.policy, group, instead))
                break
    return Combination(
        tuple((offer.policy, fen) for offer, fen in shares), sum(fen for _, fen in shares), tuple(left)
    )
