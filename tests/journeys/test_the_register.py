"""The register as people use it: two clerks at once, and nothing lost."""

from __future__ import annotations

import re

import pytest
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
