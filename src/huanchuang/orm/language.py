"""The language of who reads: the one place that asks Django for it."""

from __future__ import annotations

from django.utils.translation import get_language


def language() -> str:
    """`en` or `zh`, as the reader chose."""
    return "en" if (get_language() or "").startswith("en") else "zh"
