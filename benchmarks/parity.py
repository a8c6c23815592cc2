"""The two executions of expressions against each other: random expressions on random records, with boundary values and gaps.

For each the record's answer, the columns compiled with and without measures, and the two passes of `Answers` are compared, bounds
included. Then every shipped policy on random records: result, masks and amount. No speed is measured; what counts is that
the last line says 0. The tests run a short form of both.
"""

from __future__ import annotations

import time
from collections import Counter
from random import Random

from huanchuang.engines.expression import Span, read
from huanchuang.engines.expression.tests.parity import differences
from huanchuang.engines.expression.tests.random_cases import Writer, random_record
from huanchuang.engines.expression.tests.sample import SITUATION, VOCABULARY
from huanchuang.engines.kernel import ProblemError
from huanchuang.packs.policies import policies
from huanchuang.packs.tests import test_policies_agree_on_tables as tables

RECORDS = 100
COMPARED = 100_000
OF_A_POLICY = 1_000
"""Records of one table of a policy."""
SHOWN = 5


def main() -> None:
    """Print how many were compared, what kinds of answers came up, and every difference."""
    started, seed, compared, refused, wrong = time.perf_counter(), 0, 0, 0, 0
    kinds: Counter[str] = Counter()
    while compared < COMPARED:
        seed += 1
        rng = Random(seed)
        writer = Writer(rng)
        text = rng.choice((writer.condition, writer.money, writer.share))(rng.randrange(1, 6))
        try:
            asked = read(text, VOCABULARY).at(SITUATION)
        except ProblemError:
            refused += 1
            continue
        records = [random_record(rng, asked) for _ in range(RECORDS)]
        compared += len(records)
        kinds.update(kind_of(asked.evaluate(record).value) for record in records)
        found = differences(asked, records)
        wrong += len(found)
        if found and wrong <= SHOWN:
            print(f"seed {seed}: {found[0]}")
    share = ", ".join(f"{name} {count / compared:.0%}" for name, count in sorted(kinds.items()))
    print(
        f"{seed - refused:,} expressions × {RECORDS} records = {compared:,} answers in {time.perf_counter() - started:.0f} s"
    )
    print(f"answers: {share}; {refused} texts refused (too large, mixed units)")
    print(f"differences: {wrong + packs()}")


def packs() -> int:
    """Every policy on random records, until as many were compared; how many differ."""
    started, seed, compared, wrong = time.perf_counter(), 0, 0, 0
    chosen = policies()
    while compared < COMPARED:
        for policy in chosen:
            found = tables.differences(policy, OF_A_POLICY, seed)
            compared += OF_A_POLICY
            wrong += len(found)
            for line in found[:SHOWN]:
                print(line)
        seed += 1
    print(f"{len(chosen)} policies, {compared:,} decisions in {time.perf_counter() - started:.0f} s")
    return wrong


def kind_of(value: object) -> str:
    """yes, no, unknown; exact, bounded or open numbers."""
    if isinstance(value, Span):
        return "exact" if value.value is not None else "open" if value == (None, None) else "bounded"
    return (
        {True: "yes", False: "no", None: "unknown"}[value]
        if value is None or isinstance(value, bool)
        else "text"
    )
