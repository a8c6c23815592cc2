"""How a text is written as a YAML value so that it is read back as the same text."""

from __future__ import annotations

import re

_PLAIN = re.compile(
    r"[0-9A-Za-z_\u3400-\u9fff\uff08\uff09\u3014\u3015\u300a\u300b\u3001\u3002\uff0c\uff1b\u201c\u201d]"
    r"[0-9A-Za-z_\u3400-\u9fff\uff08\uff09\u3014\u3015\u300a\u300b\u3001\u3002\uff0c\uff1b\u201c\u201d.%/+ -]*"
)
"""Texts of letters, digits, Chinese words and harmless marks need no quotes."""
_BREAKS = re.compile("[\r\x85\u2028\u2029]")


def cleaned(value: str) -> str:
    """A text with plain line ends and nothing around it."""
    return _BREAKS.sub("\n", value.replace("\r\n", "\n")).strip()


def inline(value: str) -> str:
    """A text on one line: plain where nothing in it means something to YAML, else in quotes."""
    if not value:
        return '""'
    if _PLAIN.fullmatch(value) and not value.endswith(" "):
        return value
    if value.isprintable() and "\n" not in value and "\t" not in value:
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(_escaped(letter) for letter in value) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def block(value: str, indent: int) -> str:
    """A text of lines after a bar, each moved in by `indent`."""
    margin = " " * indent
    lines = (margin + line if line.strip() else "" for line in value.split("\n"))
    return "|\n" + "\n".join(lines)
