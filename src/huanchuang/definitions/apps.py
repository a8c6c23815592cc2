from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry


class DefinitionsConfig(AppConfig):
    """Who publishes must be another person than those who wrote: services.publication sees to it."""

    name = "huanchuang.definitions"
    label = "definitions"
    verbose_name = _("规则定义")
    deeds = {
        "definitions.draft.view": ("officer", "auditor", "administrator"),
        "definitions.draft.write": ("officer",),
        "definitions.version.publish": ("officer", "administrator"),
        "definitions.version.view": ("*",),
    }
    navigation = [
        Entry("definitions:drafts", _("规则编辑"), icon="pencil", deed="definitions.draft.view", order=46),
    ]

    def ready(self) -> None:
        import_module("huanchuang.definitions.effects")  # forgets per request what was newest
