"""`huanchuang packs …`: thin words over `huanchuang.packs.cli`."""

from __future__ import annotations

import argparse
from pathlib import Path

from huanchuang.packs import cli as packs
from huanchuang.web.cli.words import CommandError, language, say, say_error


def check(options: argparse.Namespace) -> int:
    """Check the shipped packs, or those in a folder, with their cases; each problem is one line."""
    folder = Path(options.folder) if options.folder else None
    if folder is not None and not folder.is_dir():
        raise CommandError(f"{folder}：没有这个文件夹", f"{folder}: no such folder", status=2)
    problems = packs.check(folder)
    for problem in problems:
        say_error(problem.text(language()))
    if not problems:
        say("定义包检查通过。", "All packs are in order.")
    return 1 if problems else 0


def listing(options: argparse.Namespace) -> int:
    """All packs: id, kind, version, title."""
    for summary in packs.listing():
        say(summary.text("zh"), summary.text("en"))
    return 0


def show(options: argparse.Namespace) -> int:
    """One pack."""
    text = packs.show(options.id, language())
    say(text, text)
    return 0


def new(options: argparse.Namespace) -> int:
    """The skeleton of a pack in a folder."""
    made = packs.new(options.kind, options.id, Path(options.where))
    say(f"已建立 {made}", f"made {made}")
    return 0
