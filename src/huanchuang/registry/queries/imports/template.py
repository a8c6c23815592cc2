"""The workbook to fill in for a kind: headings with hints, drop-downs, an example that is not read, a page of explanations."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.engines.sheets import letters
from huanchuang.engines.sheets.look import FACE, new_book
from huanchuang.packs import vocabulary
from huanchuang.registry.queries.kinds import Field, Kind, Shape
from huanchuang.registry.queries.kinds.values import code_name, tree_of

ROWS = 2000
"""Rows that have drop-downs."""
_MOST_CHOICES = 400
_FACE = {**FACE, "valign": "vcenter", "text_wrap": False}
CHOICES = "choices"
"""Name of the hidden sheet that the drop-downs point at."""


def template_of(kind: Kind) -> bytes:
    """The workbook as bytes. Required headings end in *; the example row is left out when the sheet is read."""
    buffer = BytesIO()
    book = new_book(buffer)
    fields = list(kind.settable)
    sheet = book.add_worksheet(str(kind.label)[:31])
    explained = book.add_worksheet(_("填写说明")[:31])
    listed = book.add_worksheet(CHOICES)
    listed.hide()
    _headings(book, sheet, kind, fields)
    _drop_downs(sheet, listed, fields)
    _explanations(book, explained, kind, fields)
    book.close()
    return buffer.getvalue()


def heading_of(kind: Kind, field: Field) -> str:
    """The heading of a field: its unit in brackets, a star where it must be filled in."""
    return f"{field.heading}{'*' if kind.must_say(field) else ''}"


def _headings(book: Any, sheet: Any, kind: Kind, fields: Sequence[Field]) -> None:
    must = book.add_format({**_FACE, "bold": True, "bg_color": "#DCE6F5", "text_wrap": True})
    may = book.add_format({**_FACE, "bold": True, "bg_color": "#EEF0F2", "text_wrap": True})
    example = book.add_format({**_FACE, "italic": True, "font_color": "#6B7280"})
    text = book.add_format({"num_format": "@"})
    sheet.set_row(0, 30)
    for place, field in enumerate(fields):
        wide = 30 if field.name == kind.title_field or field.shape is Shape.LONG else 18
        is_text = field.shape not in (Shape.MONEY, Shape.NUMBER, Shape.WHOLE)
        sheet.set_column(place, place, wide, text if is_text else None)
        sheet.write_string(0, place, heading_of(kind, field), must if kind.must_say(field) else may)
        hint = how_to_fill(field)
        if hint:
            sheet.write_comment(0, place, hint, {"x_scale": 2, "y_scale": 1})
        shown = _example(field)
        sheet.write_string(1, place, f"{_('（示例）')}{shown}" if place == 0 else shown, example)
    sheet.freeze_panes(1, 1)


def _drop_downs(sheet: Any, listed: Any, fields: Sequence[Field]) -> None:
    for place, field in enumerate(fields):
        choices = choices_in_words(field)
        if not choices or field.is_list:
            continue
        for number, choice in enumerate(choices):
            listed.write_string(number, place, choice)
        letter = letters(place)
        source = f"={CHOICES}!${letter}$1:${letter}${len(choices)}"
        rule = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": _("词表里没有"),
            "error_message": _("请从下拉列表中选择"),
        }
        sheet.data_validation(1, place, ROWS, place, rule)


def choices_in_words(field: Field) -> list[str]:
    """The names that a field may hold, where they are few enough to choose from."""
    if field.shape is Shape.YES_NO:
        return [_("是"), _("否")]
    if field.shape not in (Shape.CODE, Shape.CODES):
        return []
    tree = tree_of(field)
    if len(tree) > _MOST_CHOICES:
        return []
    return [code_name(tree, one.code) for one in tree]


_FORMS = {
    Shape.DATE: gettext_lazy("填日期，例如 2026-06-30"),
    Shape.MONEY: gettext_lazy("只填数字"),
    Shape.NUMBER: gettext_lazy("只填数字"),
    Shape.WHOLE: gettext_lazy("填整数"),
    Shape.YES_NO: gettext_lazy("填 是 或 否"),
    Shape.CODE: gettext_lazy("填规范名称或代码"),
    Shape.CODES: gettext_lazy("可填几项，用顿号隔开"),
    Shape.LINES: gettext_lazy("可填几项，用顿号或分号隔开"),
    Shape.ENTRY: gettext_lazy("填写全称、简称或统一社会信用代码"),
}


def how_to_fill(field: Field) -> str:
    """What to write under a heading."""
    parts = [str(field.hint), str(_FORMS.get(field.shape, ""))]
    if field.unit:
        parts.append(_("单位：%(unit)s") % {"unit": field.unit})
    return "；".join(dict.fromkeys(part for part in parts if part))


_EXAMPLES = {
    Shape.DATE: "2026-06-30",
    Shape.MONEY: "120",
    Shape.NUMBER: "12.5",
    Shape.WHOLE: "3",
    Shape.YES_NO: gettext_lazy("否"),
    Shape.ENTRY: gettext_lazy("单位全称"),
    Shape.USCC: gettext_lazy("18位代码"),
    Shape.PARAMETERS: gettext_lazy("抗拉强度 ≥ 500 MPa"),
    Shape.LINES: gettext_lazy("第一项；第二项"),
}


def _example(field: Field) -> str:
    if field.shape in (Shape.CODE, Shape.CODES):
        tree = tree_of(field)
        return code_name(tree, next(iter(tree)).code)
    return str(_EXAMPLES.get(field.shape, field.label))


def _explanations(book: Any, sheet: Any, kind: Kind, fields: Sequence[Field]) -> None:
    head = book.add_format({**_FACE, "bold": True, "bg_color": "#EEF0F2"})
    cell = book.add_format({**_FACE, "text_wrap": True, "valign": "top"})
    names = vocabulary.register_columns().fields(kind.name)
    titles = (_("列名"), _("必填"), _("怎么填"), _("也认得的列名"))
    for place, (title, width) in enumerate(zip(titles, (24, 8, 60, 60), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    for number, field in enumerate(fields, start=1):
        row = (
            str(field.label),
            _("必填") if kind.must_say(field) else "",
            how_to_fill(field),
            "、".join(names.get(field.name, ())),
        )
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, cell)
    sheet.write_string(len(fields) + 2, 0, _("不知道的请留空，不要填0；以（示例）开头的行不会导入。"), cell)
    sheet.freeze_panes(1, 0)
