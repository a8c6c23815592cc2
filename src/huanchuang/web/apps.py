from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "huanchuang.web"
    label = "web"
    verbose_name = "门户"
