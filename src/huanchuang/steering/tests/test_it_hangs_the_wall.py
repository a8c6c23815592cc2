"""The wall: what it counts, how it groups, what it leaves to numbers; and the calendar under a private address."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel.icalendar import Event, calendar, escape, fold
from huanchuang.orm import clock
from huanchuang.steering.models import CalendarKey, Target
from huanchuang.steering.queries.wall import wall
from huanchuang.steering.services.calendar import give_address, revoke_address
from huanchuang.steering.services.closing import request_close, verify
from huanchuang.steering.services.measure import NodeGiven, set_node
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.services.split import set_duties

DAY = dt.date(2026, 6, 30)
NOW = dt.datetime(2026, 6, 30, 1, 2, 3, tzinfo=dt.UTC)


def titles(found) -> list[str]:
    return [group.title for group in found.groups]


def test_it_groups_by_task_unit_leader_and_deadline(plan, cast, line):
    task = line("做大技术交易")
    duty = task.responsibilities.get(duty="lead")
    set_duties(cast.officer, task, {duty.pk: ("程副局长", "")})
    assert any("完善转化体系" in title for title in titles(wall(cast.leader, None, "task", DAY)))
    assert {"清溪区科技局", "清溪大学", "清溪区督查办"} <= set(titles(wall(cast.leader, None, "unit", DAY)))
    by_leader = wall(cast.leader, None, "leader", DAY)
    assert titles(by_leader)[0] == "程副局长"
    assert titles(by_leader)[-1] == "没有指定责任领导"
    by_due = titles(wall(cast.leader, None, "due", DAY))
    assert by_due.index("本月到期") < by_due.index("2026年12月")
    assert wall(cast.leader, None, "nonsense", DAY).view == "task"


def test_every_tile_is_in_its_group_and_lights_count_every_line(plan, cast):
    found = wall(cast.leader, None, "task", DAY)
    alone = Target.objects.filter(plan=plan, parent=None).count()
    assert sum(len(group.tiles) + group.quiet for group in found.groups) == alone
    assert sum(count for _colour, count in found.lights) == found.total == Target.objects.count()


def test_a_long_group_shows_what_is_not_well_and_counts_the_rest(plan, cast, line):
    task = line("做大技术交易")
    for number in range(20):
        Target.objects.create(
            plan=plan, item=task.item, code=f"x{number}", position=100 + number, kind="count", name=f"项{number}",
            quote="x", start=0, end=1, review="accepted", state="closed", due_on=DAY,
        )  # fmt: skip
    group = next(one for one in wall(cast.leader, None, "unit", DAY).groups if one.title == "没有牵头单位")
    assert group.quiet == 20
    assert all(row.light.colour != "green" for row in group.tiles)


def test_what_waits_for_a_decision_comes_first_and_the_week_is_counted(plan, cast, line):
    target = line("中试平台管理办法")
    report_progress(cast.reporter, target, ProgressGiven(DAY, "已印发", 100), "r1", [("a.txt", b"x")])
    target.refresh_from_db()
    request_close(cast.reporter, target, "c", target.version)
    found = wall(cast.leader, None, "task", DAY)
    assert (found.decisions[0].row.target, found.decisions[0].why) == (target, "等待核验销号")
    assert found.week.reports == 1
    target.refresh_from_db()
    verify(cast.officer, target, "v", target.version)
    found = wall(cast.leader, plan.pk, "task", DAY)
    assert (found.closed, found.week.closed) == (1, 1)
    assert found.closed_percent == round(100 / found.total)


def test_the_wall_opens_for_leaders_and_not_for_strangers(client, cast, plan):
    client.force_login(cast.leader)
    page = client.get(reverse("steering:wall"), {"view": "unit"})
    assert "最需要拍板的" in page.content.decode()
    client.force_login(cast.stranger)
    assert client.get(reverse("steering:wall")).status_code == 403


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\([\\;,n])", lambda found: "\n" if found[1] == "n" else found[1], value)


words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200)


@given(words, words)
def test_a_calendar_carries_any_text_through_lines_of_75_octets(title, text):
    made = calendar("台账", [Event("a@b", DAY, title, text)], NOW)
    assert all(len(piece.encode()) <= 75 for piece in made.split("\r\n"))
    lines = unfolded(made)
    summary = next(one for one in lines if one.startswith("SUMMARY:"))
    assert unescaped(summary.removeprefix("SUMMARY:")) == title
    if text:
        description = next(one for one in lines if one.startswith("DESCRIPTION:"))
        assert unescaped(description.removeprefix("DESCRIPTION:")) == text


def test_nothing_typed_can_become_a_line_of_its_own():
    made = calendar("x", [Event("a@b", DAY, "甲\r\nEND:VEVENT\rBEGIN:VALARM\n乙\x00\x1b")], NOW)
    assert sum(one == "END:VEVENT" for one in unfolded(made)) == 1
    assert "BEGIN:VALARM" not in unfolded(made)
    assert escape("a;b,c\\d") == "a\\;b\\,c\\\\d"
    assert "".join(fold("汉" * 60)).replace(" ", "") == "汉" * 60


def test_a_private_address_shows_the_deadlines_of_its_person_until_it_is_revoked(client, cast, plan, line):
    set_node(cast.officer, line("技术合同成交额"), NodeGiven(dt.date(2026, 9, 30), "签约过半"))
    token = give_address(cast.reporter)
    assert token not in CalendarKey.objects.get().digest
    address = reverse("steering:calendar_feed", args=[token])
    answer = client.get(address)
    text = "\n".join(unfolded(answer.content.decode()))
    assert answer["Content-Type"].startswith("text/calendar")
    assert "中试平台管理办法" in text
    assert "节点：技术合同成交额 签约过半" in text
    assert "督查" not in text
    again = give_address(cast.reporter)
    assert client.get(address).status_code == 404
    assert revoke_address(cast.reporter)
    assert client.get(reverse("steering:calendar_feed", args=[again])).status_code == 404


def test_who_has_left_has_no_calendar_any_more(client, cast, plan):
    address = reverse("steering:calendar_feed", args=[give_address(cast.leader)])
    assert client.get(address).status_code == 200
    cast.leader.is_active = False
    cast.leader.save()
    assert client.get(address).status_code == 404


def test_the_page_shows_an_address_once(client, cast, plan):
    client.force_login(cast.leader)
    page = reverse("steering:calendar")
    first = client.post(page, {"deed": "give"}).content.decode()
    assert re.search(r"/steering/calendar/[\w-]{40,}\.ics", first)
    assert ".ics" not in client.get(page).content.decode()
    client.post(page, {"deed": "revoke"})
    assert not CalendarKey.objects.filter(revoked_at=None).exists()


@pytest.mark.parametrize("state", ["closed", "ended"])
def test_what_has_arrived_is_in_no_calendar(client, cast, plan, state):
    Target.objects.update(state=state)
    answer = client.get(reverse("steering:calendar_feed", args=[give_address(cast.leader)]))
    assert "BEGIN:VEVENT" not in answer.content.decode()
    assert clock.today() == DAY
