"""What a draft calls itself, read from texts that may be broken."""

from __future__ import annotations

from collections.abc import Mapping

from huanchuang.engines.kernel import ProblemError
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.tree import Mapping as Tree
from huanchuang.packs.tree import Scalar, parse


def title_in(kind: str, files: Mapping[str, str]) -> str:
    """The title that the definition gives itself, empty where it cannot be read."""
    return header_entry(files.get(kind_named(kind).definition, ""), "title")[:200]


def header_entry(text: str, key: str) -> str:
    """A text of the header by its key, empty where it is not there."""
    try:
        tree = parse(text, "")
    except ProblemError:
        return ""
    entry = tree.get(key) if isinstance(tree, Tree) else None
    return entry.value.text.strip() if entry and isinstance(entry.value, Scalar) else ""
