"""What the reader of proposals makes of labelled papers, with every difference, and how fast it is."""

from __future__ import annotations

import time
from pathlib import Path

from huanchuang.engines.reader import Paper
from huanchuang.packs.documents import load_grammar
from huanchuang.packs.drafting import load_words
from huanchuang.packs.library import library
from huanchuang.packs.policies.proposal import propose
from huanchuang.packs.policies.tests.labels import SETS, measure, papers


def main() -> None:
    """Prints the figures of all sets and every difference."""
    for title, labels in zip(("first set", "second set", "third set", "fourth set"), SETS, strict=True):
        report(title, labels)
    texts = [text for labels in SETS for _, text, _ in papers(labels)]
    began = time.perf_counter()
    for text in texts:
        propose(Paper(text), load_grammar(), load_words(), library())
    spent = time.perf_counter() - began
    print(f"{sum(map(len, texts))} characters in {spent * 1000:.0f} ms")


def report(title: str, labels: Path) -> None:
    """The figures of one set."""
    found, tell = measure(labels)
    print(f"-- {title}", *tell, sep="\n")
    rows = (
        ("conditions with a requirement", "found", "conditions"),
        ("executable conditions right", "right", "proposed"),
        ("computable conditions computed", "computed", "computable"),
        ("amounts found", "amounts_found", "amounts"),
        ("formulas right", "formulas_right", "formulas"),
        ("days, windows, office, budget", "rest_right", "rest"),
    )
    for name, part, whole in rows:
        print(f"{name:32}{getattr(found, part)}/{getattr(found, whole)} = {found.share(part, whole):.3f}")
    print(f"{'lost, wrong formulas':32}{found.lost}, {found.formulas_wrong}/{found.formulas_proposed}")


if __name__ == "__main__":
    main()
