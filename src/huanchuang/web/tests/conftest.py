"""The command line as a user calls it: a process of its own, on a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]
Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def huanchuang() -> Call:
    """`huanchuang("migrate", data=folder)` → what the process said and how it ended."""

    def call(
        *words: object, data: Path | None = None, stdin: str = "", cwd: Path | None = None, **settings: str
    ):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HUANCHUANG_", "DJANGO_", "LC_", "LANG"))
        }
        given = {f"HUANCHUANG_{name}": value for name, value in settings.items()}
        environment = {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(SOURCE), **given}
        if data is not None:
            environment["HUANCHUANG_DATA"] = str(data)
        command = [sys.executable, "-m", "huanchuang.web.cli", *map(str, words)]
        return subprocess.run(
            command,
            env=environment,
            input=stdin,
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return call


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, huanchuang: Call) -> Path:
    """A data folder with tables and one account."""
    folder = tmp_path_factory.mktemp("site") / "var"
    assert huanchuang("migrate", data=folder).returncode == 0
    added = huanchuang("user", "add", "lin", "--name", "林科长", "--role", "officer", data=folder)
    assert added.returncode == 0, added.stderr
    return folder
