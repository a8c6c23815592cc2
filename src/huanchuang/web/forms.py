"""Forms of web's own pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huanchuang.web.templatetags.trail import deed_named, object_named

_WORD = {"class": "form-control"}
_DEED = {"class": "form-control", "list": "deed-words"}
_DAY = {"class": "form-control", "type": "date"}


class TrailForm(forms.Form):
    """The filter of the trail."""

    person = forms.CharField(label=_("操作人"), required=False, max_length=60, widget=forms.TextInput(_WORD))
    deed = forms.CharField(label=_("操作"), required=False, max_length=120, widget=forms.TextInput(_DEED))
    subject = forms.CharField(label=_("对象"), required=False, max_length=200, widget=forms.TextInput(_WORD))
    since = forms.DateField(label=_("自"), required=False, widget=forms.DateInput(_DAY))
    until = forms.DateField(label=_("至"), required=False, widget=forms.DateInput(_DAY))

    def wishes(self) -> dict[str, Any]:
        """The filter as `audit.queries.trail` takes it; both days are included."""
        given = self.cleaned_data
        return {
            "person": given["person"].strip(),
            "deed": deed_named(given["deed"].strip()),
            "subject": object_named(given["subject"].strip()),
            "since": _midnight(given["since"]),
            "before": _midnight(given["until"], days=1),
        }


def _midnight(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    margin = dt.timedelta(days=2)  # a day from either end of the calendar has no moment in every time zone
    if day is None or not dt.date.min + margin <= day <= dt.date.max - margin:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=days), dt.time.min))
