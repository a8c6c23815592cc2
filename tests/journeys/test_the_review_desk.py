"""The review desk in the browser: split, merge, add by selecting, by keyboard; two officers at one plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.conftest import Site, Visitor, leave, make_visitor
from journeys.test_from_sentence_to_close_out import upload

pytestmark = pytest.mark.browser

PLAN = """青岑区中试体系建设方案
青岑科发〔2026〕8号
一、主要任务
（一）建设中试平台。到2027年，新建中试平台4个，服务企业96家。（区科技局牵头，青岑高新区管委会配合）
（二）服务企业。到2027年，服务企业达到98家。建立例会制度，形成需求台账。（区科技局牵头）
青岑区科技局
2026年6月1日
"""


@pytest.fixture
def other(browser: Browser, site: Site) -> Iterator[Visitor]:
    """The second officer's own screen."""
    somebody = make_visitor(browser, site, 1440, 900)
    yield somebody
    leave(somebody)


def desk_line(page: Page, word: str):  # type: ignore[no-untyped-def]
    return page.locator(".desk-line", has_text=word)


def select_words(page: Page, words: str) -> None:
    """Select words in the text as a mouse would."""
    page.evaluate(
        """words => {
            for (const paragraph of document.querySelectorAll(".desk-paper p[data-at]")) {
                const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
                const nodes = [];
                while (walker.nextNode()) nodes.push(walker.currentNode);
                const at = nodes.map((node) => node.data).join("").indexOf(words);
                if (at < 0) continue;
                const point = (place) => {
                    for (const node of nodes) {
                        if (place <= node.data.length) return [node, place];
                        place -= node.data.length;
                    }
                };
                const range = document.createRange();
                range.setStart(...point(at));
                range.setEnd(...point(at + words.length));
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
        }""",
        words,
    )


def test_an_officer_shapes_the_lines_by_keyboard(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    upload(visitor, "中试体系.txt", PLAN.encode())
    page.get_by_role("link", name="去复核").click(timeout=60_000)

    # split: s on the focused line, the parts are offered
    task = desk_line(page, "建设中试平台").first
    task.focus()
    page.keyboard.press("s")
    page.get_by_label("拆成的各段").fill("新建中试平台4个\n服务企业96家")
    page.get_by_role("button", name="拆分").click()
    expect(page.locator("main")).to_contain_text("已拆成 2 条")

    # add: words are selected in the text, n makes a line of them
    select_words(page, "建立例会制度")
    expect(page.locator("#desk-add-here")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("blockquote")).to_have_text("建立例会制度")
    expect(page.get_by_label("牵头单位")).to_have_value("区科技局")
    page.get_by_role("button", name="添加并采纳").click()
    expect(desk_line(page, "建立例会制度")).to_contain_text("已采纳")

    # merge: two lines are ticked with x, m joins them
    for word in ("96家", "98家"):
        line = page.locator(".desk-line").filter(has=page.locator("strong", has_text=word))
        line.first.focus()
        page.keyboard.press("x")
    page.keyboard.press("m")
    page.get_by_role("button", name="合并").click()
    expect(page.locator("main")).to_contain_text("已合并")
    page.get_by_role("link", name=re.compile("已剔除")).click()
    expect(page.locator(".desk-line")).to_contain_text("已并入")
    page.locator(".desk-line").focus()
    page.keyboard.press("u")
    expect(page.locator("main")).to_contain_text("已处理 1 条")


def test_the_second_of_two_officers_sees_what_the_first_did(visitor: Visitor, other: Visitor) -> None:
    page = visitor.sign_in("林科长")
    upload(visitor, "中试体系二.txt", PLAN.replace("96家", "97家").encode())
    page.get_by_role("link", name="去复核").click(timeout=60_000)
    address = page.url
    second = other.sign_in("林科长")
    second.goto(address)
    for one in (page, second):
        one.locator(".desk-line").filter(has=one.locator("strong", has_text="97家")).get_by_role(
            "link", name="更正"
        ).click()
    page.locator("input[name=value]").fill("120")
    page.get_by_role("button", name="更正并采纳").click()
    second.locator("input[name=value]").fill("130")
    second.get_by_role("button", name="更正并采纳").click()
    expect(second.get_by_role("alert")).to_contain_text("您填的内容还在下面")
    expect(second.get_by_role("alert")).to_contain_text("130")
    second.get_by_role("button", name="更正并采纳").click()
    page.goto(address + "?show=accepted")
    expect(desk_line(page, "130家")).to_have_count(1)


def test_a_corrected_version_takes_the_place_of_the_plan(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    plan = PLAN.replace("中试体系建设方案", "中试体系提升方案").replace("96家", "91家")
    upload(visitor, "提升方案.txt", plan.encode())
    page.get_by_role("link", name="去复核").click(timeout=60_000)
    page.get_by_role("button", name=re.compile("全部采纳，建立台账")).click()
    page.wait_for_url(re.compile("/steering/ledger/"))
    page.get_by_role("link", name="青岑区中试体系提升方案").first.click()

    page.get_by_role("link", name="上传修订版").click()
    changed = plan.replace("新建中试平台4个", "新建中试平台6个").encode()
    page.set_input_files(
        "input[type=file]", files=[{"name": "修订.txt", "mimeType": "text/plain", "buffer": changed}]
    )
    page.get_by_label("修订原因").fill("区政府常务会议审定")
    page.get_by_role("button", name="上传并读取").click()
    page.get_by_role("link", name="去复核").click(timeout=60_000)
    page.get_by_role("link", name="对照修订").click()
    expect(page.locator("del")).to_have_text("4")
    expect(page.locator("ins")).to_have_text("6")
    page.get_by_role("button", name="条款未变的沿用原版").click()
    expect(page.locator("main")).to_contain_text("已沿用原版")
    page.get_by_role("button", name=re.compile("建立台账")).click()
    page.wait_for_url(re.compile("/steering/ledger/"))
    expect(page.get_by_role("row", name=re.compile("6 ?个"))).to_have_count(1)
