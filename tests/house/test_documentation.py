"""What is not documented is not there: settings, commands, API paths, deeds, packs, decisions."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def settings_read() -> set[str]:
    """The names that environment.py asks for."""
    code = (ROOT / "src/huanchuang/web/settings/environment.py").read_text(encoding="utf-8")
    return {
        f"HUANCHUANG_{node.args[1].value}"
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and len(node.args) > 1
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id == "source"
        and isinstance(node.args[1], ast.Constant)
    }


def test_it_documents_every_setting_and_no_other() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(HUANCHUANG_\w+)`", page, re.M)) == settings_read()


def test_it_keeps_the_generated_reference_current() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_links_only_to_pages_that_exist() -> None:
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_it_names_every_room_in_the_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [
        folder.name
        for folder in (ROOT / "src/huanchuang").iterdir()
        if folder.is_dir() and folder.name != "__pycache__"
    ]
    assert [room for room in rooms if f"`{room}`" not in page] == []
