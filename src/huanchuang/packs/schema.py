"""Schemas: small readers that turn the texts of a tree into values, or say what is wrong with them.

A reader is a function from a node to a value that raises :class:`ProblemError`. Readers are put together:
``record`` and ``list_of`` go on after a mistake and report all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Generic, TypeVar

from huanchuang.packs.messages import hints
from huanchuang.packs.problems import Gather, Place, refusal, suggestion
from huanchuang.packs.tree import Entry, Mapping, Node, Scalar, Sequence

T = TypeVar("T")
Reader = Callable[[Node], T]

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*")
YES_NO = {"yes": True, "是": True, "no": False, "否": False}


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in Chinese and in English; the English may be missing."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.zh

    def text(self, language: str = "zh") -> str:
        """Returns the wording in ``language``; the Chinese where the English is missing."""
        return self.en if language.startswith("en") and self.en else self.zh


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value together with the place it was read from, for checks across entries."""

    value: T
    place: Place


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """How one key of a record is read; an optional key that is missing or blank gives ``default``."""

    reader: Reader[T]
    is_required: bool
    default: T | None = None


def required(reader: Reader[T]) -> Field[T]:
    return Field(reader, is_required=True)


def optional(reader: Reader[T], default: T | None = None) -> Field[T]:
    return Field(reader, is_required=False, default=default)


def scalar(node: Node) -> Scalar:
    """Returns the node if it is a text that is not blank."""
    if not isinstance(node, Scalar):
        raise refusal("not-a-text", node.place)
    if node.is_blank:
        raise refusal("blank", node.place)
    return node


def mapping(node: Node) -> Mapping:
    """Returns the node if it holds ``key: value`` entries."""
    if not isinstance(node, Mapping):
        raise refusal("not-a-mapping", node.place)
    return node


def text(longest: int = 2000) -> Reader[str]:
    """Reads a text; blanks around it are dropped."""

    def read(node: Node) -> str:
        written = scalar(node)
        value = written.text.strip()
        if not value:
            raise refusal("blank", written.place)
        if len(value) > longest:
            raise refusal("text-too-long", written.place, size=len(value), limit=longest)
        return value

    return read


def verbatim(longest: int) -> Reader[str]:
    """Reads a text with the blanks around it (quoted in the file), such as a separator."""

    def read(node: Node) -> str:
        value = scalar(node).text
        if len(value) > longest:
            raise refusal("text-too-long", node.place, size=len(value), limit=longest)
        return value

    return read


def formed(pattern: str, form: str, form_en: str) -> Reader[str]:
    """Reads a text of a fixed form; ``form`` describes it with an example."""
    compiled = re.compile(pattern)

    def read(node: Node) -> str:
        value = text(200)(node)
        if not compiled.fullmatch(value):
            raise refusal("bad-form", node.place, value=value, form=form, form_en=form_en)
        return value

    return read


def whole(least: int, most: int) -> Reader[int]:
    """Reads an integer between the bounds, both included."""

    def read(node: Node) -> int:
        value = text(40)(node)
        if not re.fullmatch(r"-?[0-9]{1,18}", value):
            raise refusal("not-a-whole-number", node.place, value=value)
        if not least <= int(value) <= most:
            raise refusal("out-of-range", node.place, value=value, least=least, most=most)
        return int(value)

    return read


def exact(node: Node) -> Decimal:
    """Reads a decimal number without loss; exponents, commas and units are refused."""
    value = text(60)(node)
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        raise refusal("not-a-decimal", node.place, value=value)
    return Decimal(value)


def day(node: Node) -> date:
    """Reads a date written ``2026-06-30``."""
    value = text(40)(node)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # the calendar has no such day, for example 30 February
    raise refusal("not-a-date", node.place, value=value)


def yes_no(node: Node) -> bool:
    """Reads 是 or 否 (yes or no); ``on``, ``true`` and ``1`` are refused as ambiguous."""
    value = text(40)(node)
    if value not in YES_NO:
        raise refusal("not-yes-no", node.place, value=value)
    return YES_NO[value]


def one_of(options: Iterable[str]) -> Reader[str]:
    """Reads one of the given words."""
    known = tuple(options)

    def read(node: Node) -> str:
        value = text(200)(node)
        if value not in known:
            guess = hints(suggestion(value, known))
            raise refusal("not-an-option", node.place, value=value, known="、".join(known), **guess)
        return value

    return read


def list_of(reader: Reader[T], least: int = 0) -> Reader[tuple[T, ...]]:
    """Reads a list of at least ``least`` items and reports the mistakes of all of them."""

    def read(node: Node) -> tuple[T, ...]:
        if not isinstance(node, Sequence):
            raise refusal("not-a-list", node.place)
        gather = Gather()
        values = [gather.take(partial(reader, item)) for item in node.items]
        if len(node.items) < least:
            gather.add("too-few", node.place, size=len(node.items), least=least)
        gather.settle()
        return tuple(value for value in values if value is not None)

    return read


def located(reader: Reader[T]) -> Reader[Located[T]]:
    """Keeps the place beside the value."""
    return lambda node: Located(reader(node), node.place)


def record(
    build: Callable[..., T], fields: MappingType[str, Field[object]], elsewhere: Iterable[str] = ()
) -> Reader[T]:
    """Reads a mapping key by key and calls ``build`` with the values by name.

    ``elsewhere`` are keys known in the same file but read by somebody else: they help to guess what was meant.
    """

    def read(node: Node) -> T:
        entries = mapping(node)
        gather = Gather()
        _refuse_unknown(entries, fields, elsewhere, gather)
        values = {key: _value(entries, key, field, gather) for key, field in fields.items()}
        gather.settle()
        return build(**values)

    return read


def _refuse_unknown(
    entries: Mapping, fields: MappingType[str, Field[object]], elsewhere: Iterable[str], gather: Gather
) -> None:
    for entry in entries.entries:
        if entry.key not in fields:
            guess = hints(suggestion(entry.key, (*fields, *elsewhere)))
            gather.add("unknown-key", entry.place, key=entry.key, known="、".join(fields), **guess)


def _value(entries: Mapping, key: str, field: Field[object], gather: Gather) -> object:
    entry: Entry | None = entries.get(key)
    if entry is None:
        if field.is_required:
            gather.add("missing-key", entries.place, key=key)
        return field.default
    if isinstance(entry.value, Scalar) and entry.value.is_blank and not field.is_required:
        return field.default
    return gather.take(partial(field.reader, entry.value))


def free(node: Node) -> object:
    """Reads anything as frozen texts, tuples and read-only mappings (for kinds that check their content themselves)."""
    if isinstance(node, Scalar):
        return None if node.is_blank else node.text
    if isinstance(node, Sequence):
        return tuple(free(item) for item in node.items)
    return MappingProxyType({entry.key: free(entry.value) for entry in node.entries})


WORDS: Reader[Words] = record(Words, {"zh": required(text(300)), "en": required(text(600))})
"""A wording that is needed in both languages."""
