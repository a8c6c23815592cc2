from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "huanchuang.files"
    label = "files"
    verbose_name = "文件"
