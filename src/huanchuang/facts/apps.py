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
