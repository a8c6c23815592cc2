"""Slips: three stages, grace, silence, cap, working days; and to whom they go."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import WorkCalendar
from huanchuang.notices.models import Notice
from huanchuang.packs.ledgers import SlipNumbers
from huanchuang.steering.models import Slip, Stage, Target
from huanchuang.steering.queries.slips import Matter, due_slips, slips_for
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.services.slips import send_slips

HOLIDAY = dt.date(2026, 6, 19)
CALENDAR = WorkCalendar({HOLIDAY: False}, frozenset({2026}))
RULES = SlipNumbers(near_workdays=10, grace_workdays=3, silence_workdays=5, daily_cap=2)
DAY = dt.date(2026, 6, 30)


def matter(target: int = 1, stage: Stage = Stage.BEHIND, **more) -> Matter:
    return Matter(target, more.pop("unit", 1), stage, more.pop("due", DAY), **more)


def out(*matters: Matter, day: dt.date = DAY, sent=None) -> list[int]:
    return [one.target for one in due_slips(matters, sent or {}, day, CALENDAR, RULES)]


def test_nothing_goes_out_on_a_day_off():
    assert out(matter(), day=dt.date(2026, 6, 28)) == []
    assert out(matter(), day=HOLIDAY) == []
    assert out(matter()) == [1]


def test_silence_is_kept_unless_it_got_worse():
    recent = (dt.date(2026, 6, 25), Stage.BEHIND)
    assert out(matter(last=recent)) == []
    assert out(matter(last=recent, stage=Stage.OVERDUE)) == [1]
    assert out(matter(last=(dt.date(2026, 6, 18), Stage.BEHIND))) == [1]


def test_who_has_just_reported_is_left_alone_unless_overdue():
    assert out(matter(reported_on=dt.date(2026, 6, 26))) == []
    assert out(matter(reported_on=dt.date(2026, 6, 26), stage=Stage.OVERDUE)) == [1]


def test_the_most_urgent_go_first_under_the_cap():
    found = out(matter(1, Stage.NEAR), matter(2, Stage.OVERDUE), matter(3, Stage.BEHIND))
    assert found == [2, 3]
    assert out(matter(1), sent={1: 2}) == []


matters = st.builds(
    Matter,
    target=st.integers(1, 30),
    unit=st.integers(1, 3),
    stage=st.sampled_from(Stage),
    due=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    reported_on=st.none() | st.dates(dt.date(2026, 1, 1), DAY),
    last=st.none() | st.tuples(st.dates(dt.date(2026, 1, 1), DAY), st.sampled_from(Stage)),
)


@given(st.lists(matters, unique_by=lambda one: (one.target, one.unit)), st.dates(DAY, dt.date(2026, 9, 30)))
def test_no_unit_gets_more_than_the_cap_and_none_on_a_day_off(found, day):
    chosen = due_slips(found, {}, day, CALENDAR, RULES)
    assert max(Counter(one.unit for one in chosen).values(), default=0) <= RULES.daily_cap
    assert CALENDAR.is_workday(day) or not chosen
    again = due_slips(found, Counter(one.unit for one in chosen), day, CALENDAR, RULES)
    full = {unit for unit, n in Counter(one.unit for one in chosen).items() if n == RULES.daily_cap}
    assert all(one.unit not in full for one in again)


def test_the_unit_and_for_what_is_overdue_the_bureau_are_told_once(line, cast, units):
    Target.objects.exclude(pk=line("中试平台管理办法").pk).update(due_on=None, recurring="")
    assert send_slips(dt.date(2026, 6, 22)) == 1
    assert send_slips(dt.date(2026, 6, 22)) == 0
    assert Slip.objects.get().stage == Stage.NEAR
    assert Notice.objects.filter(user=cast.reporter, kind="steering.slip_near").count() == 1
    assert not Notice.objects.filter(user=cast.officer, kind__startswith="steering.slip").exists()
    assert send_slips(dt.date(2026, 7, 2)) == 1
    assert send_slips(dt.date(2026, 7, 6)) == 1
    assert [slip.stage for slip in Slip.objects.order_by("sent_on")] == ["near", "near", "overdue"]
    assert Notice.objects.filter(user=cast.officer, kind="steering.slip_overdue").count() == 1


def test_what_is_closed_or_under_review_urges_nobody(read, cast):
    assert send_slips(dt.date(2027, 6, 15)) == 0


def test_a_slip_is_answered_by_the_units_next_report(client, line, cast):
    target = line("中试平台管理办法")
    Target.objects.exclude(pk=target.pk).update(due_on=None, recurring="")
    send_slips(dt.date(2026, 6, 22))
    assert slips_for(cast.reporter, unanswered=True).count() == 1
    report_progress(cast.reporter, target, ProgressGiven(DAY, "已印发", 80), "r1")
    assert slips_for(cast.reporter).get().answered_at
    assert slips_for(cast.reporter, unanswered=True).count() == 0
    client.force_login(cast.reporter)
    page = client.get(reverse("steering:slips"), {"stage": "near"}).content.decode()
    assert target.name in page


def test_strangers_see_no_slips(client, line, cast):
    client.force_login(cast.stranger)
    assert client.get(reverse("steering:slips")).status_code == 403
