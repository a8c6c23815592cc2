from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry


class NoticesConfig(AppConfig):
    name = "huanchuang.notices"
    label = "notices"
    verbose_name = "通知"
    deeds = {
        "notices.inbox.view": ("*",),
        "notices.inbox.mark": ("*",),
        "notices.preference.change": ("*",),
    }
    navigation = [Entry("notices:inbox", _("消息"), icon="bell", deed="notices.inbox.view", order=80)]

    def ready(self) -> None:
        import_module("huanchuang.notices.effects")  # joins the receiver and the regular work
