from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "huanchuang.notices"
    label = "notices"
    verbose_name = "通知"
