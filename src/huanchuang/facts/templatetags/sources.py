"""Where a fact comes from, and which place a choice is about, in words."""

from __future__ import annotations

from django import template

from huanchuang.facts.models import SourceChoice
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.choices import source_name
from huanchuang.orm.language import language

register = template.Library()
register.filter("source_name", source_name)


@register.filter
def choice_place(choice: SourceChoice) -> str:
    """销售收入 · 2025年."""
    return f"{dictionary.name(choice.key)} · {choice.period.label(language())}"
