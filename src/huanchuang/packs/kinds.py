"""The kinds of definitions there are, and the one module that describes each.

To add a kind: write a module of that name in this package with a constant ``KIND``, and put the name into ``MODULES``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from huanchuang.packs.messages import hints
from huanchuang.packs.pack import Kind
from huanchuang.packs.problems import Place, refusal, suggestion

MODULES = {
    "vocabulary": "huanchuang.packs.vocabulary.kind",
    "documents": "huanchuang.packs.papers",
}


@cache
def kind_named(name: str) -> Kind:
    """Returns the kind whose packs stand in the folder ``name``. Raises :class:`ProblemError` for an unknown one."""
    if name not in MODULES:
        guess = hints(suggestion(name, MODULES))
        if guess["hint"]:
            guess["hint"] = "；" + guess["hint"]
            guess["hint_en"] = "; " + guess["hint_en"].strip()
        raise refusal("unknown-kind", Place(name), name=name, known="、".join(MODULES), **guess)
    kind: Kind = import_module(MODULES[name]).KIND
    return kind
