"""A sheet as an office has it comes into the register, a doubtful row is compared, and the whole import is undone."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from xlsxwriter import Workbook

from journeys.conftest import Visitor

pytestmark = pytest.mark.browser
FILE = "2026年上半年企业名录.xlsx"
NEW, DOUBTFUL, WRONG = "云澜谷雨传感有限公司", "岑科新材", "青岑小满包装有限公司"


def messy() -> bytes:
    """Title, filler-in, a heading in two rows, a total, a note; one row that may be there already, one that is wrong."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet: Any = book.add_worksheet("名录")
        sheet.merge_range("A1:G1", "青岑区2026年上半年企业名录")
        sheet.merge_range("A2:G2", "填报单位：望岑镇人民政府")
        for place, name in (
            ("A3:A4", "序号"),
            ("B3:B4", "企业名称"),
            ("C3:C4", "企业类别"),
            ("F3:F4", "成立时间"),
            ("G3:G4", "备注"),
        ):
            sheet.merge_range(place, name)
        sheet.merge_range("D3:E3", "联系方式")
        sheet.write_row("D4", ["联系人", "电话"])
        sheet.write_row("A5", [1, NEW, "民营企业", "周云", "13800000101", "2019.5.6", "新增"])
        sheet.write_row("A6", [2, DOUBTFUL, "民营企业", "何晓月", "13800000102", "2015年3月2日", ""])
        sheet.write_row("A7", [3, WRONG, "民营企业", "吴澜", "13800000103", "2023-02-29", ""])
        sheet.write_row("A8", ["合计", "3家"])
        sheet.merge_range("A9:G9", "注：成立时间以营业执照为准。")
    return buffer.getvalue()


def wait_for(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("main")).to_contain_text(text, timeout=60_000)


def test_a_messy_sheet_comes_in_and_goes_again(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    page.goto(f"{visitor.site.url}/registry/")
    page.get_by_role("link", name="导入", exact=True).first.click()
    page.goto(f"{visitor.site.url}/registry/imports/new/organisation/")
    page.get_by_label("表格文件").set_input_files(
        {"name": FILE, "mimeType": "application/octet-stream", "buffer": messy()}
    )
    page.get_by_role("button", name="上传并识别").click()

    wait_for(page, "核对每一列")
    expect(page.get_by_label("企业名称")).to_have_value("name")
    expect(page.get_by_label("联系方式／电话")).to_have_value("contact_phone")
    expect(page.get_by_label("企业类别")).to_have_value("kind")
    page.get_by_role("button", name="检查这份表").click()

    wait_for(page, "词表里没有的写法")
    page.get_by_label("民营企业").select_option("company")
    page.get_by_role("button", name="按此重新检查").click()
    wait_for(page, "只导入没有问题的 1 行")
    wait_for(page, "日历上没有这一天")
    expect(page.get_by_role("row", name=re.compile(DOUBTFUL)).first).to_contain_text("可能重复")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("下载问题行")).click()
    assert waiting.value.suggested_filename.startswith("2026年上半年企业名录-问题行-")

    page.get_by_role("checkbox", name=re.compile("可能已经登记的 1 行")).check()
    page.get_by_role("button", name="只导入没有问题的").click()
    wait_for(page, "新增 2 条，更新 0 条。")
    result = page.url

    page.get_by_role("link", name="比对可能重复的").click()
    page.get_by_role("link", name=re.compile(f"^{DOUBTFUL}$|{DOUBTFUL}.*岑科")).first.click()
    wait_for(page, "这两条是同一个吗？")
    page.get_by_role("button", name="不同").click()

    page.goto(f"{visitor.site.url}/registry/?q={NEW}")
    expect(page.get_by_role("link", name=NEW, exact=True)).to_be_visible()
    page.goto(result)
    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="撤销").click()
    wait_for(page, re.compile("撤销，恢复 2 条"))
    page.goto(f"{visitor.site.url}/registry/?q={NEW}")
    expect(page.get_by_role("link", name=NEW, exact=True)).to_have_count(0)
