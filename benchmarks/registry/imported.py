"""What the process that imports says, as a table beside the bars. Knows no Django: the comparing process has none."""

from __future__ import annotations

from typing import Any

from benchmarks.registry.data import scale

ROWS = 10_000
SECONDS_BAR, MEMORY_BAR = 60.0, 500
"""For reading, checking and taking together; megabytes of the whole process at its peak."""


def print_table(loaded: dict[str, Any]) -> None:
    """What the process said, beside the bars."""
    print(f"\nimport of {int(ROWS * scale()):,} rows into that register, {loaded['database']}\n")
    print("| sheet | step | time | bar | |\n|---|---|---:|---|---|")
    for kind, found in loaded["steps"].items():
        steps = found["steps"]
        for step, (wall, own) in steps.items():
            print(f"| {kind} | {step} | {wall:.1f} s ({own:.1f}) | | |")
        whole = sum(wall for step, (wall, _own) in steps.items() if step.startswith("first"))
        verdict = "met" if whole < SECONDS_BAR else "NOT MET"
        print(f"| {kind} | read, check and take | {whole:.1f} s | < {SECONDS_BAR:.0f} s | {verdict} |")
        print(f"| {kind} | rows | {_rows(found)} | | |")
    for form, (wall, own) in loaded["exports"].items():
        print(f"| whole list of organisations | export as {form} | {wall:.1f} s ({own:.1f}) | | |")
    memory = loaded["memory_mb"]
    verdict = "met" if memory < MEMORY_BAR else "NOT MET"
    print(
        f"\nmemory of the process at its peak: {memory} MB (< {MEMORY_BAR} MB: {verdict}), {loaded['before_mb']} MB before, {loaded['with_exports_mb']} MB after the exports"
    )


def _rows(found: dict[str, Any]) -> str:
    counts = found["counts"]
    first = ", ".join(f"{counts[name]} {name}" for name in ("new", "changed", "same", "problem"))
    return f"{first}; again {found['again']['same']} the same; undone {found['undone']['undone']}, kept {found['undone']['kept']}"
