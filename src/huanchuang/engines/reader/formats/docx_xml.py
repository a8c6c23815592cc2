"""Names in the XML of Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def attribute(element: Element | None, name: str = "val") -> str:
    """An attribute of Word's namespace, empty where it is missing."""
    return "" if element is None else element.get(f"{W}{name}", "")


def whole(text: str, default: int = 0) -> int:
    """A whole number of an attribute; damaged ones count as `default`."""
    try:
        return int(text)
    except ValueError:
        return default
