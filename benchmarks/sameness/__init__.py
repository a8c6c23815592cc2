"""Sameness on labelled pairs and among 100,000 organisations, beside what an afternoon's script would do.

Quality is counted on two parts of the labelled pairs: one that weights were chosen on, one held out. A pair counts as
found when it is likely the same; what is left to a person (unsure) is counted apart. `open` pairs, where nobody could
tell, count against whoever calls them the same.
"""

from benchmarks.sameness.report import main

__all__ = ["main"]
