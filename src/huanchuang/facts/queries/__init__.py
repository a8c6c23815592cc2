"""Reading facts."""

from huanchuang.facts.queries.many import known_values
from huanchuang.facts.queries.values import current, differing, history, series, value

__all__ = ["current", "differing", "history", "known_values", "series", "value"]
