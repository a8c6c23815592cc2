"""Every page that a role can reach, at a desk and on a phone: no axe violation, nothing sticks out, nothing from outside."""

from __future__ import annotations

import inspect

import pytest
from axe_playwright_python.sync_playwright import Axe

from journeys.conftest import Visitor
from journeys.crawl import walk
from pages.table import pages

pytestmark = pytest.mark.browser

PEOPLE = {"officer": "林科长", "reporter": "吴站长", "clerk": "何会计", "auditor": "唐审计", "administrator": "管理员"}
EACH_ITS_OWN = {"web:home", "steering:ledger"}
"""Pages that differ by role and are looked at for each; any other page is looked at for the first who reaches it."""

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

looked_at: set[str] = set()


def complaints(visitor: Visitor, name: str) -> list[str]:
    """What is wrong with the page as it stands, at both widths, in words."""
    found = []
    for size in (PHONE, DESK):
        visitor.page.set_viewport_size(size)
        hits = AXE.run(visitor.page, options=RULES).response["violations"]
        found += [f"{size['width']} {name} {hit['id']}: {hit['nodes'][0]['html'][:160]}" for hit in hits]
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            found.append(f"{size['width']} {name} is {wide} px wider than the screen")
    return found


@pytest.mark.parametrize("role", PEOPLE)
def test_it_has_no_violation(role: str, visitor: Visitor) -> None:
    visitor.sign_in(PEOPLE[role])
    wrong: list[str] = []
    for name in walk(visitor, ["/", "/search/?q=企业", "/jobs/", "/notices/"]):
        if name not in looked_at or name in EACH_ITS_OWN:
            looked_at.add(name)
            wrong += complaints(visitor, name)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/help/", "/no-such-page/"])
def test_it_welcomes_those_who_are_not_signed_in(path: str, visitor: Visitor) -> None:
    visitor.go(path)
    assert complaints(visitor, path) == []


def test_it_hides_no_page_from_everybody() -> None:
    """Each page that is read, not only posted to, is reached by links from somebody's home."""
    assert looked_at, "runs after the walks"
    readable = {page.name for page in pages() if page.deed and "require_POST" not in inspect.getsource(page.view)}
    assert sorted(readable - looked_at) == []
