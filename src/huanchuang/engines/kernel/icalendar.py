"""A calendar in the iCalendar form (RFC 5545). Plain values in, text out.

Text is escaped (backslash, semicolon, comma, line break), lines are folded at 75 octets without tearing a character,
lines end with CR LF; control characters, which the form has no place for, are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

OCTETS = 75
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True)
class Event:
    """One whole day with something due. `uid` stays the same for ever, `version` grows with each change."""

    uid: str
    day: dt.date
    title: str
    text: str = ""
    url: str = ""
    version: int = 0
    changed: dt.datetime | None = None


def calendar(name: str, events: Iterable[Event], now: dt.datetime) -> str:
    """The calendar as text; `now` is aware."""
    return "".join(f"{piece}\r\n" for line in _lines(name, events, now) for piece in fold(line))


def _lines(name: str, events: Iterable[Event], now: dt.datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//huanchuang//calendar//ZH", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{escape(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT4H")
    for event in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{escape(event.uid)}"
        yield f"DTSTAMP:{_moment(now)}"
        if event.changed:
            yield f"LAST-MODIFIED:{_moment(event.changed)}"
        yield f"SEQUENCE:{event.version}"
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escape(event.title)}"
        if event.text:
            yield f"DESCRIPTION:{escape(event.text)}"
        if event.url:
            yield f"URL:{_address(event.url)}"
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def escape(text: str) -> str:
    """Text as a value of the form."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in plain if sign in "\n\t" or (ord(sign) >= 32 and ord(sign) != 127))
    return "".join(ESCAPES.get(sign, sign) for sign in kept)


def fold(line: str) -> Iterator[str]:
    """A long line as several: each but the first begins with a space, none is longer than 75 octets."""
    piece, room = "", OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield piece
            piece, room = " ", OCTETS - 1
        piece += sign
        room -= size
    yield piece


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _address(url: str) -> str:
    return "".join(sign for sign in url if ord(sign) > 32)
