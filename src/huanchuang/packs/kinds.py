"""The kinds of definitions there are, and the one module that describes each.

To add a kind: write a module of that name in this package with a constant ``KIND``, and put the name into ``MODULES``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from huanchuang.packs.pack import Kind
from huanchuang.packs.problems import Place, refusal, suggestion

MODULES = {
    "vocabulary": "huanchuang.packs.vocabulary.kind",
    "documents": "huanchuang.packs.papers",
    "sameness": "huanchuang.packs.sameness",
    "policies": "huanchuang.packs.policies.kind",
    "ledgers": "huanchuang.packs.ledgers",
    "drafting": "huanchuang.packs.drafting",
}


def refuse_unknown_kind(name: str) -> None:
    """Raises :class:`ProblemError` for a name that is no kind; imports nothing."""
    if name not in MODULES:
        guess = suggestion(name, MODULES)
        known = "、".join(MODULES)
        hint, hint_en = (f"；您是不是想写“{guess}”？", f"; did you mean “{guess}”?") if guess else ("", "")
        raise refusal("unknown-kind", Place(name or "—"), name=name, known=known, hint=hint, hint_en=hint_en)


@cache
def kind_named(name: str) -> Kind:
    """Returns the kind whose packs stand in the folder ``name``. Raises :class:`ProblemError` for an unknown one.

    Its module is imported only now: who asks for vocabularies need not load the reader.
    """
    refuse_unknown_kind(name)
    kind: Kind = import_module(MODULES[name]).KIND
    return kind
