"""How slices above add to an organisation's page without the registry knowing them.

    @on_record_page(order=10)
    def yearly_figures(user: User, organisation: Organisation) -> Section | None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from huanchuang.accounts.models import User
from huanchuang.registry.models import Organisation


@dataclass(frozen=True)
class Section:
    """One part of an organisation's page: its heading and the template that shows it."""

    title: str | Promise
    template: str
    context: Mapping[str, Any]


Maker = Callable[[User, Organisation], Section | None]
_makers: dict[str, tuple[int, Maker]] = {}


def on_record_page(order: int) -> Callable[[Maker], Maker]:
    """Register a function that makes a section for one reader, or None where there is nothing for them."""

    def remember(maker: Maker) -> Maker:
        _makers[f"{maker.__module__}.{maker.__qualname__}"] = (order, maker)
        return maker

    return remember


def sections_for(user: User, organisation: Organisation) -> list[Section]:
    """The sections of an organisation's page for one reader, in their order."""
    made = (maker(user, organisation) for _, maker in sorted(_makers.values(), key=lambda entry: entry[0]))
    return [section for section in made if section is not None]
