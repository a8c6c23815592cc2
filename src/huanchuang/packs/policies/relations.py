"""The records of the register that a condition may count: 知识产权 and 资质 of an organisation, with the fields it may ask about.

They are what the register keeps, so they are named here and not in a definition; codes are those of its vocabularies.
"""

from __future__ import annotations

from huanchuang.engines.expression import Fact, Relation
from huanchuang.engines.expression.types import DATE, TEXT, code

KINDS, STATES, QUALIFIED = "patent-kinds", "patent-states", "qualifications"
CLASSES = {"Ⅰ类": "一类", "Ⅱ类": "二类"}
"""Level of a kind of right in its code list → how a condition writes it."""
RIGHTS = Relation(
    "rights",
    "知识产权",
    "IP rights",
    (
        Fact("kind", "类别", "kind", code(KINDS)),
        Fact("class", "等级", "class", TEXT),
        Fact("state", "状态", "state", code(STATES)),
        Fact("applied-on", "申请日期", "applied on", DATE),
        Fact("granted-on", "授权日期", "granted on", DATE),
    ),
)
QUALIFICATIONS = Relation(
    "held-qualifications",
    "资质",
    "qualifications",
    (
        Fact("kind", "种类", "kind", code(QUALIFIED)),
        Fact("valid-from", "起始日期", "valid from", DATE),
        Fact("valid-until", "截止日期", "valid until", DATE),
    ),
    "项",
)
RELATIONS = (RIGHTS, QUALIFICATIONS)
TREES = (KINDS, STATES, QUALIFIED)
