"""What every answer carries: safe headers, a number to refer to, and one line in the log without personal data."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import add_never_cache_headers, patch_cache_control

POLICY = (
    "default-src 'self'; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
STATIC, API, API_PAGE = "/static/", "/api/", "/api/v1/docs/"
GIVEN_ID = re.compile(r"[0-9A-Za-z-]{8,64}")

Answer = Callable[[HttpRequest], HttpResponse]
access = logging.getLogger("huanchuang.access")


def is_call(path: str) -> bool:
    """Whether an address is a call of the API; its documentation is a page."""
    return path.startswith(API) and path != API_PAGE


class ChosenLanguage(LocaleMiddleware):
    """Chinese until somebody chooses another language: the switch counts, not what the browser was installed with.

    A call of the API says its language itself (Accept-Language): there a program asks, not a browser.
    """

    def process_request(self, request: HttpRequest) -> None:
        """As Django's, without the browser's own wish."""
        if not is_call(request.path):
            request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)


class NoNulls:
    """Refuses addresses with a NUL character (400): no text has one, and PostgreSQL stores and compares none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class SecureHeaders:
    """Nothing from other hosts, no inline script, no framing, and no copy of a page on a shared computer.

    A view may bring its own Content-Security-Policy (the API's documentation does).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not request.path.startswith(STATIC) and "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        return response


class AccessLog:
    """Gives each request a number (`X-Request-ID`, also shown on error pages) and writes one line when it is answered.

    The line holds the path without its query, the id of the person, never a name, and of a token its prefix only.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["HUANCHUANG_REQUEST_ID"] = number = _number(request)
        started = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        if not request.path.startswith(STATIC):
            took = round((time.perf_counter() - started) * 1000)
            access.info("request", extra={"data": _line(request, response, took)})
        return response


def request_id(request: HttpRequest) -> str:
    """The number by which this request is found in the log."""
    return str(request.META.get("HUANCHUANG_REQUEST_ID", "—"))


def _number(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    return given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex[:12]


def _line(request: HttpRequest, response: HttpResponse, took: int) -> dict[str, object]:
    token = getattr(request, "token_prefix", "")
    return {
        **({"token": token} if token else {}),
        "request": request_id(request),
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": took,
        "user": _user_id(request),
    }


def _user_id(request: HttpRequest) -> str | None:
    """From the session, and only where the view opened it: the log asks the database nothing of its own."""
    if getattr(request, "token_prefix", ""):
        return str(request.user.pk)
    session = getattr(request, "session", None)
    if session is None or not session.accessed:
        return None
    try:
        found = session.get(SESSION_KEY)
    except DatabaseError:
        return None
    return str(found) if found else None
