"""What a row changes, in words of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huanchuang.orm.masking import PERSONAL, mask_wholly
from huanchuang.registry.models import ImportRow
from huanchuang.registry.queries.history import names_of_subjects, shown_plain
from huanchuang.registry.queries.kinds import Field, Kind


@dataclass(frozen=True)
class Shown:
    """A value that a row changes, in words: field, what stands there, what comes."""

    label: str
    before: str
    after: str


def shown_rows(kind: Kind, rows: Sequence[ImportRow]) -> list[list[Shown]]:
    """For each row its values with those they replace; personal data masked."""
    subjects = {
        str(values[one.name])
        for row in rows
        for values in (row.values, row.before)
        for one in kind.links
        if values.get(one.name)
    }
    names = names_of_subjects(subjects)
    return [
        [
            Shown(
                str(one.label),
                _words(one, row.before.get(one.name), names),
                _words(one, row.values[one.name], names),
            )
            for one in kind.fields
            if one.name in row.values
        ]
        for row in rows
    ]


def _words(one: Field, plain: Any, names: dict[str, str]) -> str:
    text = shown_plain(one, plain, names)
    return PERSONAL.get(one.name, mask_wholly)(text) if one.personal and text else text
