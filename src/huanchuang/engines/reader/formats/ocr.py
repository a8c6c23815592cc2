"""Scanned pages read by the optional extra `ocr` (rapidocr, whose models come with it, offline).

Nothing here is needed for papers with text. Where the extra is not installed, scanned pages are refused with a hint.
"""

from __future__ import annotations

import importlib
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

import pypdfium2 as pdfium

_SCALE = 2.5  # 180 dots an inch: enough for print, half the time of 300
_LARGEST = 4000  # pixels of a side
_LEAST_SURE = 0.5


def is_there() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "numpy"))


@cache
def _engine() -> Any:
    rapidocr = importlib.import_module("rapidocr")
    return rapidocr.RapidOCR(params={"Global.log_level": "critical"})


def lines_of(page: pdfium.PdfPage) -> list[str]:
    """The lines of a scanned page from the top; pieces beside each other stand on one line, parted by a blank."""
    scale = min(_SCALE, _LARGEST / max(page.get_size()))
    result = _engine()(page.render(scale=scale).to_numpy())
    pieces = [] if result.txts is None else list(zip(result.boxes, result.txts, result.scores, strict=True))
    return _rows(
        [
            (float(box[:, 1].mean()), float(box[:, 0].min()), float(box[:, 1].max() - box[:, 1].min()), text)
            for box, text, score in pieces
            if score >= _LEAST_SURE and text.strip()
        ]
    )


def _rows(pieces: list[tuple[float, float, float, str]]) -> list[str]:
    """Pieces (middle, left, height, text) as lines of the page."""
    if not pieces:
        return []
    near = median(height for _, _, height, _ in pieces) / 2
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for middle, left, _, text in sorted(pieces):
        if not rows or middle - rows[-1][0] > near:
            rows.append((middle, []))
        rows[-1][1].append((left, text))
    return [" ".join(text for _, text in sorted(row)) for _, row in rows]
