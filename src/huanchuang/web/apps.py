from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry


class WebConfig(AppConfig):
    name = "huanchuang.web"
    label = "web"
    verbose_name = "门户"
    deeds = {
        "web.home.view": ("*",),
        "web.search.view": ("*",),
        "web.dossier.view": ("*",),
        "web.api.view": ("*",),
    }
    navigation = [
        Entry("web:home", _("待办"), icon="inbox", deed="web.home.view", order=0),
        Entry("web:audit", _("审计"), icon="shield-check", deed="audit.trail.view", order=95),
    ]

    def ready(self) -> None:
        import_module("huanchuang.web.effects")  # puts the way to the dossier on the organisation's page
