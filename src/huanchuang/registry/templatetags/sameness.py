"""Small parts of the pages about same and different."""

from __future__ import annotations

from django import template
from django.forms.boundfield import BoundWidget
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huanchuang.engines.sameness import Comparison, Mark, Verdict
from huanchuang.orm.language import language
from huanchuang.registry.models import Entry

register = template.Library()

DECISIVE, STRONG = 12, 4
"""Bits from which a field decides, and from which it says much."""


@register.filter
def percent(score: float) -> str:
    """A score as a whole percentage; never 100 % or 0 %, which it cannot know."""
    return f"{min(99, max(1, round(score * 100)))}%"


@register.simple_tag
def proposed(verdict: str) -> SafeString:
    """What the comparison proposes, in a word."""
    words = {
        Verdict.SAME.value: (_("很可能相同"), "amber"),
        Verdict.UNSURE.value: (_("可能相同"), "blue"),
        Verdict.DIFFERENT.value: (_("很可能不同"), "grey"),
    }
    word, tone = words.get(verdict, (verdict, "grey"))
    return SafeString(render_to_string("ui/status.html", {"word": word, "tone": tone}))


@register.simple_tag
def compared_mark(mark: str) -> SafeString:
    """How two values stand to each other: a shape and a word."""
    shapes = {
        Mark.AGREE.value: ("check", _("一致")),
        Mark.NEAR.value: ("point", _("接近")),
        Mark.DIFFER.value: ("x", _("不同")),
        Mark.MISSING.value: ("minus", _("未填")),
    }
    icon, word = shapes[str(mark)]
    return format_html(
        '<span class="compared-mark compared-{}"><span class="ti ti-{}" aria-hidden="true"></span>{}</span>',
        str(mark),
        icon,
        word,
    )


@register.simple_tag
def agreeing(comparison: Comparison) -> str:
    """In short, which fields agree and which differ: 名称、电话一致；地址不同. No values, which a reader may not see."""
    spoken = language()
    parts = []
    for marks, word in (((Mark.AGREE, Mark.NEAR), _("一致或接近")), ((Mark.DIFFER,), _("不同"))):
        labels = [row.label(spoken) for row in comparison.fields if row.mark in marks]
        if labels:
            parts.append(f"{word}：{'、'.join(labels)}")
    return "；".join(parts)


@register.filter
def weight_word(bits: float) -> str:
    """What a field says for or against one and the same, in words."""
    if bits >= DECISIVE:
        return _("有力地支持相同")
    if bits >= STRONG:
        return _("支持相同")
    if bits > 0:
        return _("略支持相同")
    if bits == 0:
        return _("不影响判断")
    if bits > -STRONG:
        return _("略支持不同")
    return _("支持不同") if bits > -DECISIVE else _("有力地支持不同")


@register.simple_tag
def side_note(entry: Entry) -> SafeString:
    """In short, how fresh an entry is and whether it is in force."""
    state = _("已停用") if entry.retired_on else _("在册")
    confirmed = (
        _("%(day)s核实") % {"day": entry.confirmed_on.isoformat()} if entry.confirmed_on else _("未核实")
    )
    made = _("%(day)s登记") % {"day": entry.created_at.date().isoformat()}
    return format_html('<span class="pick-note">{} · {} · {}</span>', state, made, confirmed)


@register.simple_tag
def pick(radio: BoundWidget, label: str) -> SafeString:
    """One radio button in a table cell; its row's heading is part of its name for screen readers."""
    return format_html('<span class="visually-hidden">{}：</span>{}', label, SafeString(radio.tag()))
