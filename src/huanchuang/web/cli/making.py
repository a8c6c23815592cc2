"""What is made from the sources: the English catalogues. Needs no Django, so that set-up can call it first."""

from __future__ import annotations

import argparse

from huanchuang.web.cli.words import CommandError, say
from huanchuang.web.messages import BrokenCatalogue, compile_catalogues


def messages(options: argparse.Namespace) -> int:
    """Compile the catalogues that changed."""
    try:
        count = compile_catalogues()
    except BrokenCatalogue as error:
        raise CommandError(f"{error}，请改正后重试", str(error)) from error
    say(f"编译了 {count} 个语言目录。", f"{count} catalogues compiled.")
    return 0
