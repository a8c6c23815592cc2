from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry


class AccountsConfig(AppConfig):
    name = "huanchuang.accounts"
    label = "accounts"
    verbose_name = "账户"
    deeds = {
        "accounts.self.manage": ("*",),
        "accounts.user.view": ("administrator", "auditor"),
        "accounts.user.manage": ("administrator",),
        "accounts.grant.manage": ("administrator",),
        "accounts.token.manage": ("*",),
    }
    navigation = [
        Entry("accounts:people", _("用户与权限"), icon="users", deed="accounts.user.view", order=90)
    ]

    def ready(self) -> None:
        from huanchuang.accounts import effects  # receivers and checks can only be joined when all apps stand

        effects.connect()
