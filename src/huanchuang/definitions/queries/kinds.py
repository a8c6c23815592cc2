"""The kinds of definitions that can be written here: those by which a slice above lives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huanchuang.accounts.models import User
from huanchuang.definitions.models import Draft
from huanchuang.packs.kinds import kind_named


@dataclass(frozen=True)
class Way:
    """A link from the page of a draft to what a slice above does with it."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Offer:
    """A kind by the name of its packs, the address of the page of one of them, and where a draft leads a person."""

    name: str
    page: Callable[[str], str]
    ways: Callable[[User, Draft], Sequence[Way]] = lambda user, draft: ()

    def title(self, language: str) -> str:
        """What it is called."""
        return kind_named(self.name).title.text(language)

    @property
    def definition(self) -> str:
        """The name of its main file."""
        return kind_named(self.name).definition


_offers: dict[str, Offer] = {}


def offer(one: Offer) -> None:
    """Remember a kind."""
    _offers[one.name] = one


def offers() -> Sequence[Offer]:
    """Every kind that can be written."""
    return tuple(_offers.values())


def offered(name: str) -> Offer | None:
    """The kind of a name; None for one that cannot be written here."""
    return _offers.get(name)
