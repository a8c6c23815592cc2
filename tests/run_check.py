"""`./run check`: the fence. Each step in turn, all of them even when one fails, and one closing line."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
DJANGO = [PYTHON, "-m", "django"]

STEPS: list[tuple[str, list[str]]] = [
    ("ruff: lint", [str(BIN / "ruff"), "check", "."]),
    ("ruff: format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("mypy: strict types", [str(BIN / "mypy")]),
    ("import-linter: arrows run down only", [str(BIN / "lint-imports")]),
    ("migrations: none missing", [*DJANGO, "makemigrations", "--check", "--dry-run"]),
    ("django: system check", [*DJANGO, "check", "--fail-level", "WARNING"]),
    ("packs: definitions and their cases", [PYTHON, "-m", "huanchuang.web.cli", "packs", "check"]),
    ("house: graph, writes, budgets, words, documentation", [PYTHON, "-m", "pytest", "-q", "tests/house"]),
]


def main() -> int:
    """Run every step; 0 when all are green."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings_for_tests",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
    }
    red = []
    for title, words in STEPS:
        started = time.monotonic()
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        print(
            f"{'green' if done.returncode == 0 else 'RED  '}  {title}  ({time.monotonic() - started:.1f} s)",
            flush=True,
        )
        if done.returncode:
            red.append(title)
            print(done.stdout + done.stderr, flush=True)
    print(f"{len(STEPS) - len(red)} passed, {len(red)} failed")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
