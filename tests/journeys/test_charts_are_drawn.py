"""A chart in real Chromium, under the policy of content of every page: drawn, its table one press away, taken away, printed."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from defusedxml import ElementTree
from playwright.sync_api import Page, Route, expect

from journeys.conftest import Visitor

pytestmark = pytest.mark.browser
FORECAST = "/policies/forecasts/1/"
LARGEST_SVG = 200_000
LONG = "云澜理工大学青岑科技园智能装备与先进陶瓷新型研发机构联合体发展促进服务中心有限公司"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def figure(page: Page):
    found = page.locator("figure.chart").first
    expect(found.locator("svg")).to_be_visible()
    return found


def take(page: Page, word: str, folder: Path) -> Path:
    with page.expect_download() as download:
        figure(page).locator(f"[data-take={word}]").click()
    place = folder / download.value.suggested_filename
    download.value.save_as(place)
    return place


def broken(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page, options=RULES).response["violations"]]


def test_the_figure_and_its_table_are_one_press_apart(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    page.on("console", lambda said: visitor.errors.append(said.text) if said.type == "error" else None)
    visitor.go(FORECAST)
    shown = figure(page)
    picture = shown.get_by_role("img")
    assert picture.get_attribute("aria-label") == "图：" + shown.locator("figcaption").inner_text()
    expect(shown.get_by_role("table")).to_be_hidden()
    assert broken(page) == []
    shown.get_by_role("button", name="图", exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(shown.get_by_role("table")).to_be_visible()
    expect(picture).to_be_hidden()
    expect(shown.get_by_role("button", name="表", exact=True)).to_have_attribute("aria-pressed", "true")
    assert broken(page) == []


def test_every_row_is_drawn_with_its_figures(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    visitor.go(f"{FORECAST}?by=industry")
    shown = figure(page)
    names = shown.locator("tbody th").all_text_contents()
    drawn = "".join(shown.locator("svg text").all_text_contents())
    assert len(names) > 3
    assert [name for name in names if name not in drawn and name[:5] not in drawn] == []
    shown.locator("svg").hover(position={"x": 500, "y": 60})
    expect(page.locator(".chart-tip")).to_contain_text(names[0])
    expect(page.locator(".chart-tip")).to_contain_text("元")


def test_it_is_taken_away_as_picture_and_as_data(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.sign_in("林科长")
    visitor.go(FORECAST)
    finding = figure(page).locator("figcaption").inner_text()
    png = take(page, "png", tmp_path)
    assert png.read_bytes().startswith(b"\x89PNG")
    assert png.stat().st_size > 10_000
    svg = take(page, "svg", tmp_path).read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert len(svg) < LARGEST_SVG
    assert finding[:10] in "".join(ElementTree.fromstring(svg).itertext())
    with page.expect_download() as download:
        figure(page).get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "groups.csv")
    rows = list(csv.reader((tmp_path / "groups.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == figure(page).locator("tr").count()


def test_what_a_spreadsheet_would_run_is_disarmed(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    visitor.go(FORECAST)
    figure(page)
    address = page.locator("script[src*='web/charts']").first.get_attribute("src")
    assert address is not None
    made = page.evaluate(
        "async () => (await import('/static/web/taking.js')).spreadsheet([['=1+1', '-5', '甲,\"乙\"', '3万元']])"
    )
    assert made == '\ufeff\'=1+1,\'-5,"甲,""乙""",3万元\r\n'


def test_figure_and_table_are_both_printed(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    visitor.go(FORECAST)
    shown = figure(page)
    page.emulate_media(media="print")
    expect(shown.locator("svg")).to_be_visible()
    expect(shown.get_by_role("table")).to_be_visible()
    expect(shown.locator(".chart-tools")).to_be_hidden()
    page.set_viewport_size({"width": 700, "height": 1000})
    wide = shown.locator("svg").evaluate("one => one.getBoundingClientRect().width")
    assert 0 < wide <= 700


def test_it_fits_a_phone(phone: Visitor) -> None:
    page = phone.sign_in("林科长")
    phone.go(f"{FORECAST}?by=industry")
    shown = figure(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    edges = shown.locator("svg text").evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert max(edges) <= page.evaluate("window.innerWidth")
    page.set_viewport_size({"width": 844, "height": 390})
    expect(shown.locator("svg")).not_to_have_attribute("width", "358")
    assert broken(page) == []


@pytest.mark.parametrize(("rows", "drawn"), [(0, 0), (1, 1), (100, 30)])
def test_any_number_of_rows_with_long_names(visitor: Visitor, rows: int, drawn: int) -> None:
    """The same page with other rows: what is not drawn is said to be in the table."""
    page = visitor.sign_in("林科长")
    cells = '<td></td><td></td><td></td><td></td><td></td><td data-worth="0">0元</td><td data-worth="{0}">{0}分</td>'
    made = "".join(f"<tr><th>{LONG}{at}</th>{cells.format(at * 10**9)}</tr>" for at in range(rows))

    def other_rows(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(
            r"<tbody>.*?</tbody>", lambda _found: f"<tbody>{made}</tbody>", answer.text(), flags=re.S
        )
        route.fulfill(response=answer, body=body)

    page.route(f"**{FORECAST}", other_rows)
    visitor.go(FORECAST)
    shown = page.locator("figure.chart")
    if not rows:
        page.wait_for_load_state("networkidle")
        expect(shown.get_by_role("table")).to_be_visible()
        expect(shown.locator(".chart-tools")).to_be_hidden()
        return
    figure(page)
    words = shown.locator("svg text").all_text_contents()
    assert sum(word.startswith(LONG[:5]) for word in words) == drawn
    assert ("其余 70 行在表里" in shown.inner_text()) == (rows == 100)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("path", ["/policies/runs/1/", "/steering/ledger/?q=常驻研发人员"])
def test_the_other_charts_are_drawn_too(visitor: Visitor, path: str) -> None:
    page = visitor.sign_in("林科长")
    visitor.go(path)
    if "ledger" in path:
        page.get_by_role("link", name=re.compile("常驻研发人员")).first.click()
    expect(figure(page).get_by_role("table")).to_be_hidden()
    assert broken(page) == []


def test_the_table_stays_where_the_library_cannot_be_had(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    page.route("**/echarts*.js", lambda route: route.abort())
    visitor.go(FORECAST)
    shown = page.locator("figure.chart").first
    expect(shown.get_by_role("table")).to_be_visible()
    expect(shown.locator(".chart-tools")).to_be_hidden()
    page.wait_for_timeout(300)
    expect(shown.get_by_role("table")).to_be_visible()
    assert [said for said in visitor.errors if "echarts" not in said] == []
    visitor.errors.clear()


def test_pages_without_a_chart_do_not_fetch_the_library(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visitor.go("/policies/forecasts/")
    page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if "echarts" in url or "charts" in url] == []
