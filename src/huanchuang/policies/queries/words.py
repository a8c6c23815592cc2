"""Words of pages of policies, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.rules import Requirement
from huanchuang.policies.queries.library import Listed

BENEFITS: Mapping[str, str | Promise] = {
    "recognition": _("认定备案"),
    "subsidy": _("补助"),
    "reward": _("奖励"),
    "tax": _("税收优惠"),
    "loan": _("融资贴息"),
    "voucher": _("创新券"),
    "service": _("服务"),
    "talent": _("人才"),
    "duty": _("义务"),
}
CONFIDENCES: Mapping[str, str | Promise] = {
    "high": _("数值与原文核对过"),
    "medium": _("数值来自可靠转述，待与原文核对"),
    "low": _("数值待核对"),
    "example": _("示例政策，为演示编写"),
}
WAYS: Mapping[str, str | Promise] = {"coded": _("自动计算"), "document": _("凭材料"), "human": _("由人判断")}
RESULTS: Mapping[str, tuple[str | Promise, str]] = {
    "yes": (_("符合"), "green"),
    "unknown": (_("无法判断"), "amber"),
    "no": (_("不符合"), "grey"),
    "not_in_force": (_("不在有效期"), "plain"),
}
"""Result → word and tone."""

PARTS: Mapping[str, str | Promise] = {
    "requirement": _("条件"),
    "formula": _("算法"),
    "amount": _("金额"),
    "parameter": _("参数"),
}
MOVES: Mapping[str, tuple[str | Promise, str]] = {
    "gain": (_("新增符合"), "green"),
    "lose": (_("不再符合"), "red"),
    "more": (_("金额增加"), "green"),
    "less": (_("金额减少"), "red"),
    "untold": (_("金额变化未知"), "amber"),
    "open": (_("转为无法判断"), "amber"),
    "shut": (_("转为不符合"), "grey"),
    "same": (_("不变"), "plain"),
}
"""How an organisation moves between two versions → word and tone."""
GROUP_RULES: Mapping[str, str | Promise] = {
    "highest": _("就高不重复"),
    "exclusive": _("不得同时享受"),
    "total": _("累计上限"),
}
CLASHES: Mapping[str, str | Promise] = {
    "impossible": _("条件无法满足"),
    "two-rules": _("组规则写法不一"),
    "one-sided": _("组规则只有一方写明"),
    "void-limit": _("上限落空"),
    "never-full": _("金额从来发不足"),
    "excluded": _("一方奖励、一方排除"),
    "apart": _("组规则用不上"),
    "threshold": _("同一指标门槛不同"),
    "above-limit": _("最高额超过累计上限"),
}
"""Kinds of contradictions between policies."""


def outcome_word(outcome: bool | str | None) -> str | Promise:
    """The outcome of a requirement in a word; "" where it is not asked for."""
    if outcome == "":
        return _("不要求")
    return _("未知") if outcome is None else _("满足") if outcome else _("不满足")


@dataclass(frozen=True)
class RuleLine:
    """One requirement as the library shows it: the words beside the rule."""

    requirement: Requirement
    text: str
    way: str | Promise
    rule: str
    papers: Sequence[str]
    is_asked: bool
    """Whether it is asked for on the day."""


def rule_lines(one: Listed, day: dt.date, words: str) -> list[RuleLine]:
    """Every requirement with its clause, its words and the rule as it is written."""
    written = {line.id.value: line for line in one.written.requirements}
    found = []
    for asked in one.policy.requirements:
        line = written.get(asked.id)
        rule = line.when.text.strip() if line is not None and line.when is not None else ""
        found.append(
            RuleLine(
                asked, asked.text.text(words), WAYS[asked.by], rule, asked.papers, asked.is_in_force(day)
            )
        )
    return found
