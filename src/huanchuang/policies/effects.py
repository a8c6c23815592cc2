"""What an organisation can have, as a button on its page; words of policies in its history."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.policies.queries.access import sees_policies_of
from huanchuang.registry.effects import Action, name_verbs, on_record_head
from huanchuang.registry.models import Entry, Organisation


@on_record_head(order=30)
def what_it_can_have(user: User, entry: Entry) -> Action | None:
    """Leads to the policies of an organisation, for whoever sees its inside."""
    if not isinstance(entry, Organisation) or not sees_policies_of(user, entry):
        return None
    return Action(_("可享政策"), reverse("policies:outlook", args=[entry.pk]), "gavel")


name_verbs(
    {
        "policies.answer.give": _("答复政策条件"),
        "policies.decision.keep": _("政策测算存档"),
        "policies.push.send": _("推送政策"),
        "policies.push.tell": _("告知可享政策"),
        "policies.forecast.start": _("提交政策资金测算"),
        "policies.run.start": _("提交政策测算"),
    }
)
