from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry


class JobsConfig(AppConfig):
    name = "huanchuang.jobs"
    label = "jobs"
    verbose_name = "后台任务"
    deeds = {"jobs.job.view": ("*",), "jobs.job.cancel": ("*",)}
    scopes = {"jobs.job.view": _("查看后台任务的进度")}
    navigation = [Entry("jobs:list", _("后台任务"), icon="progress", deed="jobs.job.view", order=85)]

    def ready(self) -> None:
        autodiscover_modules("tasks")  # bodies register themselves when their module is read
