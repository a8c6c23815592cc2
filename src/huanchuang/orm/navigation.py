"""What an app tells of itself: its entries in the navigation. Declared in `AppConfig.navigation`."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    """One entry of the left navigation, shown to those who may do `deed`."""

    url_name: str
    label: str | Promise
    icon: str
    """Name of a Tabler icon without the `ti-` prefix."""
    deed: str
    order: int
    area: tuple[str, ...] = ()
    """Beginnings of further paths that belong to this entry, e.g. `/steering/targets/`."""


def entries() -> list[Entry]:
    """All entries of the installed apps in their order."""
    found: list[Entry] = []
    for config in apps.get_app_configs():
        found.extend(getattr(config, "navigation", ()))
    return sorted(found, key=lambda entry: entry.order)
