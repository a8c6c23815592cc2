"""What is typed about qualifications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huanchuang.orm import clock
from huanchuang.orm.boxes import day_box
from huanchuang.orm.language import language
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Qualification

FIELDS = ("kind", "level", "number", "issued_by", "valid_from", "valid_until", "source")


class QualificationForm(forms.Form):
    """One qualification of one organisation."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("资质"))
    level = forms.CharField(label=_("级别"), max_length=40, required=False, help_text=_("例如“国家级”“市级”"))
    number = forms.CharField(label=_("证书编号"), max_length=60, required=False)
    issued_by = forms.CharField(label=_("认定机关"), max_length=120, required=False)
    valid_from = forms.DateField(label=_("有效期起"), widget=day_box())
    valid_until = forms.DateField(
        label=_("有效期止"), widget=day_box(), required=False, help_text=_("最后一天；没有期限的留空")
    )
    source = forms.CharField(
        label=_("来源"), max_length=120, required=False, help_text=_("例如证书或认定公告的文号")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree, spoken = vocabulary.code_tree("qualifications"), language()
        choices = [("", _("请选择")), *((code, tree.name(code, spoken)) for code in tree.roots())]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # the stubs know plain fields only

    def values(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def initial_of(one: Qualification) -> dict[str, Any]:
    """What the form of a stored qualification begins with."""
    return {"version": one.version, **{name: getattr(one, name) for name in FIELDS}}


class RevokeForm(forms.Form):
    """From which day it no longer holds, and why."""

    on = forms.DateField(label=_("取消日期"), widget=day_box(), initial=clock.today)
    reason = forms.CharField(label=_("取消原因"), max_length=200, help_text=_("写明依据和文号"))


class ReinstateForm(forms.Form):
    """Why the revocation is taken back."""

    reason = forms.CharField(label=_("恢复原因"), max_length=200, help_text=_("写明依据和文号"))
