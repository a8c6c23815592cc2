"""Reading facts."""

from huanchuang.facts.queries.values import current, differing, history, series, value

__all__ = ["current", "differing", "history", "series", "value"]
