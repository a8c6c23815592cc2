"""Writes the generated part of docs/reference: commands, API paths, deeds, packs.

`python docs/generate.py` writes; with `--check` it says what is out of date and ends with 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
os.environ["COLUMNS"] = "100"  # help texts are folded to the width of the screen

HEAD = "<!-- Written by docs/generate.py; do not edit by hand. -->\n\n"


def commands(
    parser: argparse.ArgumentParser, words: str = "huanchuang"
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each command that can be called, with its parser."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield words, parser
    for group in groups:
        for name, inner in group.choices.items():
            yield from commands(inner, f"{words} {name}")


def command_line() -> str:
    """docs/reference/cli.md"""
    from huanchuang.web.cli import build_parser

    parts = ["# Command line\n\n`./run cli …` calls `huanchuang …` in the environment that `./run` made.\n"]
    for words, parser in commands(build_parser()):
        parser.prog = words
        parts.append(f"\n## `{words}`\n\n```\n{parser.format_help().strip()}\n```\n")
    return "".join(parts)


def api() -> str:
    """docs/reference/api.md"""
    from huanchuang.web.api import api as ninja_api

    lines = [
        "# API\n\nUnder `/api/v1/`, by access token or session, with the rights of the pages; a token needs the scope. "
        "How to: [behind an existing portal](../how-to/call-the-api.md).\n\n",
        "| method | path | what | meaning |\n|---|---|---|---|\n",
    ]
    for path, methods in sorted(ninja_api.get_openapi_schema()["paths"].items()):
        for method, operation in methods.items():
            meaning = (operation.get("description") or operation.get("summary", "")).split("\n")[0]
            lines.append(f"| {method.upper()} | `{path}` | {operation['summary']} | {meaning} |\n")
    return "".join(lines)


def deeds() -> str:
    """docs/reference/deeds.md"""
    from huanchuang.accounts.models import Role
    from huanchuang.orm.deeds import table

    lines = [
        "# Who may do what\n\nDeclared by each slice in its `apps.py`; grants can add to it for one object and a time.\n\n",
        "| deed | " + " | ".join(role.value for role in Role) + " |\n|---|" + "---|" * len(Role) + "\n",
    ]
    for deed, roles in sorted(table().items()):
        marks = ["✓" if role.value in roles or "*" in roles else "" for role in Role]
        lines.append(f"| `{deed}` | " + " | ".join(marks) + " |\n")
    return "".join(lines)


def packs() -> str:
    """docs/reference/packs.md"""
    from huanchuang.packs import library

    lines = ["# Shipped packs\n\n| id | kind | title | version |\n|---|---|---|---|\n"]
    lines += [
        f"| `{pack.id}` | {pack.kind} | {pack.title} | {pack.version} |\n"
        for pack in sorted(library().all(), key=lambda pack: (pack.kind, pack.id))
    ]
    return "".join(lines)


def expressions() -> str:
    """docs/reference/expressions.md"""
    from huanchuang.engines.expression import words
    from huanchuang.engines.expression.check.functions import FUNCTIONS

    page = (ROOT / "docs" / "expressions.in.md").read_text(encoding="utf-8")

    def spellings(table: dict[str, str], meaning: str) -> str:
        return " ".join(f"`{word}`" for word, found in table.items() if found == meaning)

    signs = "| meaning | written |\n|---|---|\n" + "".join(
        f"| {meaning} | {spellings(words.INFIX, meaning)} |\n"
        for meaning in dict.fromkeys(words.INFIX.values())
    )
    functions = "| written | example | gives |\n|---|---|---|\n" + "".join(
        f"| {spellings(words.FUNCTIONS, name)} | `{function.example}` | {function.gives} |\n"
        for name, function in FUNCTIONS.items()
    )
    return page.replace("{{signs}}", signs).replace("{{functions}}", functions)


PAGES = {
    "cli.md": command_line,
    "api.md": api,
    "deeds.md": deeds,
    "packs.md": packs,
    "expressions.md": expressions,
}


def main(check: bool) -> int:
    """Write or compare every page."""
    import django

    django.setup()
    stale = []
    for name, write in PAGES.items():
        path = REFERENCE / name
        text = HEAD + write()
        if check and (not path.is_file() or path.read_text(encoding="utf-8") != text):
            stale.append(f"docs/reference/{name}")
        elif not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"out of date: {', '.join(stale)}; run: .venv/bin/python docs/generate.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
