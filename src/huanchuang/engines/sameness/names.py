"""Names the Chinese way: the form in which two spellings of one organisation's name meet.

This is the form that is stored and searched; region names come as an argument. How near two different names are is
another question: `parts` and `likeness`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_DROPPED = re.compile(r"[\s()\[\]{}<>〈〉《》【】〔〕“”‘’\"'·・•.,，。、；;:：_—–-]+")
_BRACKETED = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]")


def normalise(name: str) -> str:
    """Half width, capitals, no spaces, brackets or punctuation, 有限责任公司 as 有限公司."""
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", name)).upper()
    return text.replace("有限责任公司", "有限公司")


def without_brackets(name: str) -> str:
    """The name without what stands in brackets: 区教委（区高教办） → 区教委."""
    return _BRACKETED.sub("", name)


def spellings(name: str, region_chain: Sequence[str]) -> set[str]:
    """Normalised spellings of one name with the prefixes of its regions added, shortened or dropped.

    `region_chain` runs from the widest to the narrowest region, such as (云澜市, 青岑区). 青岑区财政局 is
    then also met as 云澜市青岑区财政局, 区财政局 and 财政局. A region's bare stem (云澜) is never cut off:
    云澜理工大学 would become the name of every other 理工大学.
    """
    whole = normalise(name)
    regions = [normalise(region) for region in region_chain if region]
    core = whole
    for region in regions:
        core = core.removeprefix(region)
    if not core or (core == whole and not regions):
        return {whole}
    written = {whole}
    if core != whole:
        written |= {core, regions[-1][-1] + core}
    for start in range(len(regions)):
        written.add("".join(regions[start:]) + core)
    return written


def search_text(names: Iterable[str], code: str) -> str:
    """Every name normalised and the code, one a line, without repetition."""
    lines = dict.fromkeys(normalise(name) for name in names if name)
    return "\n".join([*lines, *([code] if code else [])])
