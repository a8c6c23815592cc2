"""Which role may do what, as each app declares it in `AppConfig.deeds`.

A deed is a dotted name, `slice.noun.verb`; the roles are the values of `accounts.models.Role`,
and `"*"` stands for everyone who is signed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise


@cache
def table() -> Mapping[str, frozenset[str]]:
    """Deed → roles that may do it, gathered from the installed apps."""
    gathered: dict[str, frozenset[str]] = {}
    for config in apps.get_app_configs():
        for deed, roles in getattr(config, "deeds", {}).items():
            if deed in gathered:
                raise ImproperlyConfigured(f"{config.name}.apps: the deed {deed!r} is declared twice")
            gathered[deed] = frozenset(roles)
    return gathered


@cache
def scopes() -> Mapping[str, str | Promise]:
    """Deed → words: what a token can be given, gathered from `AppConfig.scopes`. Only deeds that a call of the API asks for."""
    gathered: dict[str, str | Promise] = {}
    for config in apps.get_app_configs():
        gathered.update(getattr(config, "scopes", {}))
    return gathered
