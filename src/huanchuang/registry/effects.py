"""How slices above add to an organisation's page, and to the words of its history, without the registry knowing them.

@on_record_page(order=10)
def yearly_figures(user: User, organisation: Organisation) -> Section | None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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


_verbs: dict[str, str | Promise] = {
    "registry.organisation.register": _("登记"),
    "registry.organisation.change": _("修改"),
    "registry.organisation.retire": _("停用单位"),
    "registry.organisation.register_many": _("批量登记"),
    "registry.membership.join": _("加入单位"),
    "registry.membership.leave": _("离开单位"),
    "audit.personal.look": _("查看联系方式"),
}


def name_verbs(verbs: Mapping[str, str | Promise]) -> None:
    """Give the audit verbs of an upper slice their words in an organisation's history."""
    _verbs.update(verbs)


def verb_name(verb: str) -> str:
    """The word for an audit verb; the verb itself where nobody named it."""
    return str(_verbs.get(verb, verb))
