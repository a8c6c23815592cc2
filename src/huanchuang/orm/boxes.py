"""Boxes of forms that every slice shows alike."""

from __future__ import annotations

from django import forms


def day_box() -> forms.DateInput:
    """A box for a day, in the one form that browsers take whatever the language is."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
