"""How somebody wants to be told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huanchuang.notices.models import Preference


class PreferenceForm(forms.ModelForm[Preference]):
    """E-mail, quiet hours and the daily cap."""

    class Meta:
        model = Preference
        fields = ["mode", "quiet_from", "quiet_until", "workdays_only", "daily_cap"]
        widgets = {
            "quiet_from": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "quiet_until": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }
        help_texts = {
            "mode": _("产品内的消息不受影响。"),
            "quiet_from": _("这段时间内不发邮件，结束后补发；可以跨过零点。两个时间相同表示不设免打扰。"),
            "workdays_only": _("法定节假日和周末不发邮件，调休上班日照常。"),
            "daily_cap": _("超出的消息并入次日的汇总邮件。填 0 表示全部汇总。"),
        }
