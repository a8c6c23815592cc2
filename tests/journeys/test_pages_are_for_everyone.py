"""Every page that a role can reach, at a desk and on a phone: no axe violation, nothing sticks out, nothing from outside."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from journeys.conftest import Site, Visitor, leave, make_visitor
from journeys.crawl import Found, reachable
from pages.table import pages

pytestmark = pytest.mark.browser

PEOPLE = {
    "officer": "林科长",
    "reporter": "吴站长",
    "clerk": "何会计",
    "leader": "罗主任",
    "auditor": "唐审计",
    "administrator": "管理员",
}
AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
seen_by_somebody: set[str] = set()


def complaints(visitor: Visitor, page: Found) -> list[str]:
    """What is wrong with the page as it stands, in words."""
    found = [
        f"{page.name} {hit['id']}: {hit['nodes'][0]['html'][:160]}"
        for hit in AXE.run(visitor.page, options=RULES).response["violations"]
    ]
    wide = visitor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        found.append(f"{page.name} is {wide} px wider than the screen")
    return found


@pytest.mark.parametrize("role", PEOPLE)
def test_it_has_no_violation(role: str, browser: Browser, site: Site) -> None:
    wrong: list[str] = []
    desk, phone = make_visitor(browser, site, 1440, 900), make_visitor(browser, site, 390, 844)
    desk.sign_in(PEOPLE[role])
    phone.sign_in(PEOPLE[role])
    found = reachable(desk, ["/", "/search/?q=企业", "/jobs/", "/notices/"])
    seen_by_somebody.update(page.name for page in found)
    for page in found:
        for visitor in (desk, phone):
            visitor.page.goto(page.url)
            wrong += [f"{visitor.page.viewport_size['width']}: {text}" for text in complaints(visitor, page)]
    leave(desk)
    leave(phone)
    assert wrong == []
    assert len(found) > 5


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/help/", "/no-such-page/"])
def test_it_welcomes_those_who_are_not_signed_in(path: str, visitor: Visitor, phone: Visitor) -> None:
    for somebody in (visitor, phone):
        somebody.go(path)
        assert complaints(somebody, Found(path, path)) == []


def test_it_hides_no_page_from_everybody() -> None:
    """Each page that is read, not only posted to, is reached by links from somebody's home."""
    readable = {page.name for page in pages() if page.deed and not getattr(page.view, "post_only", False)}
    unreachable = sorted(readable - seen_by_somebody)
    assert unreachable == []
