"""Filters, sorting, the sentence, the sheet, due lists, and who sees what."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from huanchuang.registry.models import Membership
from huanchuang.steering.models import Item, Plan, Target
from huanchuang.steering.queries.due import due_lists, waiting_for
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import all_rows, ledger
from huanchuang.steering.queries.workbook import SheetRow, write_ledger
from huanchuang.steering.services.progress import ProgressGiven, report_progress

DAY = dt.date(2026, 6, 30)


def names(user, **asked) -> list[str]:
    return [row.target.name for row in all_rows(user, Filters(**asked), DAY)]


def test_it_narrows_by_each_filter(plan, cast, units):
    everything = names(cast.officer)
    assert names(cast.officer, kind="growth") == ["技术合同成交额"]
    assert names(cast.officer, text="中试 办法") == ["建设中试平台", "出台《清溪区中试平台管理办法》"]
    assert set(names(cast.officer, unit=units.inspectors.pk)) < set(everything)
    assert "出台《清溪区中试平台管理办法》" in names(cast.officer, due="7")
    assert names(cast.officer, light="amber") == [
        name for name in everything if name in names(cast.officer, due="7")
    ]
    assert names(cast.officer, state="closed") == []
    assert names(cast.officer, plan=plan.pk + 1) == []


def test_the_address_holds_the_question(client, cast, plan):
    client.force_login(cast.officer)
    page = client.get(reverse("steering:ledger"), {"kind": "growth", "sort": "-due", "light": "nonsense"})
    assert page.context["ledger"].count == 1
    assert page.context["ledger"].filters.light == ""


def test_lights_are_counted_before_they_narrow(plan, cast):
    all_lights = ledger(cast.officer, Filters(), DAY).lights
    assert ledger(cast.officer, Filters(light="red"), DAY).lights == all_lights
    assert sum(all_lights.values()) == len(names(cast.officer))


def test_it_sorts(plan, cast):
    by_due = [row.target.due_on for row in all_rows(cast.officer, Filters(sort="due"), DAY)]
    known = [day for day in by_due if day]
    assert known == sorted(known)
    assert by_due == known + [None] * (len(by_due) - len(known))


def test_a_reporter_sees_the_own_lines_first(plan, cast):
    rows = all_rows(cast.reporter, Filters(), DAY)
    mine = [row.mine for row in rows]
    assert mine == sorted(mine, reverse=True)
    assert not all(mine)


def test_others_see_only_what_their_organisation_answers_for(plan, cast):
    assert names(cast.clerk) == [name for name in names(cast.officer) if "督查" in name]
    for nobody in (cast.stranger, cast.researcher, cast.manager, cast.reviewer):
        assert names(nobody) == []
    for whole in (cast.leader, cast.auditor, cast.administrator):
        assert names(whole) == names(cast.officer)


PAGES = ("target", "why")
STEPS = ("report", "evidence", "close_request", "verify", "adjust", "turn")


@pytest.mark.parametrize("page", PAGES)
def test_a_line_is_shown_to_those_who_may_see_it(client, cast, line, page):
    address = reverse(f"steering:{page}", args=[line("加强督查").pk])
    for who, status in [
        ("officer", 200),
        ("leader", 200),
        ("auditor", 200),
        ("clerk", 200),
        ("reporter", 200),
        ("stranger", 404),
    ]:
        client.force_login(getattr(cast, who))
        assert client.get(address).status_code == status, who


@pytest.mark.parametrize("step", STEPS)
def test_readers_change_nothing(client, cast, line, step):
    target = line("加强督查")
    for who in (
        "leader",
        "auditor",
        "clerk",
        "stranger",
        "researcher",
        "manager",
        "reviewer",
        "administrator",
    ):
        client.force_login(getattr(cast, who))
        answer = client.post(
            reverse(f"steering:{step}", args=[target.pk]),
            {"token": "t", "version": target.version, "reason": "x"},
        )
        assert answer.status_code == 403, who
    target.refresh_from_db()
    assert (target.state, target.version) == ("not_started", 2)


def test_only_the_officer_brings_plans_in_and_reviews(client, cast, read):
    for who in ("reporter", "leader", "auditor", "clerk", "administrator"):
        client.force_login(getattr(cast, who))
        assert client.get(reverse("steering:upload")).status_code == 403
        assert client.get(reverse("steering:review", args=[read.pk])).status_code == 403
        assert client.get(reverse("steering:plan", args=[read.pk])).status_code == 404


def test_pressing_a_line_opens_the_very_sentence(client, cast, line):
    target = line("技术合同成交额")
    client.force_login(cast.officer)
    page = client.get(reverse("steering:plan", args=[target.plan_id]), {"t": target.pk}).content.decode()
    lit = page.partition(f'id="t{target.pk}"')[2]
    assert lit
    assert "is-lit" in page.partition(f'id="t{target.pk}"')[0][-200:]
    why = client.get(reverse("steering:why", args=[target.pk])).content.decode()
    assert "技术合同成交额<mark>增长30%以上</mark>" in why
    assert "2026年底前" in why
    assert "清溪区科技局" in why


def test_the_text_of_the_page_is_the_text_of_the_plan(plan):
    from huanchuang.steering.queries.document import marked_text, window_at

    shown = "\n".join(
        "".join(piece.text for piece in paragraph.pieces)
        for paragraph in marked_text(plan, window_at(plan.text, 0), everything=False)
    )
    assert shown == "\n".join(part for part in plan.text.split("\n") if part.strip())


def test_due_and_late_stand_apart(plan, cast):
    lists = due_lists(cast.officer, dt.date(2026, 6, 28))
    assert "出台《清溪区中试平台管理办法》" in [row.target.name for row in lists.week]
    assert "出台《清溪区中试平台管理办法》" in [
        row.target.name for row in due_lists(cast.officer, dt.date(2026, 7, 1)).late
    ]
    assert [row.target.name for row in waiting_for(cast.reporter, DAY)]


def test_the_sheet_holds_exactly_what_the_list_shows(client, cast, plan, line):
    report_progress(cast.officer, line("技术合同成交额"), ProgressGiven(DAY, "进展", figure=17), "r")
    client.force_login(cast.officer)
    answer = client.get(reverse("steering:export"), {"kind": "growth", "plan": plan.pk})
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("工作台账").to_python()
    )
    assert rows[0][0] == "清溪区推进创新生态建设实施方案 工作台账"
    assert rows[1][0] == "截至2026年6月30日，共1条"
    assert rows[2] == [
        "序号",
        "任务",
        "目标",
        "牵头单位",
        "配合单位",
        "时限",
        "进展",
        "状态",
        "灯",
        "原文",
        "来源位置",
    ]
    assert len(rows) == 4
    assert rows[3][2:5] == ["技术合同成交额 增长 ≥ 30%", "清溪区科技局", "清溪大学"]
    assert rows[3][5] == dt.date(2026, 12, 31)
    assert rows[3][6] == "已达到17%，截至2026-06-30"
    assert "增长30%以上" in rows[3][9]


def test_no_cell_of_the_sheet_is_a_formula():
    evil = '=HYPERLINK("http://x","y")'
    book = io.BytesIO()
    write_ledger([SheetRow(1, evil, "+1", "@a", "-b", "每年", quote=evil + "\x07")], evil, "", book)
    sheet = zipfile.ZipFile(book).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    book.seek(0)
    rows = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    assert rows[3][1] == evil


@pytest.fixture
def thousand(plan) -> Plan:
    """A plan with a thousand lines more."""
    item = Item.objects.filter(plan=plan).last()
    Target.objects.bulk_create(
        Target(
            plan=plan,
            item=item,
            code=f"x-{n}",
            position=100 + n,
            kind="count",
            name=f"任务{n}",
            quote="",
            start=0,
            end=1,
            review="accepted",
        )
        for n in range(1000)
    )
    return plan


@pytest.mark.parametrize(
    ("page", "most"), [("steering:ledger", 24), ("steering:due", 18), ("steering:plans", 14)]
)
def test_pages_ask_the_database_no_more_for_a_thousand_lines(
    client, cast, plan, request, django_assert_max_num_queries, page, most
):
    client.force_login(cast.officer)
    client.get(reverse(page))
    with django_assert_max_num_queries(most) as few:
        client.get(reverse(page))
    request.getfixturevalue("thousand")
    with django_assert_max_num_queries(most) as many:
        client.get(reverse(page))
    assert len(many) <= len(few) + 1


def test_fifty_lines_a_page(client, cast, thousand):
    client.force_login(cast.officer)
    page = client.get(reverse("steering:ledger"), {"page": 3, "sort": "position"})
    assert len(page.context["ledger"].page) == 50


def test_evidence_is_opened_by_the_bureau_and_the_units_that_answer(client, cast, line):
    target = line("技术合同成交额")
    proof = [("证明.txt", ContentFile(b"x").read())]
    report_progress(cast.officer, target, ProgressGiven(DAY, "进展"), "r", proof)
    stored = target.evidence.get().file
    address = reverse("files:download", args=[stored.pk])
    expected = {
        "officer": 200,
        "reporter": 200,
        "leader": 200,
        "auditor": 200,
        "administrator": 404,
        "stranger": 404,
    }
    for who, status in expected.items():
        client.force_login(getattr(cast, who))
        assert client.get(address).status_code == status, who


def test_a_reporter_sees_that_another_unit_has_evidence_but_cannot_open_it(client, cast, line):
    target = line("技术合同成交额")
    report_progress(cast.officer, target, ProgressGiven(DAY, "进展"), "r", [("证明.txt", b"x")])
    Membership.objects.filter(user=cast.reporter).delete()
    client.force_login(cast.reporter)
    address = reverse("files:download", args=[target.evidence.get().file_id])
    assert client.get(address).status_code == 404
    page = client.get(reverse("steering:target", args=[target.pk])).content.decode()
    assert "证明.txt" in page
    assert address not in page


def test_the_api_gives_the_same_ledger(client, cast, plan, line):
    client.force_login(cast.clerk)
    data = client.get("/api/v1/steering/ledger").json()
    assert [one["name"] for one in data["lines"]] == names(cast.clerk)
    assert client.get(f"/api/v1/steering/targets/{line('技术合同成交额').pk}").status_code == 404
    client.force_login(cast.officer)
    found = client.get(f"/api/v1/steering/targets/{line('技术合同成交额').pk}").json()
    assert "增长30%以上" in found["sentence"]
    assert found["line"]["light"] == "grey"
    client.logout()
    assert client.get("/api/v1/steering/ledger").status_code == 401


def test_each_entry_of_the_contents_leads_to_its_heading(plan, cast, client):
    client.force_login(cast.leader)
    page = client.get(reverse("steering:plan", args=[plan.pk])).content.decode()
    wanted = re.findall(r'href="#(item-[^"]+)"', page)
    assert any("." in anchor for anchor in wanted)
    assert all(f'id="{anchor}"' in page for anchor in wanted)
