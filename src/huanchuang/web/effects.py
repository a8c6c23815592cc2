"""What the pages of the slices get from here: the way from an organisation's record to its dossier."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.registry.effects import Action, on_record_head
from huanchuang.registry.models import Entry, Organisation


@on_record_head(order=10)
def to_the_dossier(_user: User, entry: Entry) -> Action | None:
    """The button 一企一档 on the page of an organisation."""
    if not isinstance(entry, Organisation):
        return None
    return Action(_("一企一档"), reverse("web:dossier", args=[entry.pk]), "id-badge-2")
