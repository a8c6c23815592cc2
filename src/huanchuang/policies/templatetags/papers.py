"""Proposals of a policy paper in templates: what each is, how sure it was read, its values."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.orm.language import language
from huanchuang.packs.policies import criteria
from huanchuang.packs.policies.proposal import Item
from huanchuang.packs.policies.proposal.draft import Suggested
from huanchuang.policies.queries.papers import Line

register = template.Library()

KIND_WORDS: dict[str, str | Promise] = {
    "requirement": gettext_lazy("条件"), "amount": gettext_lazy("金额"), "window": gettext_lazy("申报窗口"), "group": gettext_lazy("与其他政策"),
    "left": gettext_lazy("未用上的句子"),
}  # fmt: skip
FRAME_WORDS: dict[str, str | Promise] = {
    "title": gettext_lazy("标题"), "number": gettext_lazy("文号"), "issuer": gettext_lazy("发文机关"), "valid_from": gettext_lazy("施行日期"), "valid_to": gettext_lazy("失效日期"),
    "office": gettext_lazy("主管单位"), "budget": gettext_lazy("预算"), "once": gettext_lazy("一家一次"), "opens": gettext_lazy("开始（月-日）"), "closes": gettext_lazy("结束（月-日）"),
    "rule": gettext_lazy("规则"), "limit": gettext_lazy("限额"),
}  # fmt: skip
GROUP_WORDS: dict[str, str | Promise] = {
    "highest": gettext_lazy("就高，不重复"), "exclusive": gettext_lazy("只能享受一项"), "total": gettext_lazy("合计有限额"),
}  # fmt: skip
SURENESS: dict[str, tuple[str | Promise, str]] = {
    "high": (gettext_lazy("逐字读懂"), "green"),
    "medium": (gettext_lazy("请核对"), "blue"),
    "low": (gettext_lazy("由人判断"), "amber"),
}


@register.filter
def passage_kind(item: Item) -> str:
    """The class by which a passage and its proposal look alike."""
    if item.kind == "requirement":
        return f"is-{item.value.get('by', 'human')}"
    return f"is-{item.kind}" if item.kind in ("amount", "left") else "is-frame"


@register.filter
def passage_word(item: Item) -> str:
    """What a passage was read as."""
    name = next(iter(item.value), "") if item.kind == "frame" else ""
    return str(FRAME_WORDS.get(name) or KIND_WORDS.get(item.kind, ""))


@register.filter
def proposal_word(line: Line) -> str:
    """What a proposal is."""
    return passage_word(line.item)


@register.filter
def sureness(item: Item) -> SafeString:
    """How sure the reading is, as a mark."""
    word, tone = SURENESS.get(item.confidence, SURENESS["low"])
    if item.kind == "left":
        word, tone = _("不是提议"), "plain"
    elif item.kind == "amount" and item.confidence == "low":
        word = _("由人核定")
    return format_html('<span class="state state-{}">{}</span>', tone, word)


@register.simple_tag
def value_of(line: Line, typed: Mapping[str, str] | str, name: str) -> str:
    """What stands in a box: as it was typed and refused, as it was confirmed, as it is proposed."""
    usual = {"text": " ".join(line.item.text.split()), "by": "human"}
    if typed and not isinstance(typed, str) and name in typed:
        return typed[name]
    return line.value.get(name) or usual.get(name, "")


@register.filter
def plain_fields(line: Line) -> list[tuple[str, str, str]]:
    """Name, label and value of what is confirmed as plain text."""
    shown = [
        (name, value)
        for name, value in line.value.items()
        if name != "limit" or value or line.value.get("rule") == "total"
    ]
    return [(name, str(FRAME_WORDS.get(name, name)), value) for name, value in shown]


@register.filter
def case_facts(case: Suggested) -> str:
    """The facts of a case on a threshold: 2025年职工总数20人."""
    if language() == "en":
        names = {fact.zh: fact.en for fact in criteria().vocabulary.facts}
        return ", ".join(
            f"{names.get(name, name)}{' ' + year if year else ''}: {value}"
            for (name, year), value in case.facts.items()
        )
    return "、".join(
        f"{year + '年' if year else ''}{name} {value}" for (name, year), value in case.facts.items()
    )


@register.simple_tag
def rules_of_groups() -> list[tuple[str, str | Promise]]:
    """How a policy may go together with others."""
    return list(GROUP_WORDS.items())
