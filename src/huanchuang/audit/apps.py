from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "huanchuang.audit"
    label = "audit"
    verbose_name = "审计"
