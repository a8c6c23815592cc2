"""Django's settings, taken from the environment by `environment.py`; docs/reference/settings.md lists them."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from huanchuang.web.settings.environment import read_environment
from huanchuang.web.settings.logs import logging_for
from huanchuang.web.settings.signin import *  # noqa: F403  (each name there is a Django setting)

ENV = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent.parent

HUANCHUANG_TODAY = ENV.today
HUANCHUANG_DEMO = ENV.demo
HUANCHUANG_REGIONS = ENV.regions
HUANCHUANG_DATA = ENV.data_dir
HUANCHUANG_LINK_BASE = ENV.link_base
HUANCHUANG_JOB_LEASE = ENV.job_lease
HUANCHUANG_FILE_LIMIT = ENV.file_limit_mb * 1024 * 1024

DEBUG = False
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = ENV.origins

INSTALLED_APPS = [
    "huanchuang.web",
    "huanchuang.steering",
    "huanchuang.facts",
    "huanchuang.money",
    "huanchuang.policies",
    "huanchuang.registry",
    "huanchuang.notices",
    "huanchuang.definitions",
    "huanchuang.files",
    "huanchuang.jobs",
    "huanchuang.accounts",
    "huanchuang.audit",
    "huanchuang.orm",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
]

MIDDLEWARE = [
    "huanchuang.web.middleware.AccessLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huanchuang.web.middleware.SecureHeaders",
    "huanchuang.web.api.frame.Frame",
    "huanchuang.web.middleware.NoNulls",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huanchuang.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "huanchuang.web.urls"
WSGI_APPLICATION = "huanchuang.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "huanchuang.web.templatetags.ui",
                "huanchuang.web.templatetags.formats",
                "huanchuang.web.templatetags.charts",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "huanchuang.web.context.frame",
            ],
        },
    }
]

CSRF_FAILURE_VIEW = "huanchuang.web.views.errors.stale_form"
LANGUAGE_COOKIE_SAMESITE = "Lax"

DATABASES = {"default": ENV.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
TIME_ZONE = ENV.time_zone
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data_dir / "static"
STATICFILES_DIRS = [path for path in (ENV.frontend_dir,) if path.is_dir()]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ENV.data_dir / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = ENV.email_backend
EMAIL_HOST = ENV.email_host
DEFAULT_FROM_EMAIL = ENV.email_from

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SESSION_COOKIE_AGE = 8 * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "huanchuang.files.services.streaming.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = logging_for(ENV.log_level)
