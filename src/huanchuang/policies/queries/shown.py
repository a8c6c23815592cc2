"""Values of decisions as people read them."""

from __future__ import annotations

import datetime as dt

from huanchuang.engines.expression.explain.shown import show
from huanchuang.policies.queries.known import Taken

EPOCH = dt.date(1970, 1, 1)


def shown_value(one: Taken, language: str = "zh") -> str:
    """A value with its unit: 344万元, 90人, 是, 2011-04-18."""
    if isinstance(one.value, bool):
        words = ("yes", "no") if language.startswith("en") else ("是", "否")
        return words[0] if one.value else words[1]
    if one.fact.type.kind == "date" and isinstance(one.value, int):
        return (EPOCH + dt.timedelta(days=one.value)).isoformat()
    return one.value if isinstance(one.value, str) else show(one.value, one.fact.type, language)
