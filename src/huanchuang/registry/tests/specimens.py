"""One entry of any kind with every field filled in, made from the description of the kind: a new field cannot be forgotten.

Each value can be told from every other one: texts carry the mark and the name of their field, figures and days are
drawn from the place of the field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import PatentNumber, ProblemError, Uscc
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import KINDS, Field, Kind, Shape
from huanchuang.registry.queries.kinds.values import tree_of
from huanchuang.registry.services import register

PUBLIC_PERSON = ["researcher"]
PHONE, EMAIL = 13987650000, "{}@mark.example"
FIRST_DAY = dt.date(2001, 3, 1)


def values_of(
    kind: Kind, owner: Entry | None, mark: str = "印记", links: Mapping[str, Entry] | None = None
) -> dict[str, Any]:
    """A value for every field that a form may set; links lead to `owner`, to one of `links` by the field's name, or to an
    entry made for it."""
    filled = {
        field.name: (links or {}).get(field.name) or _value(kind, field, place, owner, mark)
        for place, field in enumerate(kind.fields)
    }
    for low, high in kind.ordered:  # what shall not be greater comes first
        filled[low], filled[high] = sorted([filled[low], filled[high]], key=_weight)
    return {name: value for name, value in filled.items() if kind.by_name[name].typed}


def _weight(value: Any) -> Any:
    return value if isinstance(value, dt.date) else float(value)


def _value(kind: Kind, field: Field, place: int, owner: Entry | None, mark: str) -> Any:
    named = {
        "roles": PUBLIC_PERSON,
        "phone": str(PHONE + place),
        "contact_phone": str(PHONE + place),
        "email": EMAIL.format("".join(f"{ord(sign):x}" for sign in mark)),
        "is_confidential": False,
    }
    if field.name in named:
        return named[field.name]
    if field.shape is Shape.ENTRY:
        return owner if field.target == "organisation" else _linked(field, owner, mark)
    if field.vocabulary:
        code = list(tree_of(field).roots())[-1]
        return [code] if field.shape is Shape.CODES else code
    if field.shape is Shape.WHOLE:
        return str(min(7000, field.most - len(kind.fields)) + place)
    text = f"{mark}{kind.name}{field.name}"[: field.length]
    return _PLAIN.get(field.shape, lambda _place, _mark, text: text)(place, mark, text)


_PLAIN: Mapping[Shape, Callable[[int, str, str], Any]] = {
    Shape.DATE: lambda place, _mark, _text: FIRST_DAY + dt.timedelta(days=place),
    Shape.MONEY: lambda place, _mark, _text: str(700 + place),
    Shape.NUMBER: lambda place, _mark, _text: str(700 + place),
    Shape.YES_NO: lambda _place, _mark, _text: True,
    Shape.USCC: lambda _place, mark, _text: _checked(
        Uscc, f"9111000010{_number(mark)}", "0123456789ABCDEFGHJKLMNPQRTUWXY"
    ),
    Shape.IP_NUMBER: lambda _place, mark, _text: _checked(
        PatentNumber, f"20231{_number(mark)}.", "0123456789X"
    ),
    Shape.PARAMETERS: lambda place, _mark, text: f"{text}强度 ≥ {500 + place} MPa",
}


def _number(mark: str) -> str:
    return f"{int(sha256(mark.encode()).hexdigest(), 16) % 10**7:07}"


def _checked(form: type[Uscc] | type[PatentNumber], body: str, signs: str) -> str:
    """The number with the one check character that fits."""
    for sign in signs:
        with suppress(ProblemError):
            form.parse(body + sign)
            return body + sign
    raise AssertionError(body)


def _linked(field: Field, owner: Entry | None, mark: str) -> Entry:
    kind = KINDS[field.target]
    found = kind.model._default_manager.filter(**{kind.title_field: f"{mark}{field.name}"}).first()
    return found or register(SYSTEM, kind, {kind.title_field: f"{mark}{field.name}", kind.owner_field: owner})


def specimen(kind: Kind, owner: Entry | None, mark: str = "印记", **changed: Any) -> Entry:
    """Register one entry with every field filled in."""
    return register(SYSTEM, kind, {**values_of(kind, owner, mark), **changed})
