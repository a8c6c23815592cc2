"""Conditions whose threshold goes by size, over several lines, as the share of R&D of high-tech enterprises does."""

from __future__ import annotations

import re

from huanchuang.packs.policies.proposal.conditions import Conditions, Part, is_condition
from huanchuang.packs.policies.proposal.words import limit_of

_ASKS = re.compile(r"(?:应当?|须|需)?(?:符合|达到|满足)(?:以下|下列|如下)(?:要求|标准|条件|比例):?$")
_SAMPLE = "不低于1%"
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]{1,6})"
_SIZE = rf"{_NUMBER}[一-龥]{{1,4}}?"
_LINE = re.compile(
    rf"(?P<fact>[^,;。\d]{{2,30}}?)(?:在|为)?(?:(?:小于|低于|不超过|不足)(?P<upto>{_SIZE})(?P<with>\(含\))?(?:以下)?|(?P<low>{_SIZE})(?:\(不?含\))?(?:至|到|-|—|~)(?P<high>{_SIZE})(?P<incl>\(含\))?"
    rf"|(?P<over>{_SIZE})以上)(?:的)?(?:企业)?,(?:该)?(?:比例|占比|比重)?(?P<bound>[^,;。]+)"
)
_LAST = re.compile(r"^(?:最近一年|近一年|上年度?|上一年度?)")


def banded(conditions: Conditions, lead: str, lines: list[str]) -> Part | None:
    """The condition of a lead and its lines, None where any word of them is not understood."""
    asked = _ASKS.search(lead)
    found = [_LINE.fullmatch(line.rstrip("。;,")) for line in lines]
    if asked is None or len(found) < 2 or not all(found):
        return None
    left = conditions.one(lead[: asked.start()] + _SAMPLE)
    if left is None or not left.when.endswith(" >= 1%"):
        return None
    keys = _keys(conditions, [match for match in found if match])
    if keys is None:
        return None
    when = f"{left.when.removesuffix(' >= 1%')} >= {keys}"
    return (
        Part(0, len(lead), when, left.sure, form="band") if is_condition(when, conditions.criteria) else None
    )


def _keys(conditions: Conditions, found: list[re.Match[str]]) -> str | None:
    """band(销售收入, 5000万元: 5%, 2亿元: 4%, else: 3%): the first line and the middle ones include their upper end."""
    facts = {_LAST.sub("", match["fact"]) for match in found}
    named = conditions.names.fact(facts.pop()) if len(facts) == 1 else None
    if named is None:
        return None
    entries, before = [], ""
    for number, match in enumerate(found):
        limit = limit_of(match["bound"])
        if limit is None or limit.sign != ">=" or limit.unit != "%":
            return None
        last = number == len(found) - 1
        upper = match["high"] if match["incl"] else match["upto"] if match["with"] else None
        if (last and match["over"] != before) or (
            not last and (upper is None or (before and match["low"] != before))
        ):
            return None
        if last:
            entries.append(f"else: {limit.number}%")
            continue
        before = upper or ""
        size = re.fullmatch(rf"({_NUMBER})(.+)", before)
        value = size and conditions.names.value(size[1], size[2], named[0])
        if not value:
            return None
        entries.append(f"{value}: {limit.number}%")
    return f"band({named[0].zh}, {', '.join(entries)})"
