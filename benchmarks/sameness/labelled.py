"""The labelled pairs: written by hand beside the engine, and generated here; one part to tune with, one held out.

The digests were written down before the engine was: a changed word, seed or way of making pairs is noticed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import yaml

import huanchuang
from benchmarks.sameness.firms import Case, organisation_pairs
from benchmarks.sameness.people import people_pairs
from benchmarks.sameness.words import DEV, HELD

HAND_WRITTEN = Path(huanchuang.__file__).parent / "engines" / "sameness" / "tests" / "pairs"
SEEDS = {"dev": 20260630, "held": 20270101}
WORDS = {"dev": DEV, "held": HELD}
ORGANISATIONS_EACH, PEOPLE_EACH = 15, 200
DIGESTS = {
    "organisations.dev": "29b44dd242dd8b8972aa05f0ef3915b4daa13de47851bf32d017abca4ba73843",
    "organisations.held": "4cc1a28f15e1e32a50664b281dd1d1ab9e924e9732523e078b78a9de064f1608",
    "people.dev": "b714c9ddbc61c3b459152566e0910bfdb2d3a56a701dcc6f0eea0b1346d1ecbc",
    "people.held": "3763e1058ac3ec93a5519c765663a8118708ec358e4e0293bbdde70d3334c327",
}


def pairs(kind: str, part: str) -> list[Case]:
    """The pairs of `kind` (organisations, people) of one part (dev, held), those written by hand first."""
    text = (HAND_WRITTEN / f"{kind}.{part}.yaml").read_text(encoding="utf-8")
    written = [(label, why, one, other) for label, why, one, other in yaml.safe_load(text)]
    words, seed = WORDS[part], SEEDS[part]
    made = (
        organisation_pairs(words, seed, ORGANISATIONS_EACH)
        if kind == "organisations"
        else people_pairs(words, seed, PEOPLE_EACH)
    )
    return written + made


def digest(kind: str, part: str) -> str:
    """The sha256 of the pairs in canonical form."""
    canonical = json.dumps(pairs(kind, part), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def refuse_changed() -> None:
    """Raise ValueError when pairs differ from those whose digest was written down."""
    changed = [name for name, known in DIGESTS.items() if digest(*name.split(".")) != known]
    if changed:
        raise ValueError(f"labelled pairs differ from those written down: {', '.join(changed)}")
