"""工作台账 as an Excel workbook and 配档表 as a Word document. Plain values in, a file out; no database.

Text is always written as text: a heading that begins with = is no formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from huanchuang.engines.reader import Reading
from huanchuang.steering.queries.proposal import ProposedLine, proposal
from huanchuang.steering.queries.words import goal

COLUMNS = (
    ("序号", 6), ("任务", 26), ("目标", 28), ("牵头单位", 16), ("配合单位", 22), ("时限", 12),
    ("进展", 18), ("状态", 9), ("灯", 26), ("原文", 52), ("来源位置", 20),
)  # fmt: skip
ALLOTMENT = (("序号", 1.2), ("任务", 6.0), ("目标", 6.2), ("牵头单位", 3.6), ("配合单位", 4.6), ("时限", 3.0))
FILLS = {"green": "#E9F5EE", "amber": "#FDF3E0", "red": "#FCECEC", "grey": "#EEF0F2"}
A3 = 8
CELL_LIMIT = 32_767
"""Characters that one cell of Excel can hold."""


@dataclass(frozen=True)
class SheetRow:
    """One line of the sheet."""

    number: int
    task: str
    target: str
    leads: str
    co_units: str
    due: dt.date | str
    progress: str = ""
    state: str = ""
    light: str = ""
    light_word: str = ""
    quote: str = ""
    place: str = ""


def ledger_workbook(reading: Reading, path: Path | str, text: str = "") -> None:
    """Write the ledger that a reading gives, before anything has been reported. `text` is the paper's: with it a task
    shows its whole clause, without it its heading."""
    rows = reading_rows(reading, text)
    write_ledger(rows, reading.document.title, f"共{len(rows)}条，由文件直接读出，未经复核", str(path))


def write_ledger(rows: Sequence[SheetRow], title: str, note: str, where: str | IO[bytes]) -> None:
    """Write rows as a workbook for A3 landscape: title, note, frozen header that repeats on each page."""
    book = xlsxwriter.Workbook(
        where, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("工作台账")
    face = {
        "font_name": "宋体",
        "font_size": 10,
        "valign": "top",
        "text_wrap": True,
        "border": 1,
        "border_color": "#C8CDD3",
    }
    body, date = book.add_format(face), book.add_format({**face, "num_format": "yyyy-mm-dd", "align": "left"})
    head = book.add_format(
        {**face, "bold": True, "bg_color": "#EEF0F2", "valign": "vcenter", "align": "center"}
    )
    quoted = book.add_format({**face, "quote_prefix": True})
    lights = {name: book.add_format({**face, "bg_color": fill}) for name, fill in FILLS.items()}
    last = len(COLUMNS) - 1
    heading = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, last, "", heading)
    sheet.write_string(0, 0, _cell(f"{title} 工作台账"), heading)
    sheet.write_string(1, 0, _cell(note), book.add_format({"font_name": "宋体", "font_size": 10}))
    sheet.set_row(0, 30)
    sheet.set_row(2, 24)
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, head)
    for line, row in enumerate(rows, 3):
        sheet.write_number(line, 0, row.number, body)
        for column, value in enumerate(_values(row), 1):
            if isinstance(value, dt.date):
                sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()), date)
            else:
                chosen = (
                    lights.get(row.light, body)
                    if COLUMNS[column][0] == "灯"
                    else quoted
                    if value[:1] in "=+-@"
                    else body
                )
                sheet.write_string(line, column, _cell(value), chosen)
    _print_setup(sheet, len(rows) + 2, last)
    book.close()


def _values(row: SheetRow) -> tuple[dt.date | str, ...]:
    return (
        row.task, row.target, row.leads, row.co_units, row.due, row.progress, row.state, row.light_word, row.quote, row.place,
    )  # fmt: skip


def _print_setup(sheet: xlsxwriter.worksheet.Worksheet, bottom: int, last: int) -> None:
    sheet.freeze_panes(3, 2)
    sheet.autofilter(2, 0, bottom, last)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, bottom, last)


def _cell(text: str) -> str:
    kept = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= ord(" "))
    return kept[:CELL_LIMIT]


def allotment_document(reading: Reading, path: Path | str, text: str = "") -> None:
    """Write the allotment table (任务分工配档表) that a reading gives, as Word on A4 landscape."""
    paper = docx.Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    title = paper.add_heading(level=1)
    title.add_run(f"{reading.document.title} 任务分工配档表")
    table = paper.add_table(rows=1, cols=len(ALLOTMENT))
    table.style = "Table Grid"
    for cell, (name, _width) in zip(table.rows[0].cells, ALLOTMENT, strict=True):
        cell.text = name
    _repeat(table.rows[0])
    for row in reading_rows(reading, text):
        due = row.due.isoformat() if isinstance(row.due, dt.date) else row.due
        for cell, value in zip(
            table.add_row().cells,
            (str(row.number), row.task, row.target, row.leads, row.co_units, due),
            strict=True,
        ):
            cell.text = value
    for line in table.rows:
        for cell, (_name, width) in zip(line.cells, ALLOTMENT, strict=True):
            cell.width = Cm(width)
    paper.save(str(path))


def _repeat(row: object) -> None:
    """The header row stands again at the top of each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]  # python-docx has no public way


def reading_rows(reading: Reading, text: str) -> list[SheetRow]:
    """The lines of a reading as rows of a sheet."""
    proposed = proposal(reading, text)
    paths = {item.code: item.path for item in proposed.items}
    names = {line.code: line.name for line in proposed.lines}
    return [_row(number, line, paths, names) for number, line in enumerate(proposed.lines, 1)]


def _row(number: int, line: ProposedLine, paths: dict[str, str], names: dict[str, str]) -> SheetRow:
    is_task = line.kind == "task"
    task = line.name if is_task else names.get(line.parent or "", "")
    figure = "" if line.value is None else goal(line.value, line.value_max, line.comparator, line.unit)
    dated = [date.due_on for date in line.dates if date.due_on]
    return SheetRow(
        number=number,
        task=f"{paths[line.item]} {task}".strip(),
        target="" if is_task else f"{line.name} {figure}".strip(),
        leads="、".join(unit.unit for unit in line.units if unit.duty == "lead"),
        co_units="、".join(unit.unit for unit in line.units if unit.duty != "lead"),
        due=max(dated) if dated else "、".join(dict.fromkeys(date.phrase for date in line.dates)),
        quote=line.quote,
        place=f"{paths[line.item]}，第{line.start + 1}—{line.end}字",
    )
