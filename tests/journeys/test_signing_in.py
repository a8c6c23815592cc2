"""Each of the demo people signs in with one click and finds what is theirs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from journeys.conftest import Visitor

pytestmark = pytest.mark.browser

PEOPLE = ["林科长", "周工", "何会计", "秦教授", "吴站长", "郑专家", "罗主任", "唐审计", "管理员"]


@pytest.mark.parametrize("name", PEOPLE)
def test_it_lets_in_with_one_click(name: str, visitor: Visitor) -> None:
    page = visitor.sign_in(name)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for link in page.get_by_role("navigation").first.get_by_role("link").all():
        answer = page.request.get(visitor.site.url + (link.get_attribute("href") or "/"))
        assert answer.status == 200, link.get_attribute("href")


def test_it_works_from_the_keyboard(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("技术合同")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.locator("main")).to_contain_text("技术合同成交额")


def test_it_speaks_english(visitor: Visitor) -> None:
    page = visitor.sign_in("罗主任")
    page.locator("header summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
