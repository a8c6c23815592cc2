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
    scopes = {
        "definitions.draft.view": _("读取规则草稿及其检查结果"),
        "definitions.draft.write": _("起草、修改和提交规则草稿"),
        "definitions.version.publish": _("发布或退回他人起草的规则"),
        "definitions.version.view": _("读取已发布的规则版本"),
    }
    navigation = [
        Entry("definitions:drafts", _("规则编辑"), icon="pencil", deed="definitions.draft.view", order=46),
    ]

    def ready(self) -> None:
        import_module("huanchuang.definitions.effects")  # forgets per request what was newest
