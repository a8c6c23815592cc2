"""调度督查: the dispatch page, campaigns and problems, meetings, bodies and the desks of units."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from huanchuang.accounts.queries import allows, signed_in


def keeps(request: HttpRequest) -> bool:
    """Whether the person keeps these records. Raises PermissionDenied for who writes without keeping them."""
    may = allows(signed_in(request), "steering.oversight.keep")
    if request.method == "POST" and not may:
        raise PermissionDenied
    return may
