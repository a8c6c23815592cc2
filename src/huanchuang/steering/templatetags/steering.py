"""Small parts of steering's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.template import RequestContext
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huanchuang.accounts.models import Role
from huanchuang.orm.language import language
from huanchuang.packs.ledgers import ScoreItem
from huanchuang.steering.models import (
    Campaign,
    Evidence,
    Node,
    Responsibility,
    Shortcoming,
    Slip,
    Stage,
    State,
    Target,
    Transition,
)
from huanchuang.steering.queries.document import Piece
from huanchuang.steering.queries.ledger import Ledger, Row
from huanchuang.steering.queries.light import Colour, brief, plain
from huanchuang.steering.queries.parts import UnitPart
from huanchuang.steering.queries.rollup import Rolled
from huanchuang.steering.queries.scoring import points
from huanchuang.steering.queries.split import Split
from huanchuang.steering.queries.words import COLOURS

register = template.Library()

TONES = {
    State.NOT_STARTED: "grey", State.IN_PROGRESS: "blue", State.TO_VERIFY: "amber", State.CLOSED: "green", State.ENDED: "grey",
}  # fmt: skip
FIELD_WORDS = {"due_on": "时限", "value": "目标值"}
"""Message ids of the fields that an adjustment can change."""


@register.simple_tag
def lamp_of(row: Row) -> SafeString:
    """The light with its word; pressing it gives the reason."""
    values = {
        "state": row.light.colour.value,
        "word": str(COLOURS[row.light.colour]),
        "why": reverse("steering:why", args=[row.target.pk]),
    }
    return SafeString(render_to_string("ui/light.html", values).strip())


@register.simple_tag
def state_of(target: Target) -> SafeString:
    """Where a line stands in its life."""
    values = {"word": target.get_state_display(), "tone": TONES[State(target.state)]}
    return SafeString(render_to_string("ui/status.html", values).strip())


@register.simple_tag
def people_of(duties: Sequence[Responsibility]) -> SafeString:
    """责任领导 and 责任人 of units, where they were named."""
    lines = [
        (word, name)
        for duty in duties
        for word, name in ((_("责任领导"), duty.leader), (_("责任人"), duty.person))
        if name
    ]
    return format_html_join("", '<span class="source">{} {}</span>', lines)


@register.simple_tag
def gap_of(whole: Split, unit: str) -> str:
    """Whether a split makes up its whole, in words."""
    gap = whole.gap or Decimal(0)
    if gap == 0:
        return _("正好分解完")
    if gap > 0:
        return _("还差%(gap)s%(unit)s没有分解") % {"gap": plain(gap), "unit": unit}
    return _("多分解了 %(gap)s%(unit)s") % {"gap": plain(-gap), "unit": unit}


@register.filter
def portion_boxes(row: UnitPart, years: Sequence[int]) -> list[tuple[Decimal | None, str, int]]:
    """The boxes of one unit: value, name of the field, year."""
    return [
        (value, f"v-{row.organisation.pk}-{year}", year) for value, year in zip(row.cells, years, strict=True)
    ]


@register.filter
def entry(given: Mapping[str, str], name: str) -> str:
    """What was typed into a field."""
    return given.get(name, "")


@register.simple_tag
def problem_state(found: Shortcoming) -> SafeString:
    """How far a problem is on its way to being settled."""
    tone = {"open": "red", "submitted": "amber", "settled": "green"}[found.state]
    return SafeString(
        render_to_string("ui/status.html", {"word": found.get_state_display(), "tone": tone}).strip()
    )


@register.simple_tag
def campaign_state(campaign: Campaign, today: dt.date) -> SafeString:
    """Whether a campaign is ahead, under way, to be ended or ended."""
    if campaign.finished_on:
        word, tone = _("已结束"), "green"
    elif today < campaign.starts_on:
        word, tone = _("未开始"), "grey"
    elif today <= campaign.ends_on:
        word, tone = _("督查中"), "blue"
    else:
        word, tone = _("整改复查中"), "amber"
    return SafeString(render_to_string("ui/status.html", {"word": word, "tone": tone}).strip())


@register.simple_tag
def points_of(low: Fraction, high: Fraction) -> str:
    """Points with two places; both bounds where something is not known."""
    words = [f"{points(bound):.2f}" for bound in (low, high)]
    return words[0] if low == high else "～".join(words)


@register.simple_tag
def by_language(zh: str, en: str) -> str:
    """The one of two wordings that the reader reads."""
    return en if language() == "en" else zh


@register.simple_tag
def formula_name(item: ScoreItem) -> str:
    """The name of an item of the assessment."""
    return by_language(item.zh, item.en)


@register.filter
def item(values: Mapping[str, object], key: str) -> object:
    """One value of a mapping."""
    return values.get(key, "")


@register.simple_tag
def slip_stage(slip: Slip) -> SafeString:
    """The kind of a slip by its word and colour."""
    tone = {Stage.NEAR: "blue", Stage.BEHIND: "amber", Stage.OVERDUE: "red"}[Stage(slip.stage)]
    return SafeString(
        render_to_string("ui/status.html", {"word": slip.get_stage_display(), "tone": tone}).strip()
    )


@register.simple_tag
def node_state(node: Node, met: bool, today: dt.date) -> SafeString:
    """Whether a node is met, missed or still ahead."""
    word, tone = (
        (_("已完成"), "green")
        if met
        else (_("未完成"), "amber")
        if node.due_on < today
        else (_("未到期"), "grey")
    )
    return SafeString(render_to_string("ui/status.html", {"word": word, "tone": tone}).strip())


@register.simple_tag
def progress_of(row: Row) -> SafeString:
    """How far a line is: the figure reached, the percent, or 未填报 — never a zero that nobody reported."""
    if row.rolled is not None:
        return _rolled(row.rolled, row.target.percent)
    target = row.target
    reached = ""
    if target.reached is not None:
        reached = format_html(
            '<span class="num" title="{}">{}<span class="unit">{}</span></span>',
            plain(target.reached),
            brief(target.reached),
            target.unit,
        )
    if target.percent is None:
        return SafeString(reached) or format_html('<span class="num-unknown">{}</span>', _("未填报"))
    bar = format_html(
        '<progress class="bar" max="100" value="{}" aria-label="{}"></progress>', target.percent, _("进度")
    )
    return format_html(
        '{}<span class="num">{}%</span>{}',
        format_html("{} · ", reached) if reached else "",
        target.percent,
        bar,
    )


@register.simple_tag
def short_progress(row: Row) -> str:
    """How far a line is in a few signs, for tiles; empty where nobody has said."""
    if row.rolled is not None:
        low, high = (int(share * 100 + Fraction(1, 2)) for share in (row.rolled.low, row.rolled.high))
        return f"{low}%" if low == high else f"{low}～{high}%"
    if row.target.reached is not None:
        return f"{brief(row.target.reached)}{row.target.unit}"
    return "" if row.target.percent is None else f"{row.target.percent}%"


def _rolled(rolled: Rolled, said: int | None) -> SafeString:
    """How far a task is by its parts: one figure, or bounds while some parts are not known; what the unit says besides."""
    low, high = (int(share * 100 + Fraction(1, 2)) for share in (rolled.low, rolled.high))
    words = f"{low}%" if rolled.value is not None else f"{low}%～{high}%"
    notes = [
        *([_("%(count)d 项未知") % {"count": rolled.unknown}] if rolled.unknown else []),
        *([] if said is None else [_("自报 %(percent)d%%") % {"percent": said}]),
    ]
    note = format_html(' <span class="row-note">{}</span>', " · ".join(notes)) if notes else ""
    bar = format_html(
        '<progress class="bar" max="100" value="{}" aria-label="{}"></progress>', low, _("各目标加权进度")
    )
    return format_html('<span class="num">{}</span>{}{}', words, note, bar)


@register.simple_tag(takes_context=True)
def unit_of(context: RequestContext, duty: Responsibility) -> SafeString:
    """A unit by its own name where it is known, with the way to its record; as written where it is not."""
    if duty.organisation is None:
        return format_html('<span class="unit-name">{}</span>', duty.unit)
    name = duty.organisation.short_name or duty.organisation.name
    role = getattr(getattr(context.get("request"), "user", None), "role", "")
    if role in (Role.CLERK, Role.REPORTER):  # they may open their own organisation only
        return format_html('<span class="unit-name" title="{}">{}</span>', duty.unit, name)
    address = reverse("registry:organisation", args=[duty.organisation.pk])
    return format_html('<a class="unit-name" href="{}" title="{}">{}</a>', address, duty.unit, name)


@register.simple_tag
def piece_of_text(piece: Piece) -> SafeString:
    """Words of the plan with their mark. Words of a line are a link to it, the first of them its anchor."""
    lit = " is-lit" if piece.chosen else ""
    if not piece.kind:
        return (
            format_html('<span class="is-lit">{}</span>', piece.text)
            if lit
            else format_html("{}", piece.text)
        )
    anchor = format_html(' id="{}"', piece.anchor) if piece.anchor else ""
    if piece.target is None:
        return format_html(
            '<span class="words words-{}{}" title="{}">{}</span>', piece.kind, lit, piece.why, piece.text
        )
    page, why = (reverse(name, args=[piece.target]) for name in ("steering:target", "steering:why"))
    return format_html(
        '<a class="words words-{}{}"{} href="{}" data-why="{}">{}</a>',
        piece.kind,
        lit,
        anchor,
        page,
        why,
        piece.text,
    )


@register.simple_tag(takes_context=True)
def lamps(context: RequestContext, ledger: Ledger) -> SafeString:
    """How many lines of each colour there are; pressing one shows them."""
    order = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.GREY)
    return format_html_join("", "{}", ((_lamp(context, ledger, colour),) for colour in order))


def _lamp(context: RequestContext, ledger: Ledger, colour: Colour) -> SafeString:
    address = context["request"].GET.copy()
    address.pop("page", None)
    chosen = ledger.filters.light == colour.value
    if chosen:
        address.pop("light", None)
    else:
        address["light"] = colour.value
    light = render_to_string("ui/light.html", {"state": colour.value, "word": str(COLOURS[colour])}).strip()
    current = SafeString(' aria-current="true"') if chosen else ""
    return format_html(
        '<a class="lamp" href="?{}"{}><strong class="num">{}</strong>{}</a>',
        address.urlencode(), current, ledger.lights[colour.value], SafeString(light),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def hidden_word(context: RequestContext, name: str) -> SafeString:
    """A word of the address that a search form carries along."""
    value = context["request"].GET.get(name, "")
    return format_html('<input type="hidden" name="{}" value="{}">', name, value) if value else SafeString("")


@register.simple_tag
def evidence_link(evidence: Evidence, may_open: bool) -> SafeString:
    """The way to download a file of evidence; its name alone for those who may not open it."""
    if not may_open:
        return format_html("{}", evidence.name)
    return format_html(
        '<a href="{}">{}</a>', reverse("files:download", args=[evidence.file_id]), evidence.name
    )


@register.simple_tag
def changes_of(step: Transition, unit: str = "") -> str:
    """What an adjustment changed, from what to what; figures as people write them, in the unit of the target."""
    return "；".join(
        f"{_(word)} {_said(name, step.before.get(name), unit)} → {_said(name, step.after[name], unit)}"
        for name, word in FIELD_WORDS.items()
        if name in step.after
    )


def _said(name: str, value: str | None, unit: str) -> str:
    if value in (None, ""):
        return "—"
    return f"{plain(Decimal(value))}{unit}" if name == "value" else str(value)


@register.filter
def split_words(text: str) -> list[str]:
    """Words of a short list written in a template."""
    return text.split()


@register.filter
def brief_number(value: Decimal) -> str:
    """A computed figure with two places, never rounded up."""
    return brief(value)


@register.filter
def plain_number(value: Any) -> str:
    """A decimal without the zeros that a column adds."""
    return plain(value) if isinstance(value, Decimal) else str(value)
