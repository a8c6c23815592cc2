"""What tests of an entry's life begin with: a unit's achievement and patent, and files that pass the checks."""

from __future__ import annotations

import datetime as dt

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.services.entries import register

COMPLETE = {
    "title": "高强度复合板材",
    "field": "4.1",
    "keywords": ["复合材料"],
    "summary": "一种高强度复合板材及其制备方法。",
    "solves": "板材重、易腐蚀。",
    "stage": "pilot",
    "transfer_ways": ["licence"],
}
"""An achievement with everything that listing asks for, but its owner."""


def entry(kind_name, /, **values):
    """A registered entry of a kind."""
    return register(SYSTEM, KINDS[kind_name], values)


def achievement(owner, **values):
    """A complete achievement of a unit."""
    return entry("achievement", owner=owner, **{**COMPLETE, **values})


def patent(owner, **values):
    """An invention that is applied for."""
    given = {"title": "复合板材的制备方法", "kind": "invention", "applied_on": dt.date(2023, 5, 10), **values}
    return entry("patent", owner=owner, **given)


def paper(text="试验记录"):
    """A file that passes the checks, as (name, content)."""
    return f"{text}.txt", f"{text}：结果合格。".encode()
