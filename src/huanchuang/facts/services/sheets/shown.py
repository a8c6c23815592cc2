"""What a row of a sheet sets, in words of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from huanchuang.engines.kernel import Period
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.table import display_unit, in_unit
from huanchuang.orm.language import language
from huanchuang.registry.models import ImportRow
from huanchuang.registry.queries.imports.shown import Shown


def shown_rows(rows: Sequence[ImportRow]) -> list[list[Shown]]:
    """For each row its figures with those they replace."""
    return [[_shown(row, name, figure) for name, figure in row.values.items()] for row in rows]


def _shown(row: ImportRow, name: str, figure: Mapping[str, Any]) -> Shown:
    period = Period.from_code(figure["period"]).label(language())
    before = row.before.get(name)
    return Shown(
        f"{dictionary.name(figure['key'])} · {period}", _words(before) if before else "", _words(figure)
    )


def _words(figure: Mapping[str, Any]) -> str:
    key = dictionary.entry(figure["key"])
    if key is None or not dictionary.is_number(key, figure["value"]):
        return {"yes": _("是"), "no": _("否")}.get(figure["value"], str(figure["value"]))
    number = Decimal(figure["value"])
    unit = display_unit(figure["unit"], [number])
    return f"{in_unit(number, figure['unit'], unit):,f}{unit}"
