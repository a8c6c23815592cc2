"""The thread: a plan is uploaded, read, reviewed, followed to its sentence, reported on and closed by a second person."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import Visitor

pytestmark = pytest.mark.browser

PLAN = """青岑区中试基地建设行动方案
青岑科发〔2026〕3号
一、工作目标
到2027年，建成中试基地5个以上，服务企业突破90家。
二、主要任务
（一）建设中试基地。
1.摸清中试需求。2026年9月底前，完成规模以上企业中试需求调查200家以上。（区科技局牵头，青岑高新区管委会配合）
2.制定管理办法。2026年12月底前出台《青岑区中试基地管理办法》。（区科技局牵头，区财政局配合）
青岑区科技局
2026年6月1日
"""


def upload(visitor: Visitor, name: str, content: bytes) -> None:
    """Upload a plan and wait until its reading is done."""
    visitor.go("/steering/upload/")
    visitor.page.set_input_files(
        "input[type=file]", files=[{"name": name, "mimeType": "text/plain", "buffer": content}]
    )
    visitor.page.get_by_role("button", name="上传并读取").click()


def test_it_reads_reviews_and_reports(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    upload(visitor, "中试基地.txt", PLAN.encode())
    page.get_by_role("link", name="去复核").click(timeout=60_000)
    page.get_by_role("button", name=re.compile("全部采纳，建立台账")).click()
    page.wait_for_url(re.compile("/steering/(ledger|plans)/"))

    page.goto(f"{visitor.site.url}/steering/ledger/?q=管理办法")
    page.get_by_role("row", name=re.compile("中试基地管理办法")).first.get_by_role("link").first.click()
    expect(page.locator("blockquote mark")).to_contain_text("管理办法")
    address = page.url

    page.get_by_role("link", name="填报进展").click()
    page.get_by_label("进展情况").fill("征求意见稿已印发。")
    page.get_by_label("佐证材料").set_input_files(
        files=[{"name": "征求意见稿.txt", "mimeType": "text/plain", "buffer": "关于征求意见的函".encode()}]
    )
    page.get_by_role("button", name="提交进展").click()
    expect(page.get_by_text("征求意见稿已印发。")).to_be_visible()
    page.goto(address)
    page.get_by_text("申请销号").first.click()
    page.get_by_role("button", name="提交销号申请").click()
    page.goto(address)
    expect(page.get_by_text("须由另一位工作人员核验")).to_be_visible()


def test_it_opens_the_very_sentence(visitor: Visitor) -> None:
    page = visitor.sign_in("罗主任")
    page.goto(f"{visitor.site.url}/steering/ledger/?q=技术合同成交额")
    page.locator("td.goal [data-why]").first.click()
    panel = page.locator("#why")
    expect(panel).to_contain_text("技术合同成交额增长30%以上")
    page.keyboard.press("Escape")
    page.locator("a.place").first.click()
    expect(page.locator("mark, .span-chosen, :target").first).to_be_in_viewport()


def test_it_is_closed_by_a_second_person(visitor: Visitor, phone: Visitor) -> None:
    """The unit reports with evidence and asks on its screen; the officer verifies on a phone."""
    page = visitor.sign_in("吴站长")
    page.goto(f"{visitor.site.url}/steering/ledger/")
    own = page.locator("tr", has_text="本单位").filter(has_text="提升孵化载体能级")
    own.get_by_role("rowheader").get_by_role("link").first.click()
    address = page.url
    page.get_by_role("link", name="填报进展").click()
    page.get_by_label("进展情况").fill("载体面积和在孵企业数都已达到。")
    page.get_by_label("佐证材料").set_input_files(
        files=[
            {"name": "验收表.csv", "mimeType": "text/csv", "buffer": "载体,面积\n岑创空间,31000\n".encode()}
        ]
    )
    page.get_by_role("button", name="提交进展").click()
    expect(page.get_by_text("载体面积和在孵企业数都已达到。")).to_be_visible()
    page.goto(address)
    page.get_by_text("申请销号").first.click()
    page.get_by_role("button", name="提交销号申请").click()

    desk = phone.sign_in("林科长")
    desk.goto(address)
    expect(desk.get_by_text("吴站长 已申请销号")).to_be_visible()
    desk.get_by_role("button", name="核验通过，销号").click()
    expect(desk.locator("main [aria-current=step]")).to_have_text("已销号")
    page.goto(address)
    expect(page.locator("main [aria-current=step]")).to_have_text("已销号")
    assert page.get_by_role("link", name="填报进展").count() == 0


def test_it_refuses_a_hostile_file_in_plain_words(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    upload(visitor, "方案.docx", b"MZ\x90\x00 this is a program")
    expect(page.locator("main")).to_contain_text("方案.docx")
    assert "/upload/" in page.url
