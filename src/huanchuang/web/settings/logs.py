"""Structured logs: one JSON object a line, without personal data."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback
from typing import Any

LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{7,}[Xx]?(?![0-9A-Za-z])")
"""Telephone and identity numbers that found their way into a message; digests are no such numbers."""


class OneLine(logging.Formatter):
    """A record as one line of JSON. Long numbers are masked; of an exception only the first line of its message is kept
    (databases put the values of a row on the following ones), with the places it passed through."""

    def format(self, record: logging.LogRecord) -> str:
        """Time with zone, level, logger, message, the `data` of the caller and the failure."""
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _masked(record.getMessage()),
            **getattr(record, "data", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["failure"] = _failure(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _failure(error: BaseException) -> dict[str, Any]:
    first = (str(error).splitlines() or [""])[0]
    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return {"type": type(error).__name__, "message": _masked(first), "places": places}


def _masked(text: str) -> str:
    return LONG_NUMBER.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 3), text)


def logging_for(level: str) -> dict[str, Any]:
    """Logging for the server, the worker and the command line. Django's word on 4xx answers is in the access log."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": OneLine}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"level": level, "handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},
            # Names and addresses of people who sign in stand in their own list, not in the log.
            "axes": {"level": "ERROR"},
        },
    }
