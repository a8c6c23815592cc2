"""A sample for every argument an address of the product can take, from the demonstration district."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from huanchuang.accounts.models import User
from pages.table import Page


def first(model: type[Model]) -> object:
    """The key of the oldest row."""
    key = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
    assert key is not None, f"the demonstration has no {model._meta.label}"
    return key


SAMPLES: dict[str, Callable[[], object]] = {}
"""(page name or '*').argument → its sample."""


def sample(page: Page, argument: str) -> object:
    """The value for `argument` of `page`; KeyError names what is missing."""
    return SAMPLES.get(f"{page.name}.{argument}", SAMPLES[f"*.{argument}"])()


def demo_user(role: str) -> User:
    """The demonstration's person of a role."""
    return User.objects.get(role=role, is_demo=True)
