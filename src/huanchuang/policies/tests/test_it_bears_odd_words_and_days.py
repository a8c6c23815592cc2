"""Formulas, quotes and line breaks in names, full-width figures, the 29th of February: each goes through every page and file."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from huanchuang.audit.services import SYSTEM
from huanchuang.jobs.services import work_off
from huanchuang.orm import clock
from huanchuang.policies.forms import Box
from huanchuang.policies.models import Forecast, Push
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.services.forecasts import Asked, begin_forecast
from huanchuang.policies.services.push import begin_push
from huanchuang.policies.services.runs import begin_run
from huanchuang.policies.services.windows import give_address
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.export import as_xlsx
from huanchuang.registry.services import join

from .conftest import HTE
from .test_it_tells_whom_it_concerns import DAY, REWARD, start_up

pytestmark = pytest.mark.django_db
NAMES = (
    '=HYPERLINK("http://evil.example","点我")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+科技有限公司",
    "长" * 76 + "有限公司",
    "引号\"'<b>公司</b>\n第二行,;有限公司",
)


@pytest.fixture
def odd(cast) -> list[Organisation]:
    """Names as no register should have them: put past the form, as an import of another system could."""
    firms = []
    for number, name in enumerate(NAMES):
        firm = start_up(f"青岑{number}号科技有限公司")
        Organisation.objects.filter(pk=firm.pk).update(name=name)
        firm.refresh_from_db()
        join(SYSTEM, cast.clerk, firm, since=dt.date(2020, 1, 1))
        firms.append(firm)
    return firms


def addresses(run, forecast) -> list[str]:
    together = reverse("policies:run-together-export", args=[run.pk, "FORM"])
    policy = reverse("policies:run-export", args=[run.pk, REWARD, "FORM"])
    moved = reverse("policies:forecast-export", args=[forecast.pk, "FORM"])
    return [f"{together}?which=all", f"{policy}?result=yes", moved, f"{moved}?part=groups"]


def test_no_cell_of_any_file_is_a_formula(client, cast, odd):
    run = begin_run(cast.officer, DAY, inline=True)
    forecast = begin_forecast(cast.officer, policy_named(REWARD), Asked(DAY, "60%", "=1+1"), inline=True)
    client.force_login(cast.officer)
    shown = set()
    for address in addresses(run, forecast):
        answer = client.get(address.replace("FORM", "xlsx"))
        assert answer.status_code == 200
        cells = [cell for sheet in load_workbook(io.BytesIO(answer.content)) for row in sheet for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}, address
        shown |= {cell.value for cell in cells}
        text = client.get(address.replace("FORM", "csv")).content.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))], address
    assert {*NAMES} <= {str(value).replace("_x000a_", "\n") for value in shown}


def test_odd_names_go_through_pages_papers_notices_and_calendars(client, cast, odd):
    run = begin_run(cast.officer, DAY, inline=True)
    client.force_login(cast.officer)
    assert client.get(reverse("policies:push-new", args=[run.pk, REWARD])).status_code == 200
    begin_push(cast.officer, run, policy_named(REWARD), "yes", inline=True)
    assert client.get(reverse("policies:push", args=[Push.objects.get().pk])).status_code == 200
    client.force_login(cast.clerk)
    for firm in odd:
        for name in ("outlook", "outlook-word", "windows"):
            page = client.get(reverse(f"policies:{name}", args=[firm.pk]))
            assert page.status_code == 200, (name, firm.name)
            assert b"<b>" not in page.content or name != "outlook"
        token = give_address(cast.clerk, firm)
        lines = client.get(reverse("policies:windows-feed", args=[token])).content.decode().split("\r\n")
        assert lines[0] == "BEGIN:VCALENDAR"
        assert all(line == "" or ":" in line or line.startswith((" ", "\t")) for line in lines), firm.name
        assert all(len(line.encode()) <= 75 for line in lines)


def test_a_sheet_is_named_after_any_title():
    for title in ("2023/2024年[第一批]：a:b?*\\", "'引'", "长" * 40, "两\n行"):
        assert len(load_workbook(io.BytesIO(as_xlsx([], [], title))).sheetnames[0]) <= 31


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("３００万元", 300_000_000),
        ("300 万元", 300_000_000),
        ("１，２３４．５万元", 1_234_500_000),
        ("1,234.5　万元", 1_234_500_000),
        ("３", 300),
    ],
)
def test_a_what_if_takes_figures_as_people_type_them(text, fen):
    assert Box("rd-expense", "2025", "").value(text) == fen


@pytest.mark.parametrize("day", [dt.date(2024, 2, 29), dt.date(2028, 2, 29)])
def test_the_29th_of_february_is_a_day_as_any(client, cast, odd, monkeypatch, day):
    monkeypatch.setattr(clock, "today", lambda: day)
    firm = odd[0]
    token = give_address(cast.clerk, firm)
    client.force_login(cast.clerk)
    for address in (
        reverse("policies:outlook", args=[firm.pk]), reverse("policies:outlook-word", args=[firm.pk]),
        reverse("policies:decision", args=[firm.pk, HTE]), reverse("policies:windows-feed", args=[token]),
        f"{reverse('policies:decision', args=[firm.pk, HTE])}?as_of=2023-02-29",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    client.force_login(cast.officer)
    sent = client.post(reverse("policies:runs"), {"as_of": day.isoformat()})
    work_off()
    assert client.get(sent.url).status_code == 200
    assert client.post(reverse("policies:runs"), {"as_of": "2023-02-29"}).status_code == 422
    forecast = begin_forecast(cast.officer, policy_named(HTE), Asked(day, "60%", "假设"), inline=True)
    assert Forecast.objects.get(pk=forecast.pk).organisations == len(NAMES)


def test_one_firm_reads_nothing_of_another(client, cast, odd):
    mine, other = odd[0], odd[1]
    other.memberships.all().delete()
    token = give_address(cast.officer, other)
    client.force_login(cast.clerk)
    for name in ("outlook", "outlook-word", "windows"):
        assert client.get(reverse(f"policies:{name}", args=[other.pk])).status_code == 404, name
        assert client.get(reverse(f"policies:{name}", args=[mine.pk])).status_code == 200, name
    assert client.get(reverse("policies:decision", args=[other.pk, HTE])).status_code == 404
    feed = reverse("policies:windows-feed", args=[token])
    assert client.get(feed).status_code == 200
    assert client.get(feed.replace(token, token[:-1] + ("A" if token[-1] != "A" else "B"))).status_code == 404
    assert client.post(reverse("policies:windows", args=[other.pk]), {"deed": "revoke"}).status_code == 404
    assert client.get(feed).status_code == 200
