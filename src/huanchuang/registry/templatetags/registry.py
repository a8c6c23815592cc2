"""Small parts of the register's pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.orm import clock
from huanchuang.registry.models import Entry, Qualification
from huanchuang.registry.queries.imports.page import note_text
from huanchuang.registry.queries.kinds import Field, kind_of
from huanchuang.registry.queries.kinds.values import show_value
from huanchuang.registry.queries.lives import LIVES
from huanchuang.registry.queries.standing import marks

register = template.Library()

DEEDS = {
    "register": gettext_lazy("登记"),
    "change": gettext_lazy("修改"),
    "confirm": gettext_lazy("核实无误"),
    "retire": gettext_lazy("停用"),
    "import": gettext_lazy("批量导入"),
    "merge": gettext_lazy("合并"),
    "unmerge": gettext_lazy("撤销合并"),
    "undo": gettext_lazy("撤销导入"),
    "raise-trl": gettext_lazy("提高成熟度"),
    "lower-trl": gettext_lazy("降低成熟度"),
    "withdraw-proof": gettext_lazy("撤回证明材料"),
}


@register.filter
def title_of(entry: Entry) -> str:
    """What an entry is called."""
    return kind_of(entry).title(entry)


@register.simple_tag
def spoken_note(note: Mapping[str, str]) -> str:
    """A note of an import in the reader's language."""
    return note_text(note)


@register.filter
def beside(cells: Sequence[str], flags: Sequence[bool]) -> list[tuple[str, bool]]:
    """Cells with a flag each."""
    return list(zip(cells, flags, strict=True))


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key; the key itself where there is none."""
    return mapping.get(key, key)


@register.inclusion_tag("registry/_marks.html")
def standing(entry: Entry) -> dict[str, Any]:
    """What to know before relying on an entry: nobody confirmed it for long, its term is over."""
    return {"marks": marks(entry)}


@register.simple_tag
def entry_url(entry: Entry, page: str) -> str:
    """The address of a page of an entry: change, retire, confirm, history, unmask."""
    return reverse(f"registry:{entry.kind_name()}-{page}", kwargs={"pk": entry.pk})


@register.simple_tag
def file_url(entry: Entry, file: int) -> str:
    """The address that takes a file off an entry."""
    return reverse(f"registry:{entry.kind_name()}-detach", kwargs={"pk": entry.pk, "file": file})


@register.simple_tag
def deed_word(deed: str, kind: str = "") -> str:
    """The word for the deed of a revision or a step; the kind tells deeds of one name apart."""
    for one in LIVES[kind].deeds if kind in LIVES else ():
        if one.name == deed:
            return str(one.word)
    return str(DEEDS.get(deed, deed))


@register.simple_tag
def state_name(entry: Entry, state: str) -> str:
    """The name of a state of an entry's life."""
    return show_value(kind_of(entry).by_name["state"], state)


@register.simple_tag
def only_for(field: Field) -> SafeString:
    """Marks a field of one sort of entries, so that the page can hide it while another sort is chosen."""
    if field.only is None:
        return SafeString("")
    name, codes = next(iter(field.only.items()))
    return format_html(' data-only-field="{}" data-only-values="{}"', name, " ".join(codes))


@register.simple_tag
def validity(qualification: Qualification) -> SafeString:
    """Whether a qualification holds today, in a word."""
    today = clock.today()
    if qualification.revoked_on is not None and qualification.revoked_on <= today:
        word, tone = _("已取消"), "red"
    elif qualification.valid_until is not None and qualification.valid_until < today:
        word, tone = _("已到期"), "grey"
    elif qualification.valid_from > today:
        word, tone = _("未生效"), "grey"
    elif qualification.valid_until is not None and (qualification.valid_until - today).days <= 180:
        days = (qualification.valid_until - today).days
        word, tone = _("%(days)s天后到期") % {"days": days}, "amber"
    else:
        word, tone = _("有效"), "green"
    return SafeString(render_to_string("ui/status.html", {"word": word, "tone": tone}))
