"""Unified social credit codes of bodies that do not exist: right in form, in a region outside the real ones."""

from __future__ import annotations

from huanchuang.engines.kernel import Uscc
from huanchuang.engines.kernel.identifiers.uscc import check_character

REGION = "990101"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code(serial: int) -> str:
    """Eight digits and the check character of GB 11714-1997."""
    body = f"{serial:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + {10: "X", 11: "0"}.get(rest, str(rest))


def uscc(category: str, serial: int, region: str = REGION) -> str:
    """The code of the body with this serial number; `category` is 91 for enterprises, 11 for organs and so on."""
    first = f"{category}{region}{organisation_code(serial)}"
    return Uscc.parse(first + check_character(first)).text
