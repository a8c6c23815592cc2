"""Say whether two entries are one, put them together, and take it back exactly."""

from huanchuang.registry.services.sameness.finding import put_forward, put_forward_alike, start_search
from huanchuang.registry.services.sameness.judging import Contradiction, judge
from huanchuang.registry.services.sameness.merging import merge
from huanchuang.registry.services.sameness.undoing import undo_merge

__all__ = [
    "Contradiction",
    "judge",
    "merge",
    "put_forward",
    "put_forward_alike",
    "start_search",
    "undo_merge",
]
