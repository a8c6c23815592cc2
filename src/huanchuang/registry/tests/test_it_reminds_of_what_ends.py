"""Notices before a qualification ends and a fee falls due: each once at each step, whatever days nothing ran."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.audit.services import SYSTEM
from huanchuang.notices.models import Notice
from huanchuang.registry.models import Membership
from huanchuang.registry.services import (
    change,
    leave,
    qualify,
    register_organisation,
    retire_organisation,
    revoke_qualification,
    take_step,
)
from huanchuang.registry.services.remind import nearest, remind, remind_of_fees, remind_of_qualifications
from huanchuang.registry.tests.scenes import achievement, entry, patent

pytestmark = pytest.mark.django_db
END = dt.date(2026, 12, 31)


def before(days, end=END):
    return end - dt.timedelta(days=days)


@pytest.fixture
def held(firm, people):
    return qualify(SYSTEM, firm, "high-tech-enterprise", dt.date(2024, 1, 1), valid_until=END)


def told(user):
    return list(Notice.objects.filter(user=user).order_by("id").values_list("title", flat=True))


def test_it_tells_members_and_officers_three_times(held, people):
    for days in range(200, -5, -1):
        remind_of_qualifications(before(days))
        remind_of_qualifications(before(days))
    assert told(people.clerk) == [f"“高新技术企业”资质还有{days}天到期" for days in (180, 90, 30)]
    assert [title.endswith("还有90天到期") for title in told(people.officer)] == [False, True, False]
    assert "云澜岑科新材料有限责任公司" in told(people.officer)[0]
    assert Notice.objects.exclude(user__in=(people.clerk, people.officer)).count() == 0


@pytest.mark.parametrize(
    ("days_it_ran", "left_told"),
    [([181, 85, 84], [85]), ([100, 25, 24], [100, 25]), ([29], [29]), ([200, -1], []), ([0], [0])],
)
def test_a_missed_day_is_made_up_for_by_the_nearest_step_only(held, people, days_it_ran, left_told):
    for days in days_it_ran:
        remind_of_qualifications(before(days))
    assert told(people.clerk) == [f"“高新技术企业”资质还有{days}天到期" for days in left_told]


def test_it_says_nothing_of_what_was_renewed_revoked_or_retired(firm, people, held):
    qualify(SYSTEM, firm, "high-tech-enterprise", dt.date(2026, 10, 1), valid_until=dt.date(2029, 9, 30))
    revoked = qualify(SYSTEM, firm, "technology-sme", dt.date(2026, 1, 1), valid_until=END)
    revoke_qualification(SYSTEM, revoked, dt.date(2026, 6, 1), "抽查不符合条件")
    other = register_organisation(SYSTEM, name="青岑乙公司", kind="company")
    qualify(SYSTEM, other, "gazelle", dt.date(2026, 1, 1), valid_until=END)
    retire_organisation(SYSTEM, other, other.version, "已注销")
    assert remind_of_qualifications(before(30)) == 0


def test_another_end_is_told_of_anew(held, people, firm):
    remind_of_qualifications(before(30))
    qualify(SYSTEM, firm, "high-tech-enterprise", dt.date(2024, 1, 1), valid_until=dt.date(2027, 1, 15))
    remind_of_qualifications(before(30, dt.date(2027, 1, 15)))
    assert len(told(people.clerk)) == 2


def test_many_at_once_are_one_message(people, firm):
    for number in range(6):
        other = register_organisation(SYSTEM, name=f"青岑第{number}公司", kind="company")
        qualify(SYSTEM, other, "gazelle", dt.date(2024, 1, 1), valid_until=END)
    for kind in ("gazelle", "technology-sme"):
        qualify(SYSTEM, firm, kind, dt.date(2024, 1, 1), valid_until=END)
    remind_of_qualifications(before(90))
    remind_of_qualifications(before(89))
    assert told(people.clerk) == ["2项资质即将到期"]
    [notice] = Notice.objects.filter(user=people.officer)
    assert notice.title == "8项资质即将到期"
    assert "青岑第3公司的“瞪羚企业”资质：2026-12-31，还有90天" in notice.body
    assert notice.link == "/registry/qualifications/?status=180"


def test_people_who_left_are_not_told(held, people):
    leave(SYSTEM, Membership.objects.get(user=people.clerk))
    remind_of_qualifications(before(30))
    assert told(people.clerk) == []
    assert len(told(people.officer)) == 1


def granted(firm, due, **values):
    return patent(firm, state="granted", granted_on=dt.date(2024, 1, 1), fee_due_on=due, **values)


def test_it_tells_the_owner_alone_of_fees(firm, people):
    granted(firm, END)
    patent(firm, title="还在审查的", fee_due_on=END)
    for days in range(100, -5, -1):
        remind_of_fees(before(days))
    assert told(people.clerk) == [f"“复合板材的制备方法”的年费还有{days}天到缴费期限" for days in (90, 30, 7)]
    assert told(people.officer) == []


def test_a_fee_that_was_paid_is_told_of_again_next_year(firm, people):
    right = granted(firm, dt.date(2026, 7, 10))
    remind_of_fees(dt.date(2026, 6, 30))
    take_step(SYSTEM, right, right.version, "pay-fee", on=dt.date(2026, 6, 30))
    remind_of_fees(dt.date(2026, 7, 5))
    assert len(told(people.clerk)) == 1
    remind_of_fees(dt.date(2027, 7, 5))
    assert len(told(people.clerk)) == 2


def test_a_secret_stays_out_of_the_title(firm, people):
    secret = achievement(firm, is_confidential=True)
    granted(firm, END, achievement=secret)
    remind_of_fees(before(30))
    assert told(people.clerk) == ["一项保密的知识产权的年费还有30天到缴费期限"]


def test_owners_are_asked_to_confirm_in_one_message(firm, people):
    for number in range(3):
        entry("need", owner=firm, title=f"需求{number}", kind="technology", confirmed_on=dt.date(2025, 1, 1))
    entry("need", owner=firm, title="过期的", kind="technology", valid_until=dt.date(2026, 6, 1))
    achievement(firm)
    today = dt.date(2026, 6, 30)
    remind(today)
    remind(today + dt.timedelta(days=1))
    [notice] = Notice.objects.filter(user=people.clerk)
    assert notice.title == "本单位有4条记录等待核实"
    assert notice.body.splitlines() == ["需求：3条久未核实", "需求：1条已过有效期"]
    assert notice.link == "/registry/stale/"
    assert told(people.officer) == []


def test_what_was_confirmed_is_asked_for_again_when_it_is_stale_again(firm, people):
    found = entry("need", owner=firm, title="需求", kind="technology", confirmed_on=dt.date(2025, 1, 1))
    remind(dt.date(2026, 6, 30))
    change(SYSTEM, found, found.version, {"detail": "减重三成"})
    remind(dt.date(2026, 12, 27))
    assert len(told(people.clerk)) == 1
    remind(dt.date(2026, 12, 28))  # 181 days later
    assert len(told(people.clerk)) == 2


def test_people_with_a_profile_are_asked_themselves(firm, people):
    person = entry("person", name="秦致远", unit=firm, roles=["researcher"], confirmed_on=dt.date(2025, 1, 1))
    person.user = people.researcher
    person.save()
    remind(dt.date(2026, 6, 30))
    assert told(people.researcher) == ["您的个人资料久未核实"]


@given(st.integers(-10, 400))
def test_the_nearest_step_is_the_smallest_that_is_not_passed(left):
    step = nearest(left, (180, 90, 30))
    if left < 0 or left > 180:
        assert step is None
    else:
        assert step is not None
        assert left <= step
        assert not any(left <= other < step for other in (180, 90, 30))
