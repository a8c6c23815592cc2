"""Changes a YAML text in one place and leaves every other character as it is: comments, order, blank lines.

The parser tells where each value begins and ends (:mod:`.marks`); a change replaces those characters and nothing else
(:mod:`.changes`), written in the style that stood there (:mod:`.writing`).
"""

from huanchuang.packs.editing.changes import add_item, remove_item, set_raw, set_value, set_values
from huanchuang.packs.editing.marks import Marked, Path, mark, raw_of

__all__ = [
    "Marked",
    "Path",
    "add_item",
    "mark",
    "raw_of",
    "remove_item",
    "set_raw",
    "set_value",
    "set_values",
]
