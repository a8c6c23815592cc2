"""What is typed about relations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.accounts.models import User
from huanchuang.orm import clock
from huanchuang.orm.boxes import day_box
from huanchuang.registry.forms.fields import named_entry, suggested
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.relating import choices_for


class RelationForm(forms.Form):
    """How an entry stands to another one, found by its name."""

    how = forms.ChoiceField(label=gettext_lazy("关系"))
    other = forms.CharField(
        label=gettext_lazy("对方"),
        max_length=200,
        help_text=gettext_lazy("填写登记的名称；同名的写明所属单位，例如“张伟（云澜理工大学）”"),
    )
    since = forms.DateField(label=gettext_lazy("起"), required=False, widget=day_box())
    order = forms.IntegerField(
        label=gettext_lazy("次序"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=gettext_lazy("例如第几完成人"),
    )
    source = forms.CharField(label=gettext_lazy("来源"), required=False, max_length=120)
    note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=200)

    def __init__(self, user: User, entry: Entry, *args: Any) -> None:
        super().__init__(*args)
        self.user, self.entry = user, entry
        self.choices = {one.code: one for one in choices_for(entry)}
        choices = [("", _("请选择")), *((code, one.label) for code, one in self.choices.items())]
        self.fields["how"].choices = choices  # type: ignore[attr-defined]  # the stubs know plain fields only
        self.fields["other"].widget.attrs |= {**suggested(""), "data-suggest-by": "id_how"}

    def clean(self) -> dict[str, Any]:
        """Find the other end among what this person may know of."""
        given = super().clean() or {}
        choice, text = self.choices.get(given.get("how", "")), given.get("other")
        if choice is not None and text:
            try:
                given["found"] = named_entry(self.user, choice.kind, text)
            except ValidationError as error:
                self.add_error("other", error)
        return given


class EndRelationForm(forms.Form):
    """The last day of a relation."""

    until = forms.DateField(label=gettext_lazy("最后一天"), widget=day_box(), initial=clock.today)
