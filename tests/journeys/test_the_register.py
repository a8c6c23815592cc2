"""The register as people use it: two clerks at once, a messy sheet with a double in it, and the way back from both."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from playwright.sync_api import expect

from journeys.conftest import Visitor

pytestmark = pytest.mark.browser
FIRM = "云澜岑科新材料股份有限公司"


def open_form(visitor: Visitor, person: str) -> None:
    """Sign in and stand in the form of the firm."""
    page = visitor.sign_in(person)
    page.goto(f"{visitor.site.url}/registry/?q=岑科新材料")
    page.get_by_role("link", name=FIRM, exact=True).first.click()
    page.get_by_role("link", name="修改", exact=True).click()


def test_two_clerks_edit_one_record_and_nobody_loses_anything(visitor: Visitor, phone: Visitor) -> None:
    open_form(visitor, "林科长")
    open_form(phone, "何会计")
    visitor.page.get_by_label("简称").fill("岑科高新")
    visitor.page.get_by_label("地址").fill("青岑区创新大道18号")
    visitor.page.get_by_role("button", name="保存").click()
    expect(visitor.page.get_by_text("已保存")).to_be_visible()

    phone.page.get_by_label("简称").fill("岑科材料")
    phone.page.get_by_label("来源").fill("企业自行更新")
    phone.page.get_by_role("button", name="保存").click()
    told = phone.page.get_by_role("alert")
    expect(told).to_contain_text("他人已修改本记录")
    row = told.get_by_role("row", name=re.compile("简称"))
    expect(row).to_contain_text("岑科高新")
    expect(row).to_contain_text("岑科材料")
    expect(phone.page.get_by_label("地址")).to_have_value("青岑区创新大道18号")
    expect(phone.page.get_by_label("来源")).to_have_value("企业自行更新")

    phone.page.get_by_role("button", name="保存").click()
    expect(phone.page.get_by_text("已保存")).to_be_visible()
    phone.page.get_by_role("link", name="每一栏的来源，以及过去某一天的样子").click()
    expect(phone.page.get_by_role("row", name=re.compile("地址")).first).to_contain_text("林科长")
    expect(phone.page.get_by_role("row", name=re.compile("简称")).first).to_contain_text("何会计")


def test_fields_follow_the_sort_of_need(visitor: Visitor) -> None:
    page = visitor.sign_in("何会计")
    page.goto(f"{visitor.site.url}/registry/needs/new/")
    expect(page.get_by_label("需求单位")).to_have_value(FIRM)
    expect(page.get_by_label("融资金额（万元）")).to_be_hidden()
    page.get_by_label("需求名称").fill("聚酰亚胺薄膜生产线扩建融资")
    page.get_by_label("需求类别").select_option(label="融资需求")
    expect(page.get_by_label("融资金额（万元）")).to_be_visible()
    page.get_by_label("融资金额（万元）").fill("面议")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".field-error")).to_contain_text("请填数字")
    page.get_by_label("融资金额（万元）").fill("１,２００万")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("聚酰亚胺薄膜生产线扩建融资")
    expect(page.locator("main")).to_contain_text("1200 万元")


def messy_sheet() -> bytes:
    """A list as an office has it: a title over merged cells, a note with the unit, other headings, a totals row."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("企业名录")
        sheet.merge_range(0, 0, 0, 4, "青岑区重点企业名录（2026年6月）")
        sheet.write_row(1, 0, ["填表单位：望岑镇", "", "", "", "单位：万元"])
        sheet.write_row(2, 0, ["序号", "企业名称", "社会信用代码", "企业类型", "注册时间"])
        sheet.write_row(3, 0, ["1", "青岑远山精密陶瓷有限公司", "", "有限公司", "2019年5月6日"])
        sheet.write_row(4, 0, ["2", "青岑远山精密陶瓷科技有限公司", "", "有限公司", "2019.5.6"])
        sheet.write_row(5, 0, ["3", "青岑错码材料有限公司", "91350100M000100Y4Z", "有限公司", "2020/1/1"])
        sheet.write_row(6, 0, ["合计", "3家", "", "", ""])
    return file.getvalue()


def test_a_messy_sheet_is_taken_its_double_resolved_and_all_of_it_undone(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    sheet = {"name": "望岑镇企业名录.xlsx", "mimeType": "application/octet-stream", "buffer": messy_sheet()}
    page.goto(f"{visitor.site.url}/registry/imports/new/organisation/")
    page.locator("input[type=file]").set_input_files(files=[sheet])
    page.get_by_role("button", name="上传并识别").click()
    page.get_by_role("button", name="检查这份表").click()

    taking = page.get_by_role("button", name="只导入没有问题的 2 行")
    expect(taking).to_be_visible(timeout=60_000)
    expect(page.get_by_role("row", name=re.compile("青岑错码材料"))).to_contain_text("C6")
    expect(page.get_by_role("row", name=re.compile("青岑错码材料"))).to_contain_text("校验")
    address = page.url
    taking.click()
    expect(page.get_by_text("新增 2 条")).to_be_visible(timeout=60_000)

    page.goto(f"{visitor.site.url}/registry/duplicates/")
    page.get_by_text("自选两条来比较").click()
    page.locator("#pair-one").fill("青岑远山精密陶瓷有限公司")
    page.locator("#pair-other").fill("青岑远山精密陶瓷科技有限公司")
    page.get_by_role("button", name="比较", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("这两条是同一个吗？")
    page.get_by_role("button", name=re.compile("相同，去合并")).click()
    page.get_by_label("理由").fill("同日注册，电话核实为同一家")
    page.get_by_role("button", name="合并", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("合并记录")
    merged = page.url
    page.goto(f"{visitor.site.url}/registry/?q=远山精密陶瓷")
    expect(page.get_by_role("rowheader")).to_have_count(1)

    page.goto(merged)
    page.get_by_label("撤销理由").fill("后来查明是母子公司")
    page.get_by_role("button", name="撤销合并").click()
    page.goto(f"{visitor.site.url}/registry/?q=远山精密陶瓷")
    expect(page.get_by_role("rowheader")).to_have_count(2)

    page.goto(address)
    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.locator("main")).to_contain_text("已由林科长于")
