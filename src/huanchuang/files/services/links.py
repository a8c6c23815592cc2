"""Relationships of an office file that lead outside: what fetches when the file is opened is refused, the rest noted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from huanchuang.files.services.refusals import Refused

Note = dict[str, str]
_REMOTE = re.compile(
    r"^\s*([a-z][a-z0-9+.-]+:)?(//|\\\\)(?!/[a-z]:)|^\s*(mhtml|ms-[a-z]+|javascript|data|vbscript):",
    re.IGNORECASE,
)
"""An address on another machine, also as \\\\server\\share; file:///C:/… is a place on the author's own disk."""
_ALWAYS = frozenset({"oleObject", "frame", "subDocument", "control", "package"})
"""Kinds of relationship that run or load their target when the file is opened, wherever it lies."""
_LOADED = frozenset(
    {"attachedTemplate", "externalLinkPath", "xlExternalLinkPath", "image", "video", "audio", "media"}
)
_NOTED = frozenset({"image", "externalLinkPath", "xlExternalLinkPath"})


def link_notes(parts: Iterable[tuple[str, Element]]) -> list[Note]:
    """Notes on the outside links of all relationship parts (name, tree). Raises Refused for those that fetch."""
    noted = 0
    for name, tree in parts:
        for entry in tree:
            if entry.get("TargetMode", "").lower() == "external":
                noted += _check_link(name, entry)
    if not noted:
        return []
    return [
        {
            "zh": f"文件引用了 {noted} 个外部图片或工作簿，平台不会读取它们。",
            "en": f"The file refers to {noted} pictures or workbooks elsewhere; they are never fetched here.",
        }
    ]


def _check_link(name: str, entry: Element) -> bool:
    """Whether the link is worth a note."""
    kind = entry.get("Type", "").rsplit("/", 1)[-1]
    target = entry.get("Target", "")
    fetches = kind in _ALWAYS or (kind in _LOADED - _NOTED and _REMOTE.match(target) is not None)
    if fetches:
        raise Refused("fetches", f"{name}：{kind}", f"{name}: {kind}")
    return kind in _NOTED
