"""A paper becomes a policy and reaches a firm: read, confirmed, drafted, published by a second person, put to all, told,
and given without application after a second officer and the firm have agreed. Everybody at a screen of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.conftest import Screens, Site, demonstration_site, leave, make_visitor

pytestmark = pytest.mark.browser

TITLE = "青岑区支持企业研发投入办法（试行）"
PACK = "qingcen.rd-incentive"
FIRM = "云澜岑科新材料股份有限公司"
PAPER = f"""{TITLE}
青科发〔2026〕21号
第一条 为支持企业加大研发投入，制定本办法。
第二条 区科技局是主管部门，负责组织实施。
第三条 申请补助的企业应当同时符合下列条件：
（一）注册成立满一年；
（二）上一年度销售收入不低于200万元；
（三）上一年度研发费用不低于50万元。
第四条 对符合条件的企业，按上年度研发费用的2%给予补助，单个企业每年最高10万元。
第五条 每年3月1日至12月31日受理申请。
第六条 本办法自2026年6月1日起施行，有效期三年，由区科技局负责解释。
"""
WITHOUT_APPLICATION = {
    "clause": "第四条",
    "consent_days": "10",
    "notice_days": "0",
    "text": "数据比对后，企业在10个工作日内确认",
    "text_en": "Matched with data, the firm confirms within 10 working days",
}
A_JOB = 90_000
"""Milliseconds that a job on a busy machine may take."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One of its own: a policy that is published changes what others see."""
    with demonstration_site(tmp_path_factory.mktemp("policy") / "var") as running:
        yield running


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()


def bring_in(officer: Page, site: Site) -> None:
    """The paper is uploaded and read; all that was understood word for word is taken in one go."""
    officer.goto(f"{site.url}/policies/papers/")
    paper = {"name": "办法.txt", "mimeType": "text/plain", "buffer": PAPER.encode()}
    officer.locator("input[type=file]").set_input_files(files=[paper])
    press(officer, "上传并读取")
    sure = officer.get_by_role("button", name=re.compile("采纳逐字读懂的"))
    expect(sure).to_be_visible(timeout=A_JOB)
    sure.click()


def decide_the_rest(officer: Page) -> None:
    """The last day was worked out from the term and is looked at; what is no condition is left out."""
    last_day = officer.locator("article.proposal", has=officer.get_by_role("heading", name="失效日期"))
    expect(last_day.locator("[name=valid_to]")).to_have_value("2029-05-31")
    last_day.get_by_role("button", name="采纳").click()
    expect(last_day.get_by_text("已采纳")).to_be_visible()
    nothing = officer.locator("article.proposal", has=officer.get_by_text("符合条件的企业", exact=True))
    nothing.get_by_role("button", name="不用").click()
    expect(officer.locator("main")).to_contain_text("未看 0 条")


def draft(officer: Page, site: Site) -> str:
    """Made of what was taken, given without application, checked with its cases, handed in; the address of the draft."""
    officer.get_by_label("草稿编号").fill(PACK)
    press(officer, "生成草稿")
    officer.wait_for_url(re.compile(r"/definitions/drafts/\d+/$"))
    address = officer.url
    expect(officer.locator("main")).to_contain_text("7 个中 7 个符合")
    officer.goto(f"{address}form/")
    for name, words in WITHOUT_APPLICATION.items():
        officer.locator(f"[name='v:policy.yaml/without_application/{name}']").fill(words)
    press(officer, "保存")
    expect(officer.get_by_text("已保存")).to_be_visible()
    officer.goto(f"{address}submit/")
    press(officer, "提交发布")
    expect(officer.get_by_role("link", name="发布", exact=True)).to_have_count(0)
    return address


def publish(administrator: Page, address: str) -> None:
    administrator.goto(address)
    administrator.get_by_role("link", name="发布", exact=True).click()
    administrator.get_by_label("发布说明").fill("区政府第12次常务会议通过")
    press(administrator, "发布")
    expect(administrator.get_by_text("已发布").first).to_be_visible()


def put_to_all(officer: Page, site: Site) -> str:
    """All organisations are put to all policies; the address of the list of those who may have this one."""
    officer.goto(f"{site.url}/policies/{PACK}/")
    expect(officer.locator("main")).to_contain_text("青科发〔2026〕21号")
    officer.goto(f"{site.url}/policies/runs/")
    press(officer, "开始测算")
    officer.get_by_role("button", name="表", exact=True).click(timeout=A_JOB)
    row = officer.get_by_role("row", name=re.compile(re.escape(TITLE)))
    row.get_by_role("link", name=re.compile("家符合")).click()
    return officer.url


def tell(officer: Page, clerk: Page, site: Site) -> None:
    """Those eligible are told; the clerk reads the amount and the clause, and the officer sees that it was opened."""
    officer.get_by_role("link", name=re.compile("推送全部")).click()
    expect(officer.get_by_text("将收到的单位")).to_be_visible()
    press(officer, "推送")
    pushed = officer.url
    expect(officer.get_by_text("结论已变，未发").first).to_be_visible()
    expect(officer.get_by_role("button", name="取消任务")).to_have_count(0, timeout=A_JOB)
    clerk.goto(f"{site.url}/notices/")
    expect(clerk.locator("main")).to_contain_text(f"您单位符合“{TITLE}”")
    clerk.get_by_role("link", name=f"您单位符合“{TITLE}”").first.click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(clerk.locator("main")).to_contain_text("第三条（三）")
    officer.goto(pushed)
    officer.get_by_role("link", name=re.compile("^已告知")).click()
    told = officer.get_by_role("row", name=re.compile(FIRM))
    expect(told).not_to_contain_text("未打开")


def propose(officer: Page, listed: str) -> str:
    """The officer proposes the firm, and cannot agree to the own proposal; the address of the list."""
    officer.goto(f"{listed}give/")
    officer.get_by_role("row", name=re.compile(FIRM)).locator("[data-tick]").check()
    press(officer, "提出名单")
    officer.wait_for_url(re.compile(r"/policies/rolls/\d+/$"))
    expect(officer.get_by_text("须由另一位同事复核")).to_be_visible()
    expect(officer.get_by_role("button", name="同意，请企业确认")).to_have_count(0)
    return officer.url


def let_in(administrator: Page, colleague: Page, site: Site) -> None:
    """The administrator gives a colleague a first password; the colleague replaces it at once."""
    administrator.goto(f"{site.url}/accounts/people/?q=方科员")
    administrator.get_by_role("link", name="方科员").click()
    press(administrator, "重设密码")
    box = administrator.locator(".copyable")
    first = box.locator("code").inner_text()
    box.get_by_role("button", name="复制").click()
    expect(box.get_by_role("status")).to_have_text(re.compile("已复制|已选中"))
    colleague.goto(f"{site.url}/accounts/login/")
    colleague.get_by_role("textbox", name="用户名").fill("colleague")
    colleague.locator("[name=password]").fill(first)
    colleague.locator("[name=password]").press("Enter")
    boxes = colleague.locator("main input[type=password]")
    for box, text in zip(boxes.all(), (first, "Qing-Cen-2026-06", "Qing-Cen-2026-06"), strict=True):
        box.fill(text)
    boxes.last.press("Enter")
    expect(colleague.get_by_text("密码已修改")).to_be_visible()


def agree(colleague: Page, roll: str) -> None:
    colleague.goto(roll)
    press(colleague, "同意，请企业确认")
    expect(colleague.locator("main")).to_contain_text("确认中")


def consent(clerk: Page, site: Site) -> None:
    """The clerk finds it on the firm's page of policies, sees on which facts it stands and confirms with the account."""
    clerk.goto(f"{site.url}/notices/")
    clerk.get_by_role("link", name=f"免申即享，请确认：{TITLE}").first.click()
    expect(clerk.locator("main")).to_contain_text("用到的数据")
    clerk.get_by_label("收款账户").first.fill("6217 0000 1234 5678")
    press(clerk, "同意并确认账户")
    expect(clerk.locator("main")).to_contain_text("…5678")
    expect(clerk.locator("main")).not_to_contain_text("1234 5678")


def test_a_paper_becomes_a_policy_that_reaches_a_firm(screen: Screens, site: Site, browser: Browser) -> None:
    officer, administrator, clerk = screen("林科长"), screen("管理员"), screen("何会计")
    bring_in(officer, site)
    decide_the_rest(officer)
    publish(administrator, draft(officer, site))
    listed = put_to_all(officer, site)
    tell(officer, clerk, site)
    roll = propose(officer, listed)
    second = make_visitor(browser, site, 1440, 900)
    let_in(administrator, second.page, site)
    agree(second.page, roll)
    leave(second)
    consent(clerk, site)
    officer.goto(roll)
    given = officer.get_by_role("row", name=re.compile(FIRM))
    expect(given).to_contain_text("已确认")
    expect(given).to_contain_text("…5678")
    expect(officer.locator(".figures")).to_contain_text("6.88万元")
