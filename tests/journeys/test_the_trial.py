"""The trial: a plan that nobody saw before, in Word, from reading to the wall, to its revision, to the answer of a proposal.

Officer, unit and leader, each at a screen of their own. One line slips, one is closed and opens again when its evidence is
taken back, the leader's wall shows both, a corrected version takes the ledger along, and a proposal is answered with figures.
"""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from journeys.conftest import Screens, Site

pytestmark = pytest.mark.browser

TITLE = "青岑区科技服务业提升方案"
LINES = (
    TITLE,
    "青岑科发〔2026〕11号",
    "一、工作目标",
    "到2027年，全区科技服务机构达到{bodies}家以上。",
    "二、主要任务",
    "（一）摸清家底。2026年6月15日前，完成科技服务机构登记造册46家以上。（青岑高新区管委会负责）",
    "（二）完善制度。2026年12月底前出台《青岑区科技服务机构星级评定办法》。（区科技局牵头，青岑高新区管委会配合）",
    "（三）用好空间。2026年12月底前，新增科技服务用房3000平方米。（青岑高新区管委会负责）",
    "青岑区科技局",
    "2026年5月6日",
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper(bodies: int) -> bytes:
    """The plan as a Word file."""
    document, buffer = Document(), BytesIO()
    for line in LINES:
        document.add_paragraph(line.format(bodies=bodies))
    document.save(buffer)
    return buffer.getvalue()


def row(page: Page, site: Site, word: str) -> str:
    """The address of a line of the ledger."""
    page.goto(f"{site.url}/steering/ledger/?q={word}")
    page.get_by_role("row", name=re.compile(word)).first.get_by_role("rowheader").get_by_role(
        "link"
    ).first.click()
    return page.url


def upload(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/steering/upload/")
    page.set_input_files(
        "input[type=file]", files=[{"name": "提升方案.docx", "mimeType": WORD, "buffer": paper(120)}]
    )
    page.get_by_role("button", name="上传并读取").click()
    page.get_by_role("link", name="去复核").click(timeout=60_000)
    page.get_by_role("button", name=re.compile("全部采纳，建立台账")).click()
    page.wait_for_url(re.compile("/steering/ledger/"))


def report_and_ask(unit: Page, site: Site) -> str:
    """The unit reports with evidence and asks for the line to be closed."""
    address = row(unit, site, "科技服务用房")
    unit.get_by_role("link", name="填报进展").click()
    if unit.get_by_label("最新数值").count():
        unit.get_by_label("最新数值").fill("3000")
    unit.get_by_label("进展情况").fill("用房已验收交付。")
    unit.get_by_label("佐证材料").set_input_files(
        files=[{"name": "验收单.csv", "mimeType": "text/csv", "buffer": "楼,面积\n科创楼,3000\n".encode()}]
    )
    unit.get_by_role("button", name="提交进展").click()
    expect(unit.get_by_text("用房已验收交付。")).to_be_visible()
    unit.goto(address)
    unit.get_by_text("申请销号").first.click()
    unit.get_by_role("button", name="提交销号申请").click()
    return address


def close(officer: Page, address: str) -> None:
    officer.goto(address)
    officer.get_by_role("button", name="核验通过，销号").click()
    expect(officer.locator("main [aria-current=step]")).to_have_text("已销号")


def take_evidence_back(page: Page, address: str) -> None:
    """Without what proved it, the line is open again."""
    page.goto(address)
    page.locator("details.withdraw summary").first.click()
    page.get_by_label("撤回原因").first.fill("面积含公摊，重新测量")
    page.locator("details.withdraw").first.get_by_role("button", name="撤回").click()
    page.goto(address)
    expect(page.locator("main [aria-current=step]")).not_to_have_text("已销号")


def see_on_the_wall(leader: Page, site: Site) -> None:
    """What is late stands there in words, and leads to its sentence."""
    leader.goto(f"{site.url}/steering/wall/")
    leader.get_by_label("方案").select_option(label=TITLE)
    leader.get_by_role("button", name="按任务").or_(leader.locator(".wall-views button").first).first.click()
    late = leader.locator(".tile-red", has_text="摸清家底")
    expect(late).to_have_count(1)
    expect(leader.locator(".week")).to_contain_text("重新打开")
    late.get_by_role("link").first.click()
    expect(leader.locator("blockquote mark").first).to_be_visible()


def revise(officer: Page, site: Site) -> None:
    officer.goto(f"{site.url}/steering/")
    officer.get_by_role("link", name=TITLE).first.click()
    officer.get_by_role("link", name="上传修订版").click()
    officer.set_input_files(
        "input[type=file]", files=[{"name": "修订.docx", "mimeType": WORD, "buffer": paper(150)}]
    )
    officer.get_by_label("修订原因").fill("区政府常务会议审定")
    officer.get_by_role("button", name="上传并读取").click()
    officer.get_by_role("link", name="去复核").click(timeout=60_000)
    officer.get_by_role("link", name="对照修订").click()
    expect(officer.locator("del").first).to_have_text("120")
    expect(officer.locator("ins").first).to_have_text("150")
    officer.get_by_role("button", name="条款未变的沿用原版").click()
    expect(officer.locator("main")).to_contain_text("已沿用原版")
    officer.get_by_role("button", name=re.compile("建立台账")).click()
    officer.wait_for_url(re.compile("/steering/ledger/"))


def answer(officer: Page, site: Site) -> None:
    """A proposal is answered from the ledger: the figure of the revised plan stands there with its note."""
    officer.goto(f"{site.url}/steering/letters/new/")
    officer.get_by_label("届次").fill("青岑区政协第九届委员会第五次会议")
    officer.get_by_label("编号").fill("0715")
    officer.get_by_label("案由").fill("关于培育科技服务机构的建议")
    officer.get_by_label("提案人").fill("岳知遥，云澜理工大学，13900000715")
    text = "关于培育科技服务机构的建议\n建议增加科技服务机构和科技服务用房，出台星级评定办法。\n"
    officer.get_by_label("原件").set_input_files(
        files=[{"name": "提案.txt", "mimeType": "text/plain", "buffer": text.encode()}]
    )
    officer.get_by_role("button", name="登记", exact=True).first.click()
    officer.wait_for_url(re.compile("/assign/$"))
    letter = officer.url.removesuffix("assign/")
    officer.get_by_label("主办单位").select_option(label="区科技局")
    officer.get_by_role("button", name="交办", exact=True).first.click()
    officer.goto(letter)
    officer.get_by_role("button", name="签收", exact=True).first.click()
    officer.get_by_role("button", name="起草答复函", exact=True).first.click()
    officer.get_by_role("button", name="组成初稿", exact=True).first.click()
    body = officer.locator("textarea[name=body]").input_value()
    assert "科技服务机构" in body
    assert re.search(r"\[\[[^\]]*150[^\]]*\|\d+\]\]", body), body
    expect(officer.locator(".sheet .cited").first).to_be_visible()


def test_a_plan_goes_its_whole_way(screen: Screens, site: Site) -> None:
    officer, unit, leader = screen("林科长"), screen("吴站长"), screen("罗主任")
    upload(officer, site)
    address = report_and_ask(unit, site)
    close(officer, address)
    take_evidence_back(officer, address)
    see_on_the_wall(leader, site)
    revise(officer, site)
    officer.goto(address)
    expect(officer.locator("main")).to_contain_text("用房已验收交付。")
    answer(officer, site)
