"""Every page that a role can reach, at a desk and on a phone: no axe violation, nothing sticks out, nothing from outside."""

from __future__ import annotations

import base64
import hmac
import inspect
import struct
import time

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from journeys.conftest import Visitor
from journeys.crawl import walk
from journeys.test_from_sentence_to_close_out import PLAN, upload
from pages.table import pages

pytestmark = pytest.mark.browser

PEOPLE = {
    "officer": "林科长",
    "reporter": "吴站长",
    "clerk": "何会计",
    "auditor": "唐审计",
    "administrator": "管理员",
}
NOT_READ = {
    "api:openapi-json": "data",
    "api:openapi-view": "the library's page for administrators who write programs",
    "files:download": "a file",
    "jobs:progress": "a piece of jobs:show, which is looked at",
    "mfa_download_recovery_codes": "a file",
    "registry:import-bad": "a file",
    "registry:import-template": "a file",
    "policies:forecast-export": "a file",
    "policies:run-export": "a file",
    "policies:run-together-export": "a file",
    "policies:outlook-word": "a file",
    "policies:windows-feed": "data for calendar programs",
    "registry:organisation-export": "a file",
    "steering:draft_word": "a file",
    "steering:desk_news": "a piece of steering:review, which is looked at",
    "steering:desk_text": "a piece of steering:review, which is looked at",
    "steering:allotment_export": "a file",
    "steering:bulletin": "a file",
    "steering:calendar_feed": "data for calendar programs",
    "steering:export": "a file",
    "steering:letter_statistics_export": "a file",
    "steering:letters_export": "a file",
    "web:dossier_word": "a file",
}
"""Addresses that answer, but are no page to look at, and why."""
FILES = "-export"
"""How the names of addresses end that answer with a list as a file."""
SAME_FORM = {
    **{f"registry:achievement-{deed}": "registry:achievement-transfer" for deed in ("evaluate", "list", "reopen", "return", "undo-transfer")},
    **{f"registry:patent-{deed}": "registry:patent-lapse" for deed in ("grant", "reject", "reopen", "restore", "withdraw")},
}  # fmt: skip
"""A step that is offered in another state than that of the entry the walk comes by → the step with the same page."""
FOR_SOME_RECORDS = {
    "accounts:service_tokens": "offered at the account of a system",
    "definitions:recall": "offered at a draft that waits for publication",
    "facts:choose": "offered where two sources differ",
    "facts:take_back": "offered where a source was chosen",
    "registry:achievement-trl-lower": "offered where a level was reached",
    "registry:achievement-trl-withdraw": "offered where a level was reached",
    "registry:duplicate-merge": "comes after a judgement; test_the_register.py walks through it",
    "registry:merge": "offered at a merged record; test_the_register.py walks through it",
    "registry:person-release": "offered where a profile was claimed",
    "steering:basis": "the form stands at the line; the page comes after a mistake in it",
    "steering:letter_assign": "offered at a letter that nobody has yet; test_a_proposal_is_answered.py walks through it",
    "steering:node": "the form stands at the line; the page comes after a mistake in it",
    "policies:push": "offered at a list from which organisations were told",
    "policies:roll-propose": "offered where a policy is given without application",
    "policies:reserve": "offered where an amount is due; money and policies test it",
    "registry:suggest": "data for a box that suggests",
    "steering:members": "offered at a line that is measured by its list",
    "steering:compare": "comes with a corrected version; test_the_review_desk.py walks through it",
    "steering:merge": "comes after two lines were ticked; test_the_review_desk.py walks through it",
}
EACH_ITS_OWN = {"web:home", "steering:ledger"}
"""Pages that differ by role and are looked at for each; any other page is looked at for the first who reaches it."""

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
LOOK = "rules => axe.run(rules).then(found => found.violations)"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

STARTS = [
    "/",
    "/search/?q=企业",
    "/jobs/",
    "/notices/",
    "/registry/imports/1/",  # that of the demonstration still waits; a later one may be done, and then shows less
    "/accounts/password/confirm/",  # shown by itself when the last sign-in is long ago
    "/accounts/second-factor/confirm/",
]

looked_at: set[str] = set()


def complaints(visitor: Visitor, name: str) -> list[str]:
    """What is wrong with the page as it stands, at both widths, in words."""
    found = []
    visitor.page.evaluate(AXE_SCRIPT)
    for size in (PHONE, DESK):
        visitor.page.set_viewport_size(size)
        hits = visitor.page.evaluate(LOOK, RULES)
        found += [f"{size['width']} {name} {hit['id']}: {hit['nodes'][0]['html'][:160]}" for hit in hits]
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            found.append(f"{size['width']} {name} is {wide} px wider than the screen")
    return found


def take_second_factor(visitor: Visitor) -> None:
    """Switch on the app's codes, as a person with the app would: the secret from the page, the code from the clock."""
    visitor.go("/accounts/second-factor/app/")
    secret = (
        visitor.page.locator("code, input[readonly]")
        .first.evaluate("e => e.value || e.textContent")
        .replace(" ", "")
        .strip()
    )
    visitor.page.locator("input[name=code]").fill(code_of(secret, int(time.time()) // 30))
    visitor.page.locator("main form button").first.click()
    visitor.go("/accounts/second-factor/")


def code_of(secret: str, step: int) -> str:
    """The six digits of RFC 6238."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), "sha1").digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.mark.parametrize("role", PEOPLE)
def test_it_has_no_violation(role: str, visitor: Visitor) -> None:
    visitor.sign_in(PEOPLE[role])
    if role == "officer":  # so that there is a paper on the review desk
        upload(visitor, "待复核.txt", PLAN.replace("90家", "95家").encode())
        visitor.page.get_by_role("link", name="去复核").wait_for(timeout=60_000)
    if role == "auditor":  # so that the pages of a second factor are there
        take_second_factor(visitor)
    wrong: list[str] = []
    for name in walk(visitor, STARTS):
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
    readable = {
        page.name for page in pages() if page.deed and "require_POST" not in inspect.getsource(page.view)
    }
    readable = {name for name in readable if not name.endswith(FILES)}
    elsewhere = {name for name, like in SAME_FORM.items() if like in looked_at}
    unreached = sorted(readable - looked_at - set(NOT_READ) - set(FOR_SOME_RECORDS) - elsewhere)
    assert not unreached, ", ".join(unreached)
