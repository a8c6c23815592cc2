"""Changing the language of the pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from huanchuang.accounts.views.gate import public


@public("language is chosen before signing in")
@require_POST
def change_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language in a cookie and go back to the page the form stood on."""
    return set_language(request)
