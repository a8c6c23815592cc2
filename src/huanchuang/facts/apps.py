from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "huanchuang.facts"
    label = "facts"
    verbose_name = "事实"
