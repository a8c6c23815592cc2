"""100,000 invented organisations for the measure of speed, some of them entered twice in other words."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from pathlib import Path

import huanchuang
from benchmarks.sameness.firms import District
from benchmarks.sameness.words import DEV
from huanchuang.engines.sameness import OrganisationRecord, Places
from huanchuang.engines.sameness.tests.pairs import organisation, places

SIGNS = (
    Path(huanchuang.__file__).parent
    / "packs"
    / "data"
    / "sameness"
    / "national.same-or-different"
    / "signs.csv"
)
FIRMS, TWICE = 95_000, 5_000
BRAND_SIGNS = 600


def hundred_thousand() -> tuple[list[OrganisationRecord], set[tuple[int, int]], Places]:
    """The records, the pairs of places of those entered twice, and the regions they speak of."""
    with SIGNS.open(encoding="utf-8") as file:
        signs = sorted({row["plain"] for row in csv.DictReader(file)})[:BRAND_SIGNS]
    rng = random.Random(7)
    world = District(replace(DEV, brand_signs="".join(signs)), rng)
    firms = [world.firm() for _ in range(FIRMS)]
    records = [organisation(world.entry(firm)) for firm in firms]
    planted = set()
    for place in rng.sample(range(FIRMS), TWICE):
        planted.add((place, len(records)))
        records.append(organisation(world.entry(firms[place], name=world.written(firms[place]))))
    return records, planted, places()
