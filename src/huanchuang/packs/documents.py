"""The documents pack as the reader's grammar."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from huanchuang.engines.reader.compile import compile_grammar
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.packs.library import library


@cache
def load_grammar(pack_id: str = "national.plan-documents", extra_dirs: tuple[Path, ...] = ()) -> Grammar:
    """The grammar of a documents pack, compiled once. Raises ProblemError where there is no such pack or it is wrong."""
    return compile_grammar(library(extra_dirs).get(pack_id).content, pack_id)
