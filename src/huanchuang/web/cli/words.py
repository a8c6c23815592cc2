"""What the command line says: Chinese first, English where the terminal's language is English."""

from __future__ import annotations

import os
import sys


def language() -> str:
    """`en` when LC_ALL, LC_MESSAGES or LANG (the first that is set) says English, else `zh`."""
    chosen = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "en" if chosen.lower().startswith("en") else "zh"


def say(zh: str, en: str) -> None:
    """One line to standard output."""
    sys.stdout.write((en if language() == "en" else zh) + "\n")


def say_error(line: str) -> None:
    """One line to standard error."""
    sys.stderr.write(" ".join(line.split()) + "\n")


class CommandError(Exception):
    """A command cannot go on: where, what and what to do, in one line. Status 1: bad data, 2: wrong call."""

    def __init__(self, zh: str, en: str, status: int = 1) -> None:
        super().__init__(zh)
        self.zh, self.en, self.status = zh, en, status

    def text(self) -> str:
        """The line in the language of the terminal."""
        return self.en if language() == "en" else self.zh
