"""The workbook to fill in: one row for a unit and a year, one column for each figure, and a page that explains them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from huanchuang.engines.sheets.look import FACE, new_book
from huanchuang.facts.services.sheets.columns import figures_for
from huanchuang.orm.language import language
from huanchuang.packs.vocabulary import FactKey

_FACE = {**FACE, "valign": "vcenter"}
_WIDE, _USUAL = 30, 14


def template() -> bytes:
    """The workbook as bytes. Headings that must be filled in end in *; the example row is left out when it is read."""
    buffer = BytesIO()
    book = new_book(buffer)
    keys = [figure.key for figure in figures_for(None) if not figure.key.is_timeless]
    _figures(book, book.add_worksheet(_("年度数据")), keys)
    _explanations(book, book.add_worksheet(_("填写说明")), keys)
    book.close()
    return buffer.getvalue()


def heading_of(key: FactKey) -> str:
    """The heading of a figure with its unit; money in 万元, as offices count it."""
    unit = "万元" if key.value_type == "money" else key.unit
    name = key.name(language())
    return f"{name}（{unit}）" if unit else name


def _figures(book: Any, sheet: Any, keys: list[FactKey]) -> None:
    must = book.add_format({**_FACE, "bold": True, "bg_color": "#DCE6F5"})
    may = book.add_format({**_FACE, "bold": True, "bg_color": "#EEF0F2"})
    example = book.add_format({**_FACE, "italic": True, "font_color": "#6B7280"})
    as_text = book.add_format({"num_format": "@"})
    whose = [_("单位名称"), _("统一社会信用代码"), _("年度")]
    shown = [_("（示例）某某科技有限公司"), "", "2025"]
    sheet.set_row(0, 42)
    for place, (title, text) in enumerate(zip(whose, shown, strict=True)):
        sheet.set_column(place, place, _WIDE if place == 0 else _USUAL + 6, as_text)
        sheet.write_string(0, place, f"{title}*" if place != 1 else title, must if place != 1 else may)
        sheet.write_string(1, place, text, example)
    for place, key in enumerate(keys, start=len(whose)):
        sheet.set_column(place, place, _USUAL)
        sheet.write_string(0, place, heading_of(key), may)
    sheet.freeze_panes(1, 1)


def _explanations(book: Any, sheet: Any, keys: list[FactKey]) -> None:
    head = book.add_format({**_FACE, "bold": True, "bg_color": "#EEF0F2"})
    body = book.add_format(_FACE)
    titles = (_("指标"), _("计量单位"), _("口径"), _("出处"))
    for place, (title, width) in enumerate(zip(titles, (28, 10, 60, 40), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    for number, key in enumerate(keys, start=1):
        unit = "万元" if key.value_type == "money" else key.unit
        for place, text in enumerate((key.name(language()), unit, key.definition, key.source)):
            sheet.write_string(number, place, text, body)
    sheet.freeze_panes(1, 0)
