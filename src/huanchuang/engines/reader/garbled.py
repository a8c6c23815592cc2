"""Text whose characters were spoiled by a wrong encoding: 銆愭湭鏉ャ€? where 【未来】 stood.

It is not read and not repaired, since bytes are lost; its place is reported.
"""

from __future__ import annotations

_SAMPLE = 400
_SHORTEST = 8
_LOST = "\ufffd"


def is_garbled(line: str) -> bool:
    """Is a line UTF-8 that was read as GB18030, or GB18030 that was read as Latin?"""
    sample = line[:_SAMPLE]
    if len(sample) < _SHORTEST:
        return False
    if sample.count(_LOST) * 10 > len(sample):
        return True
    return _utf8_as_chinese(sample.replace(_LOST, "")) or _chinese_as_latin(sample)


def _utf8_as_chinese(sample: str) -> bool:
    """Put back into bytes, spoiled text is good UTF-8; good text is not."""
    data = sample.encode("gb18030", "ignore")
    return _chinese(data.decode("utf-8", "ignore")) * 3 * 10 > len(data) * 6


def _chinese_as_latin(sample: str) -> bool:
    latin = sum(1 for sign in sample if "\u00a1" <= sign <= "\u00ff")
    if latin * 2 < len(sample):
        return False
    return _chinese(sample.encode("latin-1", "ignore").decode("gb18030", "ignore")) * 3 > latin


def _chinese(text: str) -> int:
    return sum(1 for sign in text if "\u4e00" <= sign <= "\u9fff" or "\u3000" <= sign <= "\u303f")
