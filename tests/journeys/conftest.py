"""The site as a visitor gets it: the demonstration served by the real command, driven by real Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from prepared import ROOT, demonstration, demonstration_environment

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 300
PATIENCE = 45_000
"""Milliseconds that a page may take on a machine that runs the other tests beside; who is quick is not held up."""
expect.set_options(timeout=PATIENCE)


@dataclass
class Site:
    """A running demonstration."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]
    port: int

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it and everything it started."""
        os.killpg(self.process.pid, how)
        self.process.wait(timeout=30)

    def start(self) -> None:
        """Start it (again) on its data."""
        self.process = serve(self.data, self.port)
        wait_until_healthy(self)


def serve(data: Path, port: int) -> subprocess.Popen[bytes]:
    log = (data.parent / "site.log").open("ab")
    return subprocess.Popen(
        [sys.executable, "-m", "huanchuang.web.cli", "demo", "--port", str(port)],
        cwd=ROOT, env=demonstration_environment(data), stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip


def wait_until_healthy(site: Site) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if site.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{site.url}/healthz", timeout=2) as answer:  # noqa: S310  (our own address)
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(
        f"the demonstration did not start:\n{(site.data.parent / 'site.log').read_text(errors='replace')[-3000:]}"
    )


@contextmanager
def demonstration_site(data: Path) -> Iterator[Site]:
    """A demonstration of its own, served from `data`: a copy of the one that was loaded for the whole run."""
    shutil.copytree(demonstration(), data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Site(f"http://127.0.0.1:{port}", data, serve(data, port), port)
    try:
        wait_until_healthy(running)
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One demonstration for the whole run; journeys take different tasks of its plan."""
    with demonstration_site(tmp_path_factory.mktemp("site") / "var") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.fail("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """Somebody at a screen. Notes what no page may do: ask other hosts, or fail in its script."""

    page: Page
    site: Site
    outside: list[str]
    errors: list[str]

    def go(self, path: str) -> Page:
        """Open a path of the site."""
        self.page.goto(self.site.url + path)
        return self.page

    def sign_in(self, name: str) -> Page:
        """Sign in as one of the demo people by one click."""
        self.go("/accounts/login/")
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self.page


def make_visitor(browser: Browser, site: Site, width: int, height: int) -> Visitor:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": height}, accept_downloads=True
    )
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context.new_page(), site, [], [])

    def note(request: Request) -> None:
        if not request.url.startswith((site.url, "data:", "blob:", "about:")):
            visitor.outside.append(request.url)

    visitor.page.on("request", note)
    visitor.page.on("pageerror", lambda error: visitor.errors.append(str(error)))
    visitor.page.on(
        "console",
        lambda message: (
            visitor.errors.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    return visitor


def leave(visitor: Visitor) -> None:
    visitor.page.context.close()
    assert visitor.outside == []
    assert visitor.errors == []


@pytest.fixture
def lonely(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    """At a desk of a site of their own, which may be killed and filled without disturbing other journeys."""
    with demonstration_site(tmp_path / "var") as own:
        somebody = make_visitor(browser, own, 1440, 900)
        yield somebody
        leave(somebody)


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """At a desk: 1440 pixels."""
    somebody = make_visitor(browser, site, 1440, 900)
    yield somebody
    leave(somebody)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Visitor]:
    """On a phone: 390 pixels."""
    somebody = make_visitor(browser, site, 390, 844)
    yield somebody
    leave(somebody)


Screens = Callable[[str], Page]


@pytest.fixture
def screen(browser: Browser, site: Site) -> Iterator[Screens]:
    """A screen for each person, signed in once."""
    visitors = {}

    def of(name: str) -> Page:
        if name not in visitors:
            visitors[name] = make_visitor(browser, site, 1440, 900)
            visitors[name].sign_in(name)
        return visitors[name].page

    yield of
    for one in visitors.values():
        leave(one)
