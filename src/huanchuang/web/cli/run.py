"""Runs one command and turns every failure that a user can cause into one line and an exit status."""

from __future__ import annotations

import argparse
import logging
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from huanchuang.engines.kernel import ProblemError
from huanchuang.web.cli.grammar import build_parser
from huanchuang.web.cli.words import CommandError, language, say_error

SPEAKING = {"serve", "demo", "worker", "ticker"}
"""Commands whose log is read; the others say what they did in one line."""

DONE, BAD_DATA, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry of `huanchuang`. Returns the exit status; argparse ends a wrong call by itself with status 2."""
    # An output that was closed before we began (`>&-`) is None to Python; nobody wants to hear it.
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (stays open as long as the process)
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    return _guarded(build_parser().parse_args(arguments))


def _guarded(options: argparse.Namespace) -> int:
    try:
        return _run(options)
    except CommandError as error:
        say_error(error.text())
        return error.status
    except ProblemError as error:
        say_error(_one_line(error))
        return BAD_DATA
    except (
        BrokenPipeError
    ):  # the reader of our output (head, less) has gone: nothing to say, nowhere to say it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD_DATA
    except OSError as error:
        say_error(f"{error.filename or options.command}：{error.strerror or error}")
        return BAD_DATA
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    if options.django:
        return _with_django(options)
    return _action(options)(options)


def _with_django(options: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huanchuang.web.settings")
    import django  # only for commands that need it: `read` must not wait for Django, nor for a database
    from django.db import Error

    try:
        django.setup()
        if options.command not in SPEAKING:
            logging.getLogger().setLevel(logging.ERROR)
        return _action(options)(options)
    except SystemExit as error:
        if not isinstance(error.code, str):
            raise
        say_error(error.code)  # a setting that cannot be used (settings.environment.BadSetting)
        return WRONG_CALL
    except (Error, sqlite3.Error) as error:  # the second: copies that a backup makes past Django
        first = (str(error).splitlines() or [""])[0]
        raise CommandError(
            f"数据库：{first}。请检查 HUANCHUANG_DATABASE_URL；新装或升级后请先运行 huanchuang migrate",
            f"database: {first}. Check HUANCHUANG_DATABASE_URL; after an installation run huanchuang migrate",
        ) from error


def _action(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    module, name = options.action.split(":")
    action: Callable[[argparse.Namespace], int] = getattr(import_module(f"huanchuang.web.cli.{module}"), name)
    return action


def _one_line(error: ProblemError) -> str:
    first, *others = error.problems
    more = f"（另有 {len(others)} 处问题）" if language() == "zh" else f" (and {len(others)} more)"
    return first.text(language()) + (more if others else "")
