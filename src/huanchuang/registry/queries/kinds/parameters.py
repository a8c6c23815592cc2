"""Technical parameters: one line of text taken apart into name, comparator, value and unit, as far as it says them."""

from __future__ import annotations

import re
import unicodedata

_COMPARATORS = {
    "≥": ">=", ">=": ">=", "不低于": ">=", "不小于": ">=", "大于等于": ">=", "达到": ">=", "以上": ">=",
    "≤": "<=", "<=": "<=", "不高于": "<=", "不大于": "<=", "不超过": "<=", "小于等于": "<=", "以下": "<=",
    ">": ">", "大于": ">", "超过": ">", "<": "<", "小于": "<", "低于": "<", "=": "=", "为": "=",
    "约": "~", "±": "~",
}  # fmt: skip
_SIGN = "|".join(re.escape(sign) for sign in sorted(_COMPARATORS, key=len, reverse=True))
_VALUE = (
    r"(?P<value>[-+]?\d+(?:\.\d+)?)(?:\s*[-~—至]\s*(?P<most>\d+(?:\.\d+)?))?"
    r"\s*(?P<unit>(?:[^\d\s，,;；。以][^\s，,;；。以]{0,15})?)\s*(?P<after>以上|以下)?\s*"
)
_LINE = re.compile(rf"(?P<name>[^\d≥≤<>=±:]{{1,60}}?)\s*:?\s*(?P<sign>{_SIGN})?\s*{_VALUE}")
_MARKED = re.compile(rf"(?P<name>[^≥≤<>=±:]{{1,60}}?)\s*:?\s*(?P<sign>{_SIGN})\s*{_VALUE}")
"""A name with figures of its own (550nm透光率) needs the sign that says where it ends."""


def parameter_of(line: str) -> dict[str, str]:
    """`text` is the line as written; `name`, `comparator`, `value`, `value_max` and `unit` where the line says them.

    抗拉强度 ≥ 500 MPa → name 抗拉强度, comparator >=, value 500, unit MPa. A line without a figure keeps its text only.
    """
    plain = unicodedata.normalize("NFKC", line)
    found = _LINE.fullmatch(plain) or _MARKED.fullmatch(plain)
    if found is None:
        return {"text": line}
    sign = found["after"] or found["sign"] or ""
    parts = {
        "name": found["name"].strip(" :"),
        "comparator": "range" if found["most"] else _COMPARATORS.get(sign, "="),
        "value": found["value"],
        "value_max": found["most"] or "",
        "unit": found["unit"].strip(),
    }
    return {"text": line, **{name: part for name, part in parts.items() if part}}
