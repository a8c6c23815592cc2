"""The one pattern of a chart: a table of the page, drawn; the table stays one press away.

The numbers are read from the table itself, so that figure and table can never differ. What is drawn is said in the head
(`drawn` on a `<th>`), what a cell is worth beside its words by `worth` on a `<td>`; both are described in
`templates/ui/README.md`. Without JavaScript the page has the table and the finding.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huanchuang.engines.kernel import Money
from huanchuang.web.templatetags.ui import table

register = template.Library()

KINDS = ("bars", "columns", "lines")
"""Rows from top to bottom, from left to right, or by their day."""
WAYS = ("beside", "part", "upto", "line", "plan")
"""A bar of its own; a part of the row's bar; the same up to a sum; a line through what is known; the way it should take."""
TONES = ("blue", "light", "ink", "grey")
PLACES = 6


@register.simple_block_tag
def chart(content: str, kind: str, finding: str, label: str, xlsx: str = "", csv: str = "") -> SafeString:
    """A figure around a `<table>`: `finding` is the sentence that the chart shows, `label` names table and files.

    `xlsx` and `csv` are the page's own exports; without `csv` the table itself is given. ValueError for an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(f"chart: {kind} is none of {', '.join(KINDS)}")
    values = {
        "kind": kind,
        "finding": finding,
        "label": label,
        "xlsx": xlsx,
        "csv": csv,
        "content": table(content, label),
    }
    return SafeString(render_to_string("ui/chart.html", values))


@register.simple_tag
def drawn(way: str, tone: str = "blue", unit: str = "") -> SafeString:
    """On the `<th>` of a column: draw it this way and in this tone; `unit` is `fen` where its cells are worth fen.

    ValueError for a way or tone that there is not."""
    if way not in WAYS or tone not in TONES:
        raise ValueError(f"chart: no {way} in {tone}")
    return format_html('data-drawn="{}" data-tone="{}" data-unit="{}"', way, tone, unit)


@register.simple_tag
def worth(value: object) -> SafeString:
    """On a `<td>`: the number to draw, where it is not what the cell says; nothing is drawn for what is not known."""
    return format_html('data-worth="{}"', _plain(value))


def _plain(value: object) -> str:
    if isinstance(value, Money):
        return str(value.fen)
    if isinstance(value, Fraction):
        return f"{float(value):.{PLACES}f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None or value == "" else str(int(str(value)))
