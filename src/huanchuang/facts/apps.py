from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry


class FactsConfig(AppConfig):
    """Which subjects a deed reaches is narrowed further in queries.access."""

    name = "huanchuang.facts"
    label = "facts"
    verbose_name = _("事实")
    deeds = {
        "facts.fact.view": ("*",),
        "facts.fact.record": ("officer", "clerk", "reporter"),
        "facts.fact.import": ("officer", "clerk", "reporter"),
        "facts.fact.withdraw": ("officer",),
        "facts.source.choose": ("officer",),
        "facts.quality.view": ("officer", "leader", "auditor"),
    }
    scopes = {"facts.fact.view": _("读取单位和区域的数据")}
    navigation = [
        Entry("facts:quality", _("数据质量"), icon="list-search", deed="facts.quality.view", order=65),
    ]

    def ready(self) -> None:
        import_module("huanchuang.facts.effects.page")  # puts the figures on the organisation's page
        import_module("huanchuang.facts.effects.sheets")  # lets sheets of figures be imported
        import_module("huanchuang.facts.effects.merging")  # facts follow merged entries
