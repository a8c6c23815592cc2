from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsConfig(AppConfig):
    """Which subjects a deed reaches is narrowed further in queries.access."""

    name = "huanchuang.facts"
    label = "facts"
    verbose_name = _("事实")
    deeds = {
        "facts.fact.view": ("*",),
        "facts.fact.record": ("officer", "clerk", "reporter"),
        "facts.fact.withdraw": ("officer",),
    }

    def ready(self) -> None:
        import_module("huanchuang.facts.effects.page")  # puts the figures on the organisation's page
