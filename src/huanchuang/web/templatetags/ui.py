"""The parts pages are put together from, available in every template without `load`.

Each tag renders one partial of `templates/ui/`; its README there says what each takes. A page that cannot use the tag
may include the partial itself with the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

register = template.Library()

LIGHT_WORDS = {
    "green": gettext_noop("正常"),
    "amber": gettext_noop("预警"),
    "red": gettext_noop("滞后"),
    "grey": gettext_noop("未知"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon; the word beside it (or an aria-label) carries the meaning."""
    return format_html('<span class="ti ti-{}" aria-hidden="true"></span>', name)


@register.inclusion_tag("ui/light.html")
def light(state: str, word: str = "", why: str = "") -> dict[str, Any]:
    """The light of a task or target: colour, shape and word. Unknown states show as grey."""
    known = state if state in LIGHT_WORDS else "grey"
    return {"state": known, "word": word or gettext(LIGHT_WORDS[known]), "why": why}


@register.inclusion_tag("ui/status.html")
def status(word: str, tone: str = "plain") -> dict[str, Any]:
    """A state of work in one word; tone: plain, blue, green, amber, red or grey."""
    return {"word": word, "tone": tone}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: RequestContext, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Pages of a list; keeps every other word of the address."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    before = f"?{query.urlencode()}&{name}=" if query else f"?{name}="
    return {"page": page, "before": before}


@register.inclusion_tag("ui/filters.html", takes_context=True)
def filters(context: RequestContext, groups: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Filter chips: groups of {label, name, options: [{value, label, count}], default}; the choice stands in the address."""
    request = context["request"]
    shown = [_chips(request.GET, group) for group in groups]
    return {"groups": shown, "any": any(group["chosen"] for group in shown), "path": request.path}


def _chips(query: Any, group: Mapping[str, Any]) -> dict[str, Any]:
    name, usual = group["name"], str(group.get("default", ""))
    chosen = query.get(name) or usual
    chips = []
    for option in group["options"]:
        address = query.copy()
        address.pop("page", None)
        active = str(option["value"]) == chosen
        if active or str(option["value"]) == usual:
            address.pop(name, None)
        else:
            address[name] = option["value"]
        removable = active and chosen != usual
        chips.append({**option, "active": active, "removable": removable, "url": f"?{address.urlencode()}"})
    return {"label": group["label"], "chips": chips, "chosen": chosen != usual}


@register.inclusion_tag("ui/empty.html")
def empty(
    title: str, why: str = "", url: str = "", action: str = "", icon_name: str = "inbox"
) -> dict[str, Any]:
    """An empty state: what this is for, why it is empty, the one button to begin."""
    return {"title": title, "why": why, "url": url, "action": action, "icon_name": icon_name}


@register.inclusion_tag("ui/problems.html")
def problems(found: Iterable[Any], title: str = "") -> dict[str, Any]:
    """A list of kernel Problems: where, what, what to do."""
    return {"problems": list(found), "title": title}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, source: str = "", hint: str = "") -> dict[str, Any]:
    """One form field: label, hint under it, error at it, and where a prefilled value comes from."""
    kind = getattr(bound.field.widget, "input_type", "")
    if kind == "checkbox" and hasattr(bound.field.widget, "choices"):
        kind = "ticks"
    return {
        "field": bound,
        "source": source,
        "hint": hint or bound.help_text,
        "kind": kind,
        "widget": _dressed(bound, kind),
    }


def _dressed(bound: BoundField, kind: str) -> SafeString:
    classes = {
        "checkbox": "form-check-input",
        "radio": "form-check-input",
        "select": "form-select",
    }
    notes = [f"{bound.auto_id}_hint"] * bool(bound.help_text) + [f"{bound.auto_id}_error"] * bool(
        bound.errors
    )
    attributes: dict[str, str | bool] = {}
    if kind not in {"ticks", "radio"}:  # Django would give the class to the box around them as well
        attributes["class"] = classes.get(kind, "form-control") + (" is-invalid" if bound.errors else "")
    if notes:
        attributes["aria-describedby"] = " ".join(notes)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return bound.as_widget(attrs=attributes)


@register.inclusion_tag("ui/form.html")
def form_fields(form: Any) -> dict[str, Any]:
    """The list of errors at the top and every visible field of a form."""
    return {"form": form}


@register.simple_block_tag
def table(content: str, label: str) -> SafeString:
    """A scroll region around a wide table, reachable by keyboard and named for screen readers."""
    return format_html(
        '<div class="table-region" role="region" tabindex="0" aria-label="{}">{}</div>',
        label,
        SafeString(content),
    )


@register.inclusion_tag("ui/progress.html")
def progress(done: int | None, total: int | None, label: str) -> dict[str, Any]:
    """A bar with its figures in words; an unknown total shows as moving."""
    share = round(100 * min(done, total) / total) if done is not None and total else None
    return {"done": done, "total": total, "share": share, "label": label}


@register.inclusion_tag("ui/money.html")
def money(value: Any, unit: str = "auto", why: str = "") -> dict[str, Any]:
    """A kernel Money in 元, 万元 or 亿元; the exact amount in 元 on hover; 暂无 for None."""
    return {
        "text": value.text(unit) if value is not None else None,
        "exact": value.text("元") if value is not None else "",
        "why": why,
    }


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, Any]:
    """The way to this page: label, url, label, url, … The page itself is its heading and not repeated."""
    return {"steps": list(zip(steps[::2], steps[1::2], strict=True))}


@register.inclusion_tag("ui/link.html")
def link(thing: Any, url: str = "", icon_name: str = "", hint: str = "") -> dict[str, Any]:
    """A person, organisation or record by its name; a plain word where there is no page to go to."""
    address = url or (thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else "")
    return {
        "name": getattr(thing, "name", None) or str(thing or "—"),
        "url": address,
        "icon_name": icon_name,
        "hint": hint,
    }


@register.inclusion_tag("ui/copyable.html")
def copyable(text: str, label: str) -> dict[str, Any]:
    """A text that is shown once, such as a token, under its label, with a button that puts it on the clipboard."""
    return {"text": text, "label": label}


@register.simple_block_tag
def batch(content: str) -> SafeString:
    """The bar that appears with ticked rows; its buttons send the surrounding form."""
    return SafeString(render_to_string("ui/batch.html", {"content": SafeString(content)}))


@register.simple_tag
def tick(value: object, label: str) -> SafeString:
    """The box of one row of a list with a batch bar."""
    return format_html(
        '<input class="form-check-input" type="checkbox" name="chosen" value="{}" data-tick aria-label="{}">',
        value,
        label,
    )


@register.simple_tag
def tick_all() -> SafeString:
    """The box in the table head that ticks the whole page."""
    return format_html(
        '<input class="form-check-input" type="checkbox" data-tick-all aria-label="{}">',
        gettext("选中本页全部"),
    )
