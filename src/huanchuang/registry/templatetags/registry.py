"""Small parts of the register's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from huanchuang.accounts.queries import allows
from huanchuang.orm import clock
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Entry, Patent, Qualification
from huanchuang.registry.queries.fees import urgency
from huanchuang.registry.queries.imports.page import note_text
from huanchuang.registry.queries.kinds import KINDS, Field, kind_of
from huanchuang.registry.queries.kinds.values import code_name, show_value
from huanchuang.registry.queries.lives import LIVES
from huanchuang.registry.queries.qualifications import validity_on
from huanchuang.registry.queries.standing import is_expired, is_stale, marks

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
    "claim": gettext_lazy("确认认领"),
    "release": gettext_lazy("解除认领"),
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
def is_old(entry: Entry) -> bool:
    """Whether an entry only wants to be confirmed; one that has expired wants a new term."""
    return is_stale(entry) and not is_expired(entry)


@register.simple_tag
def qualification_name(one: Qualification) -> str:
    """What an organisation is recognised as."""
    return code_name(vocabulary.code_tree("qualifications"), one.kind)


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


DESKS = (
    ("registry:qualifications", gettext_lazy("资质"), "award", "registry.qualification.view"),
    ("registry:fees", gettext_lazy("年费"), "receipt", "registry.fee.view"),
    ("registry:claims", gettext_lazy("认领"), "user-check", "registry.claim.decide"),
    ("registry:stale", gettext_lazy("待核实"), "hourglass", "registry.entry.confirm"),
)
"""Pages beside the lists of the kinds: address, label, icon, deed."""


@register.inclusion_tag("registry/_tabs.html", takes_context=True)
def register_tabs(context: RequestContext) -> dict[str, Any]:
    """The lists of the register that a reader may open, and the desks beside them."""
    user, path = context["request"].user, context["request"].path
    shown = [
        (f"registry:{kind.plural}", kind.label, kind.icon, f"registry.{kind.name}.view", False)
        for kind in KINDS.values()
    ]
    shown += [(*desk, True) for desk in DESKS]
    tabs = [
        {"url": (url := reverse(name)), "label": label, "icon": icon, "here": url == path, "apart": apart}
        for name, label, icon, deed, apart in shown
        if allows(user, deed)
    ]
    return {"tabs": tabs}


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


@register.inclusion_tag("ui/status.html")
def validity(qualification: Qualification, day: dt.date | None = None) -> dict[str, Any]:
    """Whether a qualification holds on a day (today when not said), in a word."""
    found = validity_on(qualification, day or clock.today())
    return {"word": found.word, "tone": found.tone}


@register.inclusion_tag("ui/status.html")
def fee_status(patent: Patent) -> dict[str, Any]:
    """How urgent the fee of a right is today; nothing to say where none is due."""
    if patent.fee_due_on is None:
        return {"word": "—", "tone": "plain"}
    found = urgency(patent.fee_due_on, clock.today())
    return {"word": found.word, "tone": found.tone}
