from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "huanchuang.audit"
    label = "audit"
    verbose_name = "审计"
    deeds = {
        "audit.trail.view": ("auditor", "administrator"),
        "audit.trail.verify": ("auditor", "administrator"),
    }
