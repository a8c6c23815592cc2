"""The environment, read once and checked: every setting of the product, its default and what is refused.

Safe by default: without `HUANCHUANG_SECRET_KEY` a private key is made and kept beside the data;
in production (`HUANCHUANG_ENV=production`) a missing or demo secret, or demo mode, is refused.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEMO_SECRET = "demo-secret-not-for-production"  # noqa: S105  (a mark that production refuses)

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class BadSetting(SystemExit):
    """A setting that cannot be used; the message names it and what to do. Ends the program with status 2."""

    def __init__(self, name: str, what: str, remedy: str) -> None:
        super().__init__(f"{name}：{what}。{remedy} / see docs/reference/settings.md")
        self.code = f"{name}：{what}。{remedy} (docs/reference/settings.md)"


@dataclass(frozen=True)
class Environment:
    """What the product takes from outside. Names in the environment carry the prefix HUANCHUANG_."""

    production: bool
    demo: bool
    today: dt.date | None
    secret_key: str
    data_dir: Path
    frontend_dir: Path
    database: dict[str, Any]
    hosts: list[str]
    origins: list[str]
    https: bool
    time_zone: str
    file_limit_mb: int
    email_backend: str
    email_host: str
    email_from: str
    link_base: str
    job_lease: int
    log_level: str
    district: str
    regions: list[str]


def read_environment(source: Mapping[str, str] = os.environ) -> Environment:
    """Read and check the environment. Ends with a clear line when a value cannot be used."""
    production = _one_of(source, "ENV", "local", ("local", "production")) == "production"
    demo = _flag(source, "DEMO", default=False)
    if production and demo:
        raise BadSetting("HUANCHUANG_DEMO", "正式环境不能开启演示模式", "请去掉 HUANCHUANG_DEMO。")
    data_dir = Path(_get(source, "DATA", "var")).resolve()
    hosts = _list(source, "HOSTS", "localhost,127.0.0.1,[::1]")
    if production and "*" in hosts:
        raise BadSetting("HUANCHUANG_HOSTS", "正式环境不能接受任意主机名（*）", "请列出本站的主机名。")
    email_host = _get(source, "EMAIL_HOST", "")
    return Environment(
        production=production,
        demo=demo,
        today=_date(source, "TODAY"),
        secret_key=_secret(source, data_dir, production=production),
        data_dir=data_dir,
        frontend_dir=Path(_get(source, "FRONTEND", "build/frontend")).resolve(),
        database=_database(_get(source, "DATABASE_URL", ""), data_dir),
        hosts=hosts,
        origins=_origins(source),
        https=_flag(source, "HTTPS", default=production),
        time_zone=_time_zone(source),
        file_limit_mb=_whole_number(source, "FILE_LIMIT_MB", "50"),
        email_backend="django.core.mail.backends.smtp.EmailBackend"
        if email_host
        else "django.core.mail.backends.dummy.EmailBackend",
        email_host=email_host,
        email_from=_get(source, "EMAIL_FROM", "huanchuang@localhost"),
        link_base=_get(source, "LINK_BASE", "http://127.0.0.1:8000").rstrip("/"),
        job_lease=_whole_number(source, "JOB_LEASE", "60"),
        log_level=_one_of(source, "LOG_LEVEL", "INFO", LOG_LEVELS),
        district=_get(source, "DISTRICT", "青岑区" if demo else "本区"),
        regions=_list(source, "REGIONS", "national,qingcen" if demo else ""),
    )


def _get(source: Mapping[str, str], name: str, default: str) -> str:
    return source.get(f"HUANCHUANG_{name}", default).strip()


def _list(source: Mapping[str, str], name: str, default: str) -> list[str]:
    return [part.strip() for part in _get(source, name, default).split(",") if part.strip()]


def _one_of(source: Mapping[str, str], name: str, default: str, known: tuple[str, ...]) -> str:
    text = _get(source, name, default)
    found = next((word for word in known if word.casefold() == text.casefold()), None)
    if found is None:
        raise BadSetting(f"HUANCHUANG_{name}", f"不认识“{text}”", f"请填 {'、'.join(known)} 之一。")
    return found


def _origins(source: Mapping[str, str]) -> list[str]:
    origins = _list(source, "ORIGINS", "")
    for origin in origins:
        if not origin.startswith(("http://", "https://")):
            raise BadSetting(
                "HUANCHUANG_ORIGINS",
                f"“{origin}”不是来源地址",
                "请填如 https://huanchuang.example.cn 的地址。",
            )
    return origins


def _time_zone(source: Mapping[str, str]) -> str:
    text = _get(source, "TIME_ZONE", "Asia/Shanghai")
    try:
        return ZoneInfo(text).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise BadSetting(
            "HUANCHUANG_TIME_ZONE", f"没有时区“{text}”", "请填如 Asia/Shanghai 的名称。"
        ) from None


def _flag(source: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = _get(source, name, "1" if default else "0").lower()
    if text not in {"0", "1", "true", "false", "yes", "no"}:
        raise BadSetting(f"HUANCHUANG_{name}", f"“{text}”不是开关值", "请填 1 或 0。")
    return text in {"1", "true", "yes"}


def _whole_number(source: Mapping[str, str], name: str, default: str) -> int:
    text = _get(source, name, default)
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise BadSetting(f"HUANCHUANG_{name}", f"“{text}”不是正整数", f"请填如 {default} 的数字。")
    return int(text)


def _date(source: Mapping[str, str], name: str) -> dt.date | None:
    text = _get(source, name, "")
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadSetting(f"HUANCHUANG_{name}", f"“{text}”不是日期", "请填如 2026-06-30 的日期。") from None


def _secret(source: Mapping[str, str], data_dir: Path, *, production: bool) -> str:
    given = _get(source, "SECRET_KEY", "")
    if production and (len(given) < 32 or given == DEMO_SECRET):
        raise BadSetting(
            "HUANCHUANG_SECRET_KEY",
            "正式环境需要自己的密钥（至少32个字符）",
            "请用 `openssl rand -base64 48` 生成后填入。",
        )
    return given or _kept_secret(data_dir / "secret.key")


def _kept_secret(path: Path) -> str:
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was faster
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(made)
    return made


def _database(url: str, data_dir: Path) -> dict[str, Any]:
    if not url:
        data_dir.mkdir(parents=True, exist_ok=True)
        return _sqlite(data_dir / "huanchuang.sqlite3")
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:
        raise BadSetting(
            "HUANCHUANG_DATABASE_URL", "主机或端口写得不对", "请用 postgresql://用户:密码@主机:端口/库名。"
        ) from None
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(
            "HUANCHUANG_DATABASE_URL",
            f"不认识的数据库类型“{parts.scheme}”",
            "请用 postgresql://用户:密码@主机:端口/库名。",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """WAL alone fails at lock upgrades; IMMEDIATE is what makes writers wait (measured in docs/decisions/0004)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
