"""One decision at a time, for every shipped pack: with its whole trace, what is missing, the distance and the words.

Enterprises are made up, once with every fact and once with every twentieth empty. Seconds are of the processor. The bar is 5 ms.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks._peers.polars_rules import AS_OF, district, enterprises, needs_of, record_of, table_of
from huanchuang.engines.expression import Record
from huanchuang.engines.rules import Decision, Policy, decide
from huanchuang.packs.policies import policies
from huanchuang.packs.vocabulary import work_calendar

RECORDS, WARM = 200, 10
BAR = 5.0


def main() -> None:
    """Print a line for each pack, the slowest first, and how many keep to the bar."""
    rows = [(policy.id, *measured(policy)) for policy in policies() if policy.is_in_force(AS_OF)]
    print(
        f"{'milliseconds of ' + str(2 * RECORDS) + ' decisions':44s}{'median':>8s}{'95 %':>8s}{'worst':>8s}"
    )
    for name, middle, most, worst in sorted(rows, key=lambda row: -row[1]):
        print(f"{name:44s}{middle:8.2f}{most:8.2f}{worst:8.2f}")
    print(
        f"{sum(middle <= BAR for _, middle, _, _ in rows)} of {len(rows)} packs within {BAR:g} ms by the median,"
        f" {sum(most <= BAR for _, _, most, _ in rows)} in 95 of 100 decisions"
    )


def measured(policy: Policy) -> tuple[float, float, float]:
    """Median, 95 % and worst, after a few decisions that read the pack."""
    needs = needs_of(policy)
    records = [
        record_of(row, needs)
        for gaps in (False, True)
        for row in district(table_of(enterprises(RECORDS, gaps)), needs, gaps).iter_rows(named=True)
    ]
    taken = sorted(took(policy, record) for record in [*records[:WARM], *records][WARM:])
    return percentile(taken, 50), percentile(taken, 95), taken[-1]


def took(policy: Policy, record: Record) -> float:
    """Milliseconds of one decision that is told in full."""
    started = time.process_time()
    told(decide(policy, record, AS_OF, calendar=work_calendar()))
    return (time.process_time() - started) * 1e3


def told(decision: Decision) -> tuple[object, ...]:
    """All that a page says of it."""
    reasons = [finding.why() for finding in decision.findings]
    distance = [gap.text() for gap in decision.distance]
    return decision.trace(), decision.missing, decision.quickest, decision.formulas, reasons, distance


def percentile(taken: Sequence[float], percent: int) -> float:
    """The value that so many percent do not exceed."""
    return taken[len(taken) * percent // 100]
