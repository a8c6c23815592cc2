"""配档表: what stands in which month, edited in place, and on A3 as a workbook and as a paper."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from django.urls import reverse
from docx import Document
from docx.shared import Cm
from python_calamine import CalamineWorkbook

from huanchuang.steering.models import Target
from huanchuang.steering.queries.allotment import allotment, month_end, node_day
from huanchuang.steering.queries.allotment_book import BookCell, BookLine, write_book
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.services.measure import NodeGiven, set_node

DAY = dt.date(2026, 6, 30)


@pytest.fixture
def task(line) -> Target:
    return line("做大技术交易")


def row_of(cast, task, year: int = 2026):
    table = allotment(cast.officer, Filters(), year, DAY)
    return next(one for one in table.lines if one.row.target.pk == task.pk)


def test_nodes_and_deadlines_of_a_task_and_its_parts_stand_in_their_months(cast, task, line):
    set_node(cast.officer, task, NodeGiven(dt.date(2026, 9, 30), "签约过半"))
    set_node(cast.officer, line("技术合同成交额"), NodeGiven(dt.date(2026, 9, 30), "", None, 70))
    cells = row_of(cast, task).cells
    assert [entry.text for entry in cells[8].entries] == ["签约过半", "技术合同成交额：70%"]
    assert [(entry.text, entry.due) for entry in cells[11].entries] == [
        ("完成", True),
        ("技术合同成交额 增长 ≥ 30%", True),
    ]
    assert all(cell.under_way for cell in cells)
    assert not any(cell.under_way for cell in row_of(cast, task, 2028).cells)


def test_a_node_of_a_month_is_due_on_its_last_day_or_with_the_line(task):
    assert node_day(task, 2026, 9) == month_end(2026, 9) == dt.date(2026, 9, 30)
    Target.objects.filter(pk=task.pk).update(due_on=dt.date(2026, 9, 15))
    task.refresh_from_db()
    assert node_day(task, 2026, 9) == dt.date(2026, 9, 15)
    assert month_end(2028, 2) == dt.date(2028, 2, 29)


def test_a_cell_is_edited_in_place_and_emptied(client, cast, task):
    client.force_login(cast.officer)
    address = reverse("steering:cell", args=[task.pk, 2026, 9])
    assert "<textarea" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    saved = client.post(address, {"text": "签约过半"}, headers={"HX-Request": "true"}).content.decode()
    assert "签约过半" in saved
    assert "<html" not in saved
    assert task.nodes.get().due_on == dt.date(2026, 9, 30)
    client.post(address, {"text": "签约七成"})
    assert task.nodes.get().text == "签约七成"
    client.post(address, {"text": " "})
    assert not task.nodes.exists()
    late = client.post(reverse("steering:cell", args=[task.pk, 2027, 9]), {"text": "太晚"})
    assert late.status_code == 422
    assert "时限" in late.content.decode()


def test_a_figure_set_elsewhere_is_kept_when_words_are_edited(client, cast, line):
    target = line("服务项目")
    Target.objects.filter(pk=target.pk).update(parent=None)
    set_node(cast.officer, target, NodeGiven(dt.date(2026, 9, 15), "", 12))
    client.force_login(cast.officer)
    client.post(reverse("steering:cell", args=[target.pk, 2026, 9]), {"text": "已签"})
    assert (target.nodes.get().text, target.nodes.get().value, target.nodes.get().due_on.day) == (
        "已签",
        12,
        15,
    )
    client.post(reverse("steering:cell", args=[target.pk, 2026, 9]), {"text": ""})
    assert target.nodes.get().value == 12


def test_only_the_bureau_edits_and_nonsense_is_no_month(client, cast, task):
    client.force_login(cast.officer)
    assert client.get(f"/steering/targets/{task.pk}/months/2026-13/").status_code == 404
    for who in ("reporter", "leader", "clerk"):
        client.force_login(getattr(cast, who))
        assert (
            client.post(reverse("steering:cell", args=[task.pk, 2026, 9]), {"text": "x"}).status_code == 403
        )


def test_everybody_sees_only_the_own_rows(client, cast, plan):
    client.force_login(cast.clerk)
    page = client.get(reverse("steering:allotment"), {"year": "2026"})
    assert [one.row.target.name for one in page.context["table"].lines] == ["加强督查"]
    client.force_login(cast.stranger)
    assert not client.get(reverse("steering:allotment")).context["table"].lines


def test_the_workbook_prints_on_one_page_of_a3_in_width(client, cast, task):
    set_node(cast.officer, task, NodeGiven(dt.date(2026, 9, 30), "=1+1"))
    client.force_login(cast.officer)
    data = client.get(reverse("steering:allotment_export", args=["xlsx"]), {"year": "2026"}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[2][:3] == ["序号", "工作任务", "目标"]
    assert rows[2][-1] == "12月"
    assert any("=1+1" in row for row in rows)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<pageSetup[^>]*paperSize="8"[^>]*orientation="landscape"', sheet)
    assert 'fitToPage="1"' in sheet
    assert 'fitToHeight="0"' in sheet


def test_the_paper_is_a3_landscape_and_its_columns_fit_between_the_margins(client, cast, task):
    client.force_login(cast.officer)
    data = client.get(reverse("steering:allotment_export", args=["docx"]), {"year": "2026"}).content
    paper = Document(io.BytesIO(data))
    section, table = paper.sections[0], paper.tables[0]
    assert (round(section.page_width.cm), round(section.page_height.cm)) == (42, 30)
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in table.columns) <= room + Cm(0.1)
    assert len(table.rows) == 1 + len(allotment(cast.officer, Filters(), 2026, DAY).lines)
    assert "tblHeader" in table.rows[0]._tr.xml


def test_a_form_that_is_not_there_is_not_found(client, cast, plan):
    client.force_login(cast.officer)
    assert client.get(reverse("steering:allotment_export", args=["pdf"])).status_code == 404


def test_signs_that_no_file_can_hold_are_left_out():
    book = io.BytesIO()
    write_book(
        [BookLine(("1", "甲\x00乙", "", "", "", "", ""), (BookCell("丙\x1b", True, False),))],
        "题",
        "注",
        ["1月"],
        book,
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.getvalue())).get_sheet_by_index(0).to_python()
    assert rows[3][1] == "甲乙"
    assert rows[3][7] == "丙"
