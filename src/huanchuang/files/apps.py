from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FilesConfig(AppConfig):
    name = "huanchuang.files"
    label = "files"
    verbose_name = "文件"
    deeds = {"files.file.download": ("*",)}

    def ready(self) -> None:
        autodiscover_modules("effects")  # the slices above say there who may read their files
