"""Who opens which page, takes which step and downloads what: units that lead and help, leader, auditor, strangers."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from huanchuang.steering.models import Letter
from huanchuang.steering.services.letters.answering import decide_publicity, send
from huanchuang.steering.services.letters.drafting import Written, begin_reply, write
from huanchuang.steering.services.letters.intake import register_letter
from huanchuang.steering.services.letters.signing import sign, submit
from huanchuang.steering.tests.letters.scene import TODAY, again, given, part, press

NAMES = ("郁承泽", "苗岫云", "13800000121", "68800188", "联系员")


def as_(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def sealed(handled, cast):
    """A reply that names people in its text, signed."""
    draft = begin_reply(cast.reporter, handled)
    words = Written(draft.title, "", "感谢郁承泽委员。已经办好。", "A", "联系员", "0521-68800188")
    draft = write(cast.reporter, draft, draft.version, words)
    submit(draft, press(cast.reporter), cast.leader)
    return sign(draft, press(cast.leader))


def test_it_opens_for_who_works_with_it_and_is_not_there_for_others(handled, cast, helper, outsider):
    where = reverse("steering:letter", args=[handled.pk])
    seen = (cast.officer, cast.reporter, helper, cast.leader, cast.auditor, cast.administrator)
    assert {as_(user).get(where).status_code for user in seen} == {200}
    assert as_(outsider).get(where).status_code == 404
    assert {as_(user).get(where).status_code for user in (cast.clerk, cast.stranger, cast.researcher)} == {
        403
    }
    assert as_(None).get(where).status_code == 302


def test_a_list_and_its_sheet_show_ones_own(handled, cast, outsider):
    register_letter(cast.officer, given(number="0999", title="另一件"))
    pages = {
        user: as_(user).get(reverse("steering:letters")).content.decode()
        for user in (cast.officer, cast.reporter, outsider)
    }
    assert ["另一件" in pages[user] for user in (cast.officer, cast.reporter, outsider)] == [
        True,
        False,
        False,
    ]
    assert ["0128" in pages[user] for user in (cast.officer, cast.reporter, outsider)] == [True, True, False]
    sheet = load_workbook(BytesIO(as_(cast.reporter).get(reverse("steering:letters_export")).content)).active
    assert [cell.value for cell in sheet["D"]][3:] == ["0128"]


def test_names_are_on_no_page_until_somebody_looks_with_a_purpose(handled, sealed, cast, helper):
    pages = [
        reverse("steering:letters"), reverse("steering:letter", args=[handled.pk]), reverse("steering:draft", args=[sealed.pk]),
        reverse("steering:letter_statistics"),
    ]  # fmt: skip
    for user in (cast.officer, cast.reporter, helper, cast.leader, cast.auditor, cast.administrator):
        for page in pages:
            content = as_(user).get(page).content.decode()
            assert [secret for secret in NAMES if secret in content] == [], (user, page)
    look = reverse("steering:letter_look", args=[handled.pk])
    shown = as_(cast.reporter).post(look, {"purpose": "约定面商时间"}).content.decode()
    assert "郁承泽" in shown
    assert "13800000121" in shown
    assert as_(helper).post(look, {"purpose": "约定面商时间"}).status_code == 302
    assert as_(cast.auditor).post(look, {"purpose": "约定面商时间"}).status_code == 403


def words_of(content: bytes) -> str:
    archive = ZipFile(BytesIO(content))
    return "".join(archive.read(name).decode() for name in ("word/document.xml", "word/footnotes.xml"))


def test_word_carries_names_only_for_who_may_look_and_says_why(handled, sealed, cast, helper):
    word, full = (reverse(f"steering:draft_word{end}", args=[sealed.pk]) for end in ("", "_full"))
    assert not [secret for secret in NAMES if secret in words_of(as_(cast.reporter).get(word).content)]
    sent = words_of(as_(cast.reporter).post(full, {"purpose": "寄送答复函"}).content)
    assert [secret for secret in ("郁承泽委员", "联系员", "0521-68800188") if secret in sent] == [
        "郁承泽委员",
        "联系员",
        "0521-68800188",
    ]
    assert as_(cast.reporter).post(full, {"purpose": ""}).status_code == 302
    assert as_(helper).post(full, {"purpose": "寄送答复函"}).status_code == 302
    assert as_(cast.stranger).get(word).status_code == 404


def test_the_paper_that_came_is_for_who_answers(cast, units, handled, helper, outsider):
    paper = SimpleUploadedFile("提案.txt", "提案人：郁承泽".encode())
    letter = register_letter(cast.officer, given(number="0777"), paper, "提案.txt")
    Letter.objects.filter(pk=letter.pk).update(state="handling", lead=units.university)
    for handling in handled.handlings.all():
        letter.handlings.create(
            organisation=handling.organisation, duty=handling.duty, state="accepted", assigned_on=TODAY
        )
    where = reverse("files:download", args=[letter.file_id])
    assert [as_(user).get(where).status_code for user in (cast.officer, cast.reporter, cast.leader)] == [
        200,
        200,
        200,
    ]
    assert {as_(user).get(where).status_code for user in (helper, outsider, cast.auditor, cast.clerk)} == {
        404
    }


def test_what_is_published_is_for_everybody_without_names(handled, sealed, cast):
    where = reverse("steering:published_letter", args=[handled.pk])
    assert as_(cast.clerk).get(where).status_code == 404
    send(handled, press(cast.reporter))
    assert as_(cast.clerk).get(where).status_code == 404
    decide_publicity(handled, press(cast.officer), True)
    shown = as_(cast.clerk).get(where)
    assert shown.status_code == 200
    for content in (shown.content.decode(), words_of(as_(cast.researcher).get(f"{where}?word=1").content)):
        assert not [secret for secret in NAMES if secret in content]
        assert "已经办好。" in content
    assert "关于做大技术交易的建议" in as_(cast.clerk).get(reverse("steering:published")).content.decode()


STEPS = {
    "letter_assign": "letter", "letter_talk": "letter", "letter_longer": "letter", "letter_draft": "letter",
    "letter_send": "letter", "letter_feedback": "letter", "letter_again": "letter", "letter_publicity": "letter",
    "letter_close": "letter", "letter_change": "letter", "draft_recall": "draft", "letter_handle": "handling", "letter_return": "handling", "draft_write": "draft",
    "draft_submit": "draft", "draft_sign": "draft",
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_nobody_else_takes_a_step(step, handled, cast, units, helper, outsider):
    """Whoever may not: refused or told so, and not a row of the letter, its units and its paper changes."""
    draft = begin_reply(cast.reporter, handled)
    own = {"letter": handled.pk, "handling": part(handled, units.university).pk, "draft": draft.pk}
    where = reverse(f"steering:{step}", args=[own[STEPS[step]]])
    said = {
        "version": again(handled).version, "token": "t", "reason": "越权", "deed": "accept", "lead": units.bureau.pk,
        "way": "meeting", "on": "2026-06-30", "until": "2026-11-01", "verdict": "satisfied", "received_on": "2026-06-30",
        "title": "越权", "body": "越权", "leader": cast.leader.pk,
    }  # fmt: skip

    def rows() -> list[object]:
        handled.refresh_from_db()
        draft.refresh_from_db()
        return [
            handled.version, draft.version, list(handled.steps.values_list("pk", flat=True)),
            list(handled.handlings.order_by("pk").values_list("state", "version")),
        ]  # fmt: skip

    before = rows()
    for user in (
        outsider,
        helper,
        cast.leader,
        cast.auditor,
        cast.administrator,
        cast.clerk,
        cast.stranger,
        None,
    ):
        client = as_(user)
        client.raise_request_exception = False
        assert client.post(where, said).status_code in {302, 403, 404}
        assert rows() == before, (step, user)


def test_a_reporter_takes_the_steps_of_a_letter_on_its_pages(assigned, cast, units):
    client = as_(cast.reporter)
    page = client.get(reverse("steering:letter", args=[assigned.pk])).content.decode()
    assert "签收" in page
    said = {"version": assigned.version, "token": "t1", "deed": "accept"}
    client.post(reverse("steering:letter_handle", args=[part(assigned, units.university).pk]), said)
    assert again(assigned).state == "handling"
    made = client.post(reverse("steering:letter_draft", args=[assigned.pk]))
    draft = again(assigned).drafts.get()
    assert made.url == reverse("steering:draft", args=[draft.pk])
    written = {
        "version": draft.version,
        "title": draft.title,
        "body": "走访企业36家。",
        "mark": "A",
        "deed": "save",
    }
    client.post(reverse("steering:draft_write", args=[draft.pk]), written)
    page = client.get(reverse("steering:draft", args=[draft.pk])).content.decode()
    assert "没有记录的数字（1）" in page
    assert "by-hand" in page


def test_forms_say_what_is_wrong(cast):
    client = as_(cast.officer)
    answer = client.post(reverse("steering:letter_new"), {"received_on": "2026-07-01", "proposers": "，无名"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "收到日期不能晚于今天" in page
    assert "请填写内容，或上传可以读取的原件" in page


def test_a_letter_is_registered_on_its_page(cast, units):
    client = as_(cast.officer)
    said = {
        "kind": "congress", "session": "区人大十八届六次会议", "number": "0007", "title": "关于公寓的建议", "received_on": "2026-06-29",
        "proposers": "戚知微，柳泊镇，13800000037\n单未央", "contents": "建议公布房源。",
    }  # fmt: skip
    client.post(reverse("steering:letter_new"), said)
    letter = Letter.objects.get()
    assert list(letter.proposers.values_list("name", "unit", "phone")) == [
        ("戚知微", "柳泊镇", "13800000037"),
        ("单未央", "", ""),
    ]


def test_the_form_for_putting_right_shows_no_name(handled, cast):
    client = as_(cast.officer)
    where = reverse("steering:letter_change", args=[handled.pk])
    page = client.get(where).content.decode()
    assert not [secret for secret in NAMES if secret in page]
    said = {
        "version": handled.version, "token": "t", "kind": "conference", "session": handled.session, "number": "0129",
        "title": handled.title, "received_on": "2026-06-29", "reason": "编号抄错",
    }  # fmt: skip
    assert client.post(where, said).status_code == 302
    assert (again(handled).number, again(handled).contents) == ("0129", handled.contents)


def test_the_api_gives_what_the_pages_give(handled, cast, outsider):
    register_letter(cast.officer, given(number="0999"))
    where = "/api/v1/steering/letters"
    for user, numbers in ((cast.officer, ["0128", "0999"]), (cast.reporter, ["0128"]), (outsider, [])):
        answer = as_(user).get(where).json()
        assert sorted(one["number"] for one in answer["letters"]) == numbers
        assert not [secret for secret in NAMES if secret in str(answer)]
    assert as_(cast.clerk).get(where).status_code == 403
    assert as_(None).get(where).status_code == 401
    total = as_(cast.reporter).get(f"{where}/statistics").json()[0]
    assert (total["given"], total["answered_share"]) == (1, None)
