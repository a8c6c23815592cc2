"""How personal data look when they are not unmasked: pure functions, the same on pages, in the audit and in logs.

Sources: PIPL (个人信息保护法) asks for the least that the purpose needs; the patterns are the customary ones:
phone 138****1234, name 张*, identity card 6 + 8 stars + 4, bank account last four, e-mail first letter and host.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
_IDENTITY_CARD = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def mask_phone(text: str) -> str:
    """`13812341234` → `138****1234`; shorter numbers keep their last two characters only."""
    if len(text) < 8:
        return "*" * max(len(text) - 2, 0) + text[-2:] if len(text) > 2 else "*" * len(text)
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"


def mask_name(text: str) -> str:
    """`张三丰` → `张**`."""
    return text[:1] + "*" * (len(text) - 1) if len(text) > 1 else "*" * len(text)


def mask_identity_card(text: str) -> str:
    """`11010519491231002X` → `110105********002X`; anything of another length is hidden whole."""
    return f"{text[:6]}{'*' * 8}{text[-4:]}" if len(text) == 18 else "*" * len(text)


def mask_bank_account(text: str) -> str:
    """All but the last four characters hidden."""
    return "*" * max(len(text) - 4, 0) + text[-4:] if len(text) > 4 else "*" * len(text)


def mask_email(text: str) -> str:
    """`zhou@example.org` → `z***@example.org`."""
    name, at, host = text.partition("@")
    return f"{name[:1]}***@{host}" if at and name else "*" * len(text)


def mask_wholly(text: str) -> str:
    """Nothing of it shown, not even its length."""
    return "***" if text else ""


PERSONAL: Mapping[str, Callable[[str], str]] = {
    "phone": mask_phone,
    "mobile": mask_phone,
    "telephone": mask_phone,
    "email": mask_email,
    "person_name": mask_name,
    "contact": mask_name,
    "contact_name": mask_name,
    "contact_phone": mask_phone,
    "contact_email": mask_email,
    "identity_card": mask_identity_card,
    "id_card": mask_identity_card,
    "bank_account": mask_bank_account,
    "home_address": mask_wholly,
    "password": mask_wholly,
    "secret": mask_wholly,
    "token": mask_wholly,
}
"""Field names that hold personal data or secrets, each with the way it is masked."""


def masked(value: Any, field: str = "") -> Any:
    """A copy of JSON-able `value` in which personal fields are masked and running text is scrubbed."""
    if isinstance(value, Mapping):
        return {str(key): masked(item, str(key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked(item, field) for item in value]
    if field in PERSONAL and value is not None:
        return PERSONAL[field](str(value))
    return scrubbed(value) if isinstance(value, str) else value


def scrubbed(text: str) -> str:
    """Running text with mobile numbers, identity cards and e-mail addresses masked."""
    text = _EMAIL.sub(lambda found: mask_email(found[0]), text)
    text = _MOBILE.sub(lambda found: mask_phone(found[0]), text)
    return _IDENTITY_CARD.sub(
        lambda found: mask_identity_card(found[0]) if _is_identity_card(found[0]) else found[0], text
    )


def _is_identity_card(text: str) -> bool:
    """GB 11643-1999: the last character checks the others, so that other long codes are left alone."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return _CHECKS[total % 11] == text[17].upper()
