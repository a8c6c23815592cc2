"""The kind ``documents``: grammars of papers (plans, replies, notices).

The reader knows what a grammar may hold and builds it in :mod:`huanchuang.packs.documents`; here the pack is only
found, hashed and frozen, its content left as nested texts.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from types import MappingProxyType
from typing import Any

from huanchuang.packs.folder import PackFolder
from huanchuang.packs.pack import Kind
from huanchuang.packs.schema import Words, free
from huanchuang.packs.skeletons import header, readme
from huanchuang.packs.tree import Mapping


def _read(body: Mapping, folder: PackFolder) -> Any:
    """Returns the entries after the header as frozen texts, tuples and read-only mappings."""
    return free(body)


def _skeleton(pack_id: str) -> MappingType[str, str]:
    body = "\n# 以下由阅读引擎解释，写法见 national.plan-documents\ngrammar:\n  headings: []\n"
    files = {
        "document.yaml": header(pack_id, "新的文种", "New kind of paper") + body,
        "README.md": readme(pack_id),
    }
    return MappingProxyType(files)


KIND = Kind(
    name="documents",
    definition="document.yaml",
    title=Words("文种语法", "Grammars of papers"),
    read=_read,
    skeleton=_skeleton,
)
