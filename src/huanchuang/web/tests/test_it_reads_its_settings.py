"""The environment is read once and checked; what is unsafe is refused with one clear line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from huanchuang.web.settings.environment import DEMO_SECRET, BadSetting, read_environment

LONG = "k" * 48


def read(tmp_path: Path, **values: str):
    return read_environment(
        {f"HUANCHUANG_{name}": value for name, value in {"DATA": str(tmp_path / "var"), **values}.items()}
    )


def test_it_starts_with_nothing_set(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert not found.production
    assert not found.demo
    assert found.hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert found.database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_it_makes_a_private_key_once(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    assert (tmp_path / "var/secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"ENV": "production"}, "HUANCHUANG_SECRET_KEY"),
        ({"ENV": "production", "SECRET_KEY": "short"}, "HUANCHUANG_SECRET_KEY"),
        ({"ENV": "production", "SECRET_KEY": DEMO_SECRET}, "HUANCHUANG_SECRET_KEY"),
        ({"ENV": "production", "SECRET_KEY": LONG, "DEMO": "1"}, "HUANCHUANG_DEMO"),
        ({"DEMO": "maybe"}, "HUANCHUANG_DEMO"),
        ({"TODAY": "30.6.2026"}, "HUANCHUANG_TODAY"),
        ({"FILE_LIMIT_MB": "0"}, "HUANCHUANG_FILE_LIMIT_MB"),
        ({"FILE_LIMIT_MB": "-5"}, "HUANCHUANG_FILE_LIMIT_MB"),
        ({"DATABASE_URL": "mysql://x/y"}, "HUANCHUANG_DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://x@host:port/y"}, "HUANCHUANG_DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://x@[::1/y"}, "HUANCHUANG_DATABASE_URL"),
        ({"ENV": "prod"}, "HUANCHUANG_ENV"),
        ({"ENV": "production", "SECRET_KEY": LONG, "HOSTS": "*"}, "HUANCHUANG_HOSTS"),
        ({"ORIGINS": "huanchuang.example.cn"}, "HUANCHUANG_ORIGINS"),
        ({"TIME_ZONE": "Mars/Olympus"}, "HUANCHUANG_TIME_ZONE"),
        ({"TIME_ZONE": "../etc/passwd"}, "HUANCHUANG_TIME_ZONE"),
        ({"LOG_LEVEL": "LOUD"}, "HUANCHUANG_LOG_LEVEL"),
    ],
)
def test_it_refuses_and_names_the_setting(tmp_path: Path, values: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(tmp_path, **values)
    assert str(refused.value.code).startswith(named)
    assert "\n" not in str(refused.value.code)


def test_it_expects_https_in_production(tmp_path: Path) -> None:
    assert read(tmp_path, ENV="production", SECRET_KEY=LONG).https
    assert not read(tmp_path).https


def test_it_reads_a_postgresql_address(tmp_path: Path) -> None:
    found = read(tmp_path, DATABASE_URL="postgresql://hc:p%40ss@db.local:5433/ring").database
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "hc",
        "p@ss",
        "db.local",
        "5433",
        "ring",
    )


def test_it_fixes_the_business_date(tmp_path: Path) -> None:
    assert read(tmp_path, TODAY="2026-06-30").today == dt.date(2026, 6, 30)
