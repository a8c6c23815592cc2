"""Where a fact comes from, in words."""

from __future__ import annotations

from django import template

from huanchuang.facts.queries.choices import source_name

register = template.Library()
register.filter("source_name", source_name)
