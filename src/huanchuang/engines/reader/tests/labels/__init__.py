"""Our own labels of papers in ../shared: places, values and kinds, no sentence of theirs.

Each set was labelled by hand before the reader had seen its papers (see README.md here). `gold_of` puts the words back
from the paper and gives labels in the form that the scorer of ../shared reads. A set may label some measures only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LISTS = ("outline", "quantities", "documents_to_issue")
SCALES = {"万亿": 1e12, "千万": 1e7, "百万": 1e6, "亿": 1e8, "万": 1e4, "千": 1e3}
WHOLE = ("千瓦", "千克", "千米", "千瓦时")


def sets() -> list[str]:
    """The names of the sets."""
    return sorted(file.stem for file in HERE.glob("*.json"))


def papers(name: str, shared: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The texts of a set with their labels; AssertionError where a paper is not the one that was labelled."""
    for paper, labels in json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")).items():
        file = shared / "data" / "policy_dev" / f"{paper}.txt"
        text = text_of(file, labels)
        yield text, gold_of(paper, text, labels)


def text_of(file: Path, labels: dict[str, Any]) -> str:
    """The text of a paper, as it lies there or, where its labels say so, mended.

    Six reports lie in the collection with lines of UTF-8 that were once taken for GB18030. A byte that GB18030 did not
    know stands there as U+FFFD: it was 80, or it ended the last sign of a paragraph, with the line end behind it.
    """
    text = file.read_bytes().decode("utf-8-sig")
    if not labels.get("mended"):
        return text
    return "\n".join(_mended(line) if "\ufffd" in line else line for line in text.split("\n"))


def _mended(line: str) -> str:
    signs = (b"\x80" if sign == "\ufffd" else sign.encode("gb18030") for sign in line)
    return b"".join(signs).decode("utf-8").replace("\u3000" * 3, "。\n").replace("\u3000" * 2, "\n")


def comparable(data: dict[str, Any], gold: dict[str, Any]) -> dict[str, Any]:
    """What was read, without the lists that the labels of the paper leave open."""
    return {name: found for name, found in data.items() if name not in gold.get("open", ())}


def gold_of(paper: str, text: str, labels: dict[str, Any]) -> dict[str, Any]:
    """Labels with their words, as ../shared/gold/README.md describes them."""
    assert hashlib.sha256(text.encode()).hexdigest() == labels["sha256"], f"{paper} was changed"
    gold = {
        "doc": paper,
        "read_to": labels["read_to"],
        "open": [name for name in LISTS if name not in labels],
        "deadlines": [_span(text, row, resolved=row[2]) for row in labels["deadlines"]],
        "quantities": [_quantity(text, row) for row in labels.get("quantities", ())],
    }
    if "outline" in labels:
        gold["outline"] = [
            _node(text, place, index, parent) for index, (*place, parent) in enumerate(labels["outline"])
        ]
    if "documents_to_issue" in labels:
        gold["documents_to_issue"] = [
            _span(text, row, title=text[row[0] : row[1]]) for row in labels["documents_to_issue"]
        ]
    if "responsibilities" in labels:
        gold["responsibilities"] = [
            _span(text, row, units=_names(text, row[2]), lead=_names(text, row[3]))
            for row in labels["responsibilities"]
        ]
    return gold


def _span(text: str, row: list[Any], **more: Any) -> dict[str, Any]:
    start, end = row[:2]
    return {"start": start, "end": end, "text": text[start:end], "borderline": row[-1] == "?", **more}


def _node(text: str, place: list[Any], index: int, parent: int | None) -> dict[str, Any]:
    start, number_end, end, level = place
    above = None if parent is None else str(parent)
    number = "" if level == "document" else text[start:number_end]
    return {
        "id": str(index), "level": level, "number": number, "heading": text[start:end], "start": start, "end": end,
        "parent": above,
    }  # fmt: skip


def _quantity(text: str, row: list[Any]) -> dict[str, Any]:
    value, *most, unit, comparator, kind = [part for part in row[2:] if part != "?"]
    scale = next((word for word in SCALES if unit.startswith(word) and len(unit) > len(word)), "")
    scale = "" if unit in WHOLE else scale
    return _span(
        text, row, value=value, value_max=most[0] if most else None, unit=unit, comparator=comparator, kind=kind,
        value_base=value * SCALES.get(scale, 1), unit_base=unit[len(scale) :],
    )  # fmt: skip


def _names(text: str, listed: list[Any]) -> list[str]:
    return [name if isinstance(name, str) else text[name[0] : name[1]] for name in listed]
