"""Forms of 调度督查."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huanchuang.orm import clock
from huanchuang.orm.boxes import day_box, offer_records
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Body, Meeting
from huanchuang.steering.queries.dispatch import answering_units


class TokenForm(forms.Form):
    """A form whose button counts once."""

    token = forms.CharField(max_length=32, widget=forms.HiddenInput)

    @classmethod
    def blank(cls, **initial: Any) -> forms.Form:
        """An empty form with a fresh token."""
        return cls(initial={"token": secrets.token_hex(16), **initial})

    def values(self) -> dict[str, Any]:
        """What was typed, without the token."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


def unit_field(label: Any, *, required: bool = True) -> forms.ModelChoiceField[Organisation]:
    """One of the units that answer for lines of the ledger."""
    return forms.ModelChoiceField(
        Organisation.objects.none(), label=label, required=required, empty_label=_("请选择")
    )


class UnitForm(TokenForm):
    """A form with a unit to choose."""

    unit_names: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.unit_names:
            offer_records(self, name, answering_units())


class CampaignForm(UnitForm):
    """A campaign to be planned."""

    title = forms.CharField(label=_("名称"), max_length=200)
    scope = forms.CharField(label=_("督查内容"), widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = forms.DateField(label=_("开始"), widget=day_box())
    ends_on = forms.DateField(label=_("结束"), widget=day_box())
    lead = unit_field(_("牵头单位"), required=False)
    basis = forms.CharField(label=_("依据"), max_length=300, required=False)
    unit_names = ("lead",)


class ShortcomingForm(UnitForm):
    """A problem with measure, unit and date."""

    title = forms.CharField(label=_("问题"), max_length=200)
    detail = forms.CharField(label=_("具体表现"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    measure = forms.CharField(label=_("整改措施"), widget=forms.Textarea(attrs={"rows": 2}))
    organisation = unit_field(_("责任单位"))
    due_on = forms.DateField(label=_("整改时限"), widget=day_box())
    unit_names = ("organisation",)


class AnswerForm(forms.Form):
    """How a problem was put right."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(label=_("整改情况"), widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.FileField(label=_("佐证材料"), required=False)


class MeetingForm(TokenForm):
    """A meeting or visit."""

    kind = forms.ChoiceField(label=_("类别"), choices=Meeting.Kind.choices)
    title = forms.CharField(label=_("名称"), max_length=200)
    held_on = forms.DateField(label=_("日期"), widget=day_box(), initial=clock.today)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    chair = forms.CharField(label=_("主持人"), max_length=60, required=False)
    attendees = forms.CharField(label=_("参加单位和人员"), max_length=500, required=False)
    notes = forms.CharField(label=_("主要情况"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """What was decided."""

    text = forms.CharField(label=_("议定事项"), max_length=300)
    lead = forms.CharField(label=_("牵头单位"), max_length=200, help_text=_("多个单位用顿号分开。"))
    co = forms.CharField(label=_("配合单位"), max_length=300, required=False)
    due_on = forms.DateField(label=_("完成时限"), required=False, widget=day_box())


class BodyForm(forms.Form):
    """A body across departments."""

    name = forms.CharField(label=_("名称"), max_length=200)
    kind = forms.ChoiceField(label=_("类别"), choices=Body.Kind.choices)
    founded_on = forms.DateField(label=_("成立日期"), widget=day_box())
    basis = forms.CharField(label=_("成立依据"), max_length=300, required=False)
    duty = forms.CharField(label=_("职责"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SeatForm(UnitForm):
    """A post and who holds it."""

    post = forms.CharField(label=_("职务"), max_length=40, help_text=_("如组长、副组长、办公室主任、成员。"))
    name = forms.CharField(label=_("姓名"), max_length=60)
    organisation = unit_field(_("单位"), required=False)
    since = forms.DateField(label=_("任职日期"), widget=day_box())
    unit_names = ("organisation",)
