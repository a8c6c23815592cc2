"""`huanchuang demo`: the fictional district, loaded once, and the site on top of it."""

from __future__ import annotations

import argparse

from django.conf import settings

from huanchuang.web.cli.server import migrate, serve
from huanchuang.web.cli.words import CommandError, say
from huanchuang.web.demo import load


def demo(options: argparse.Namespace) -> int:
    """Make the tables, load the district where it is not there yet, and serve unless only loading was asked for."""
    if not settings.HUANCHUANG_DEMO:
        raise CommandError(
            "HUANCHUANG_DEMO：演示模式没有开启，请用 ./run demo，或设 HUANCHUANG_DEMO=1",
            "HUANCHUANG_DEMO: demo mode is off; use ./run demo or set HUANCHUANG_DEMO=1",
            status=2,
        )
    migrate(options)
    load()
    say("演示区已就绪。", "The demonstration district is there.")
    return 0 if options.deed == "load" else serve(options)
