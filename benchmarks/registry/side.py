"""One side in a process of its own: loads, then answers one round of requests after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]


class Side:
    """A process that has loaded its data: `loaded` tells what and how long it took."""

    def __init__(self, module: str, settings: str, folder: Path, url: str) -> None:
        folder.mkdir()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "HUANCHUANG_DATA": str(folder),
            "HUANCHUANG_TODAY": "2026-06-30",
            "HUANCHUANG_LOG_LEVEL": "ERROR",
            "HUANCHUANG_DATABASE_URL": url,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        words = [sys.executable, "-m", "benchmarks.registry.worker", module]
        self._process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.loaded: dict[str, Any] = self._line()

    def round(self) -> dict[str, tuple[float, float]]:
        """Milliseconds of one request of each page, by the wall and of the process itself."""
        print(file=self._process.stdin, flush=True)
        return self._line()

    def _line(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise SystemExit(f"the benchmark's process ended with status {self._process.wait()}")
        said: dict[str, Any] = json.loads(line)
        return said

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
