"""Pages of the registry: the list with its export, the record, and the forms that change it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from huanchuang.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that passed the gate."""
    return cast(User, request.user)
