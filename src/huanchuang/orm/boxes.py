"""Boxes of forms that every slice shows alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise


def day_box() -> forms.DateInput:
    """A box for a day, in the one form that browsers take whatever the language is."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str | Promise]]) -> None:
    """Fill a box of choices, which is declared before anybody knows what there is to choose from."""
    box = form.fields[name]
    if not isinstance(box, forms.ChoiceField):
        raise TypeError(f"{name} is no box of choices")
    box.choices = list(choices)


def offer_records(form: forms.Form, name: str, records: QuerySet[Any]) -> None:
    """The same for a box of records."""
    box = form.fields[name]
    if not isinstance(box, forms.ModelChoiceField):
        raise TypeError(f"{name} is no box of records")
    box.queryset = records
