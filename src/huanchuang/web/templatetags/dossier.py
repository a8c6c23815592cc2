"""The cells of a dossier, written in Python: a page has a thousand of them."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from huanchuang.web.queries.dossier import Cell

register = template.Library()


@register.filter
def drawn(cell: Cell) -> SafeString:
    """A cell: its state, its figure with reasons, its link or its text; small print under it."""
    note = format_html('<span class="source">{}</span>', cell.note) if cell.note else ""
    return SafeString(_main(cell) + note)


def _main(cell: Cell) -> SafeString:
    if cell.light:
        shape = SafeString('<span class="light-shape" aria-hidden="true"></span>')
        return format_html('<span class="light light-{}">{}{}</span>', cell.light, shape, cell.text)
    if cell.tone:
        return format_html('<span class="state state-{}">{}</span>', cell.tone, cell.text)
    if cell.why:
        return format_html('<a href="{}" data-why="{}">{}</a>', cell.why, cell.why, cell.text)
    if cell.url:
        return format_html('<a href="{}">{}</a>', cell.url, cell.text)
    if cell.small:
        return format_html('<span class="note">{}</span>', cell.text)
    return conditional_escape(cell.text or "—")
