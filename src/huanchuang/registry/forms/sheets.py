"""What people say about a sheet: the file, how its columns are read, what odd words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.engines.sheets import Table
from huanchuang.registry.services.imports import Reading, Target

LONGEST = 200
UNITS = ("元", "千元", "万元", "亿元")


class SheetForm(forms.Form):
    """A sheet to bring in."""

    file = forms.FileField(
        label=_("表格文件"),
        help_text=_(
            "Excel（xlsx）或 CSV。可以直接用手头的表：标题、合并单元格、两行表头、合计和注释都能识别。"
        ),
        error_messages={"required": _("请选择要导入的表格文件")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


def reading_in(given: QueryDict, table: Table, targets: Sequence[Target], before: Reading) -> Reading:
    """How the sheet is read, as the form says. ProblemError where two columns are one field."""
    known = {target.name for target in targets}
    columns: dict[int, str] = {}
    for column in table.columns:
        name = given.get(f"column-{column.index}", "")
        if name in known:
            columns[column.index] = name
    _refuse_twice(columns, table, targets)
    return Reading(
        columns=columns,
        units=_units(given, table, before),
        constants=_constants(given, targets, set(columns.values()), before),
        words=before.words,
        with_possible=before.with_possible,
        with_months=given.get("with_months") == "on",
    )


def _refuse_twice(columns: Mapping[int, str], table: Table, targets: Sequence[Target]) -> None:
    labels = {target.name: str(target.label) for target in targets}
    letters: dict[str, list[str]] = {}
    for column in table.columns:
        if column.index in columns:
            letters.setdefault(columns[column.index], []).append(column.letter)
    twice = {name: found for name, found in letters.items() if len(found) > 1}
    if twice:
        raise ProblemError(
            Problem(
                labels[name],
                f"{'、'.join(found)}列都对应它",
                "一个字段只能取一列，请改其中一列",
                "registry.import.twice",
                ProblemText(
                    labels[name],
                    f"is read from the columns {', '.join(found)}",
                    "Choose one column for a field",
                ),
            )
            for name, found in twice.items()
        )


def _units(given: QueryDict, table: Table, before: Reading) -> dict[int, str]:
    units = dict(before.units)
    for column in table.columns:
        unit = given.get(f"unit-{column.index}", "")
        if unit in UNITS:
            units[column.index] = unit
    return units


def _constants(
    given: QueryDict, targets: Sequence[Target], with_column: set[str], before: Reading
) -> dict[str, str]:
    """Values for every row, of fields without a column; several ticks are joined as a cell would have them."""
    constants: dict[str, str] = {}
    for target in targets:
        key = f"constant-{target.name}"
        if not target.may_be_constant or target.name in with_column:
            continue
        said = given.getlist(key) if key in given else [before.constants.get(target.name, "")]
        text = "、".join(part.strip() for part in said if part.strip())[:LONGEST]
        if text:
            constants[target.name] = text
    return constants


def words_in(given: QueryDict, before: Reading, groups: Sequence[Any]) -> dict[str, dict[str, str]]:
    """What odd words mean from now on: `field-N`, `text-N` are said by the page, `word-N` by the person; `-` is nothing."""
    words = {name: dict(said) for name, said in before.words.items()}
    for number in range(len(groups)):
        name, text = groups[number]
        chosen = given.get(f"word-{number}", "")
        if chosen:
            words.setdefault(name, {})[text] = "" if chosen == "-" else chosen
    return words
