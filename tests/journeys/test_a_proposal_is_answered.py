"""A proposal arrives, is given, returned, given anew, answered with figures of the ledger, signed, rated badly, done again,
published without names and counted. Officer, unit, leader and an enterprise clerk, each at a screen of their own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Screens, Site

pytestmark = pytest.mark.browser

NAME, PHONE = "卫长庚", "13900000613"
PAPER = f"""关于让技术合同就近登记的建议
提案人：{NAME}，联系电话：{PHONE}
企业登记技术合同要跑外地，建议设立技术交易服务站，并公布成交额。
"""


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()


def register(page: Page, site: Site) -> str:
    """Enter the proposal with its paper; returns the address of the letter."""
    page.goto(f"{site.url}/steering/letters/new/")
    page.get_by_label("届次").fill("青岑区政协第九届委员会第五次会议")
    page.get_by_label("编号").fill("0613")
    page.get_by_label("案由").fill("关于让技术合同就近登记的建议")
    page.get_by_label("提案人").fill(f"{NAME}，云澜理工大学，{PHONE}")
    paper = {"name": "提案.txt", "mimeType": "text/plain", "buffer": PAPER.encode()}
    page.get_by_label("原件").set_input_files(files=[paper])
    press(page, "登记")
    page.wait_for_url(re.compile("/assign/$"))
    return page.url.removesuffix("assign/")


def assign(page: Page, letter: str, lead: str, helper: str) -> None:
    page.goto(f"{letter}assign/")
    page.get_by_label("主办单位").select_option(label=lead)
    page.get_by_label(helper, exact=True).check()
    press(page, "交办")
    expect(page.get_by_text("已交办，各单位会收到通知")).to_be_visible()


def write_reply(page: Page, *, by_hand: str = "") -> None:
    """Compose from the ledger, add a sentence by hand, choose the result, save."""
    press(page, "组成初稿")
    body = page.locator("textarea[name=body]")
    if by_hand:
        body.fill(f"{body.input_value()}\n{by_hand}")
    page.get_by_label("办理结果").select_option("B")
    press(page, "保存")
    expect(page.get_by_text("已保存")).to_be_visible()


def hand_in(page: Page) -> None:
    page.get_by_label("审签人").select_option(label="罗主任")
    press(page, "送审签")


def sign(page: Page, site: Site) -> None:
    """The leader finds it on the home page, sees the figures and signs."""
    page.goto(site.url)
    page.get_by_role("link", name=re.compile("第0613号提案的答复函")).first.click()
    press(page, "审签")
    expect(page.get_by_text("文本与审签时一致。")).to_be_visible()


def rate(page: Page, letter: str, verdict: str) -> None:
    page.goto(letter)
    page.get_by_label("反馈意见").select_option(label=verdict)
    press(page, "登记反馈")


def return_it(unit: Page, site: Site) -> None:
    """The unit finds it on its home page, without names, and gives it back."""
    unit.goto(site.url)
    unit.get_by_role("link", name=re.compile("0613 关于让技术合同就近登记的建议")).first.click()
    expect(unit.locator("main")).not_to_contain_text(NAME)
    expect(unit.locator("main")).not_to_contain_text(PHONE)
    unit.get_by_text("申请退办").first.click()
    unit.get_by_label("退办原因").fill("合同登记由区科技局负责。")
    press(unit, "申请退办")
    expect(unit.get_by_text("已申请退办，等主管科室决定")).to_be_visible()


def take_back(officer: Page, letter: str) -> None:
    officer.goto(letter)
    officer.get_by_label("决定理由").fill("情况属实，改由科技局主办。")
    press(officer, "同意退办")


def help_out(unit: Page, letter: str) -> None:
    """The unit that helps accepts and gives its opinion, with a figure in it."""
    unit.goto(letter)
    press(unit, "签收")
    unit.get_by_label("会办意见").fill("园区已设登记窗口3个。")
    press(unit, "提交会办意见")


def reply_with_a_figure_by_hand(officer: Page, letter: str) -> None:
    """It cannot be handed in until somebody has answered for the figure."""
    officer.goto(letter)
    press(officer, "起草答复函")
    write_reply(officer, by_hand="今年走访企业36家。")
    expect(officer.locator(".by-hand")).to_have_text(["36家"])
    hand_in(officer)
    expect(officer.get_by_text("没有对应的记录，也没有人确认")).to_be_visible()
    officer.get_by_label("36家 的出处").fill("科技局走访登记表")
    press(officer, "由我确认")
    expect(officer.get_by_text("没有记录的数字（0）")).to_be_visible()
    assert officer.locator(".sheet .cited").count() > 3
    hand_in(officer)


def do_again(officer: Page) -> None:
    officer.get_by_label("重新答复期限").fill("2026-07-31")
    form = officer.locator("form", has=officer.get_by_role("button", name="转重办"))
    form.get_by_label("说明").fill("写明时限。")
    press(officer, "转重办")
    press(officer, "起草答复函")
    write_reply(officer)
    hand_in(officer)


def read_as_anybody(clerk: Page, site: Site) -> None:
    clerk.goto(f"{site.url}/steering/published/")
    clerk.get_by_role("link", name="关于让技术合同就近登记的建议").click()
    expect(clerk.locator(".sheet")).to_contain_text("卫××委员")
    expect(clerk.locator("main")).not_to_contain_text(NAME)
    expect(clerk.locator(".sheet-notes li").first).to_contain_text("截至")


def find_among_the_answered(officer: Page, site: Site) -> None:
    officer.goto(f"{site.url}/steering/letters/statistics/")
    row = officer.get_by_role("row", name=re.compile("青岑区科学技术局"))
    row.get_by_role("link").nth(2).click()
    expect(officer.get_by_role("link", name="关于让技术合同就近登记的建议")).to_be_visible()


def test_it_is_answered_twice_published_and_counted(screen: Screens, site: Site) -> None:
    officer, unit, leader = screen("林科长"), screen("吴站长"), screen("罗主任")
    letter = register(officer, site)
    assign(officer, letter, "青岑高新区管委会", "区科技局")
    return_it(unit, site)
    take_back(officer, letter)
    assign(officer, letter, "区科技局", "青岑高新区管委会")
    press(officer, "签收")
    help_out(unit, letter)
    reply_with_a_figure_by_hand(officer, letter)
    sign(leader, site)
    officer.goto(letter)
    press(officer, "登记已寄送答复")
    rate(officer, letter, "不满意")
    do_again(officer)
    sign(leader, site)
    officer.goto(letter)
    press(officer, "登记已寄送答复")
    rate(officer, letter, "满意")
    press(officer, "公开答复")
    read_as_anybody(screen("何会计"), site)
    officer.goto(letter)
    press(officer, "办结归档")
    expect(officer.get_by_text("已办结归档")).to_be_visible()
    find_among_the_answered(officer, site)
