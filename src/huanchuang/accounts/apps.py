from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "huanchuang.accounts"
    label = "accounts"
    verbose_name = "账户"
