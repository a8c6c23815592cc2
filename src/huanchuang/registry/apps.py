from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "huanchuang.registry"
    label = "registry"
    verbose_name = "主体"
