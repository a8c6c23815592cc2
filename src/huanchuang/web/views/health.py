"""For monitoring and for robots."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from huanchuang.accounts.views.gate import public
from huanchuang.web import health


@public("asked by monitoring; says nothing about the data")
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations, worker and disk are well, else 503; each with a word."""
    checks = health.examine()
    well = all(check.well for check in checks)
    found = {check.name: {"well": check.well, "note": check.note} for check in checks}
    return JsonResponse({"well": well, "checks": found}, status=200 if well else 503)


@public("tells robots to stay away")
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
