"""督查, 短板, meetings whose decisions become lines, bodies and desks, the dispatch page and its bulletin."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError
from huanchuang.notices.models import Notice
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.steering.models import Meeting, Plan, Shortcoming, Target
from huanchuang.steering.queries.dispatch import dispatch
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import all_rows
from huanchuang.steering.queries.minutes import Decided, minutes
from huanchuang.steering.services.bodies import (
    BodyGiven,
    dissolve_body,
    fill_post,
    set_unit_desk,
    set_up_body,
    vacate_post,
)
from huanchuang.steering.services.meeting import (
    DecisionGiven,
    MeetingGiven,
    issue_minutes,
    note_decision,
    note_meeting,
)
from huanchuang.steering.services.oversight import (
    CampaignGiven,
    ShortcomingGiven,
    finish_campaign,
    look_again,
    plan_campaign,
    raise_shortcoming,
    submit_rectification,
)
from huanchuang.steering.services.progress import ProgressGiven, report_progress

DAY = dt.date(2026, 6, 30)
SEPTEMBER = dt.date(2026, 9, 15)


@pytest.fixture
def campaign(cast, plan):
    return plan_campaign(cast.officer, "k", CampaignGiven("半年督查", "看进度", dt.date(2026, 6, 1), DAY))


@pytest.fixture
def finding(cast, campaign, units) -> Shortcoming:
    given = ShortcomingGiven(
        "佐证不全", "补齐材料", units.university, dt.date(2026, 6, 25), campaign=campaign
    )
    return raise_shortcoming(cast.officer, "f", given)


def again(found: Shortcoming) -> Shortcoming:
    return Shortcoming.objects.get(pk=found.pk)


def test_a_finding_is_put_right_by_its_unit_and_settled_by_a_second_person(
    finding, campaign, cast, second_officer
):
    assert Notice.objects.filter(user=cast.reporter, kind="steering.shortcoming_raised").count() == 1
    with pytest.raises(ProblemError, match="1个问题没有复查"):
        finish_campaign(cast.officer, campaign)
    submit_rectification(cast.reporter, finding, finding.version, "材料已补", ("a.txt", b"proof"))
    with pytest.raises(ProblemError, match="原因"):
        look_again(cast.officer, finding, again(finding).version, False, "")
    look_again(cast.officer, finding, again(finding).version, False, "缺公章")
    assert again(finding).state == "open"
    submit_rectification(cast.officer, finding, again(finding).version, "公章已补", None)
    with pytest.raises(ProblemError, match="不能自己复查"):
        look_again(cast.officer, finding, again(finding).version, True, "")
    look_again(second_officer, finding, again(finding).version, True, "属实")
    assert (again(finding).state, again(finding).settled_by) == ("settled", second_officer)
    assert finish_campaign(cast.officer, campaign).finished_on == DAY
    with pytest.raises(ProblemError, match="已经结束"):
        raise_shortcoming(
            cast.officer, "g", ShortcomingGiven("x", "y", finding.organisation, DAY, campaign=campaign)
        )


def test_a_unit_reports_only_its_own_problems(finding, cast, units):
    own = ShortcomingGiven("场地不足", "租用厂房", units.university, SEPTEMBER)
    assert raise_shortcoming(cast.reporter, "own", own) == raise_shortcoming(cast.reporter, "own", own)
    for unit, campaign in [(units.bureau, None), (units.university, finding.campaign)]:
        with pytest.raises(ProblemError):
            raise_shortcoming(cast.reporter, "x", ShortcomingGiven("x", "y", unit, DAY, campaign=campaign))
    with pytest.raises(ProblemError):
        submit_rectification(cast.clerk, finding, finding.version, "好了", None)
    with pytest.raises(EditedMeanwhile):
        submit_rectification(cast.reporter, finding, finding.version + 3, "好了", None)


words = st.text("甲乙丙丁ABC1 （），。", min_size=1, max_size=30).filter(lambda text: text.strip())
decided = st.builds(
    Decided,
    text=words,
    leads=st.lists(words, min_size=1, max_size=3, unique=True).map(tuple),
    co_units=st.lists(words, max_size=2, unique=True).map(tuple),
    due_on=st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2030, 1, 1)),
)


@given(words, words, st.lists(decided, max_size=5))
def test_every_word_of_the_minutes_is_where_its_line_says(title, opening, decisions):
    text, proposed = minutes(title, opening, decisions)
    assert len(proposed.lines) == len(decisions)
    for line, one in zip(proposed.lines, decisions, strict=True):
        assert text[line.start : line.end] == one.text
        assert [text[unit.start : unit.end] for unit in line.units] == [*one.leads, *one.co_units]
        assert all(text[date.start : date.end] == date.phrase for date in line.dates)
        assert line.quote in text
    for item in proposed.items[1:]:
        assert text[item.start : item.end].startswith(item.number)
        assert item.end <= item.body_end <= len(text)


def test_what_a_meeting_decides_is_a_line_with_its_sentence(cast, plan, units):
    meeting = note_meeting(
        cast.officer, "m", MeetingGiven("dispatch", "二季度调度会", DAY, "三楼", "乔副区长")
    )
    with pytest.raises(ProblemError, match="没有议定事项"):
        issue_minutes(cast.officer, meeting)
    note_decision(
        cast.officer,
        meeting,
        DecisionGiven("成立腾退工作组。", "清溪区科技局、清溪大学", "清溪区督查办", SEPTEMBER),
    )
    issued = issue_minutes(cast.officer, meeting)
    assert issue_minutes(cast.officer, meeting) == issued
    line = Target.objects.get(plan=issued)
    assert (line.name, line.due_on, line.review) == ("成立腾退工作组", SEPTEMBER, "accepted")
    assert issued.text[line.start : line.end] == "成立腾退工作组"
    duties = {duty.unit: (duty.duty, duty.organisation) for duty in line.responsibilities.all()}
    assert duties["清溪大学"] == ("lead", units.university)
    assert duties["清溪区督查办"] == ("co", units.inspectors)
    assert line in [row.target for row in all_rows(cast.reporter, Filters(mine=True), DAY)]
    with pytest.raises(ProblemError, match="已经印发"):
        note_decision(cast.officer, Meeting.objects.get(), DecisionGiven("再加一项", "清溪大学"))


def test_posts_of_a_body_are_held_and_left_and_stay_on_record(cast, units, plan):
    body = set_up_body(cast.officer, BodyGiven("建设专班", "task_force", dt.date(2025, 4, 2)))
    assert set_up_body(cast.officer, BodyGiven("建设专班", "task_force", DAY)) == body
    head = fill_post(cast.officer, body, "组长", "乔副区长", None, dt.date(2025, 4, 2))
    fill_post(cast.officer, body, "成员", "宋副局长", units.bureau, dt.date(2025, 4, 2))
    vacate_post(cast.officer, head, dt.date(2026, 1, 31))
    fill_post(cast.officer, body, "组长", "江副区长", None, dt.date(2026, 2, 1))
    dissolve_body(cast.officer, body, DAY)
    assert [seat.until for seat in body.seats.order_by("pk")] == [dt.date(2026, 1, 31), DAY, DAY]
    with pytest.raises(ProblemError, match="已经撤销"):
        fill_post(cast.officer, body, "成员", "某人", None, DAY)
    with pytest.raises(ProblemError):
        set_up_body(cast.reporter, BodyGiven("自设专班", "task_force", DAY))


def test_the_desk_of_a_unit_fills_what_lines_leave_open(cast, units, line):
    target = line("技术合同成交额")
    duty = target.responsibilities.get(organisation=units.university)
    set_unit_desk(cast.officer, units.university, "江副校长", "科研处", "夏老师")
    duty.refresh_from_db()
    assert (duty.leader, duty.person) == ("江副校长", "夏老师")
    set_unit_desk(cast.officer, units.university, "洪副校长", "科研处", "")
    duty.refresh_from_db()
    assert duty.leader == "江副校长"


def test_the_dispatch_page_shows_units_by_what_is_wrong(cast, finding, line, units):
    target = line("服务项目")
    report_progress(cast.reporter, target, ProgressGiven(DAY, "进展", difficulty="缺设备"), "r1")
    found = dispatch(cast.leader, DAY)
    university = next(one for one in found.units if one.organisation == units.university)
    assert (university.problems, university.late_problems) == (1, 1)
    assert [one.text for one in university.difficulties] == ["缺设备"]
    report_progress(cast.reporter, target, ProgressGiven(DAY, "设备到了"), "r2")
    university = next(one for one in dispatch(cast.leader, DAY).units if one.organisation == units.university)
    assert university.difficulties == ()
    assert {one.organisation for one in dispatch(cast.reporter, DAY).units} == {units.university}


def test_the_bulletin_says_what_the_page_says(client, cast, finding):
    client.force_login(cast.leader)
    paper = Document(io.BytesIO(client.get(reverse("steering:bulletin")).content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    found = dispatch(cast.leader, DAY)
    assert f"台账共{found.total}项" in text
    assert "佐证不全" in text
    assert "已超过时限" in text
    assert len(paper.tables[0].rows) == len(found.units) + 1


PAGES = ("dispatch", "campaigns", "shortcomings", "meetings", "bodies")


@pytest.mark.parametrize("page", PAGES)
def test_who_may_look(client, cast, finding, page):
    for who, status in [
        ("officer", 200),
        ("leader", 200),
        ("reporter", 200),
        ("stranger", 403),
        ("clerk", 403),
    ]:
        client.force_login(getattr(cast, who))
        assert client.get(reverse(f"steering:{page}")).status_code == status, who


def test_the_pages_go_the_whole_way(client, cast, finding, units):
    client.force_login(cast.reporter)
    address = reverse("steering:answer_shortcoming", args=[finding.pk])
    proof = SimpleUploadedFile("补充.txt", "材料".encode())
    client.post(address, {"version": finding.version, "answer": "已补", "proof": proof})
    assert client.get(reverse("files:download", args=[again(finding).proof_id])).status_code == 200
    assert client.post(address, {"version": 2, "deed": "settle"}).status_code == 403
    assert client.post(reverse("steering:bodies"), {"name": "x"}).status_code == 403
    client.force_login(cast.officer)
    client.post(address, {"version": again(finding).version, "deed": "settle"})
    assert again(finding).state == "settled"
    client.post(reverse("steering:campaign", args=[finding.campaign_id]))
    form = client.get(reverse("steering:new_meeting")).context["form"]
    values = {"token": form["token"].value(), "kind": "visit", "title": "赴外区调研", "held_on": "2026-06-20"}
    client.post(reverse("steering:new_meeting"), values)
    meeting = Meeting.objects.get()
    page = reverse("steering:meeting", args=[meeting.pk])
    client.post(page, {"deed": "add", "text": "学习首贷做法", "lead": "清溪区科技局", "due_on": "2026-09-15"})
    client.post(page, {"deed": "add", "text": "写错的", "lead": "清溪区科技局"})
    client.post(page, {"deed": f"strike:{meeting.decisions.last().pk}"})
    client.post(page, {"deed": "issue"})
    assert Plan.objects.get(title="赴外区调研纪要").targets.count() == 1
    form = client.get(reverse("steering:new_shortcoming")).context["form"]
    values = {
        "token": form["token"].value(),
        "title": "人手不足",
        "measure": "借调",
        "organisation": units.bureau.pk,
        "due_on": "2026-09-30",
    }
    assert client.post(reverse("steering:new_shortcoming"), values).status_code == 302
    client.post(reverse("steering:desks"), {"unit": units.bureau.pk, "leader": "程副局长"})
    assert "程副局长" in client.get(reverse("steering:desks")).content.decode()
    assert "人手不足" in client.get(reverse("steering:shortcomings"), {"state": "open"}).content.decode()
