"""Around every call: whatever goes wrong under /api/ is told as a problem, and lists carry their `Link` header."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from huanchuang.web.api.problems import MEDIA_TYPE, answer
from huanchuang.web.middleware import Answer, is_call

KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class Frame:
    """No page and no bare line ever answers a program: what the framework, a middleware or an unknown address says by a
    status from 400 on becomes a problem. The documentation is a page for people and stays one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_call(request.path):
            return response
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:
            kept = {name: response.headers[name] for name in KEPT if name in response.headers}
            return answer(request, response.status_code, headers=kept)
        turn = getattr(request, "turn", None)
        if turn is not None and response.status_code == 200:
            response.headers["Link"] = turn.links(request.path, request.GET)
        return response
