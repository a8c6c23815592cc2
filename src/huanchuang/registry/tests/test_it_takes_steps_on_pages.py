"""The pages of an entry's life: what can be done next, by whom, with which papers, and what stands in the way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Achievement, Proof, Step
from huanchuang.registry.queries.lives import LIVES
from huanchuang.registry.services import Evidence, raise_trl, take_step
from huanchuang.registry.tests.scenes import achievement, paper, patent

pytestmark = pytest.mark.django_db


def page(kind, deed, entry):
    return reverse(f"registry:{kind}-{deed}", kwargs={"pk": entry.pk})


def file(name="评价报告.txt"):
    return SimpleUploadedFile(name, "国内领先".encode())


@pytest.fixture
def entry(firm):
    return achievement(firm)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200), ("clerk", 200), ("researcher", 404), ("reporter", 404), ("stranger", 404),
        ("reviewer", 403), ("auditor", 403), ("leader", 403), ("anonymous", 302),
    ],
)  # fmt: skip
@pytest.mark.parametrize("deed", ["evaluate", "trl"])
def test_it_opens_to_the_owner_and_the_officer(client, people, entry, person, status, deed):
    if person != "anonymous":
        client.force_login(getattr(people, person))
    assert client.get(page("achievement", deed, entry)).status_code == status
    if status != 200:
        assert client.post(page("achievement", deed, entry)).status_code == status
        assert Step.objects.count() == 0


def test_only_the_officer_returns(client, people, entry):
    entry = take_step(SYSTEM, entry, entry.version, "evaluate")
    client.force_login(people.clerk)
    assert client.get(page("achievement", "return", entry)).status_code == 403
    client.force_login(people.officer)
    answer = client.post(
        page("achievement", "return", entry), {"version": entry.version, "on": "2026-06-30", "note": "缺报告"}
    )
    assert answer.status_code == 302
    assert Achievement.objects.get(pk=entry.pk).state == "disclosed"


def test_it_takes_a_step_with_its_paper_and_says_what_is_next(client, people, entry):
    client.force_login(people.clerk)
    sent = {"version": entry.version, "on": "2026-06-01", "note": "国内领先", "files": [file()]}
    answer = client.post(page("achievement", "evaluate", entry), sent, follow=True)
    assert "接下来可以：挂牌" in answer.content.decode()
    assert "评价报告.txt" in answer.content.decode()
    assert Step.objects.get().on == dt.date(2026, 6, 1)


def test_it_offers_each_person_their_deeds(client, people, entry):
    offered = {}
    for person in ("clerk", "officer", "researcher", "auditor"):
        client.force_login(getattr(people, person))
        leading = client.get(entry.get_absolute_url()).context["leading"]
        offered[person] = [deed.name for deed in leading[0].context["deeds"]]
    assert offered == {
        "clerk": ["evaluate", "end"],
        "officer": ["evaluate", "end"],
        "researcher": [],
        "auditor": [],
    }


def test_outsiders_see_the_path_but_not_the_papers(client, people, entry):
    take_step(SYSTEM, entry, entry.version, "evaluate", note="内部意见", uploads=[paper()])
    client.force_login(people.reviewer)
    text = client.get(entry.get_absolute_url()).content.decode()
    assert "已评价" in text
    assert "内部意见" not in text
    assert "试验记录" not in text


def test_it_says_before_the_form_what_listing_misses(client, people, firm):
    entry = achievement(firm, title="不完整的", summary="")
    entry = take_step(SYSTEM, entry, entry.version, "evaluate")
    client.force_login(people.clerk)
    assert "成果简介" in client.get(page("achievement", "list", entry)).content.decode()
    answer = client.post(page("achievement", "list", entry), {"version": entry.version, "on": "2026-06-30"})
    assert answer.status_code == 422
    assert "成果简介还没有填写" in client.get(entry.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ({"on": "2026-07-01"}, "晚于今天"),
        ({"on": ""}, ""),
        ({"version": 99}, "刚被他人修改"),
        ({"files": [SimpleUploadedFile("a.exe", b"MZ\x00")]}, "a.exe"),
    ],
)
def test_it_says_what_is_wrong_and_does_nothing(client, people, entry, sent, word):
    client.force_login(people.clerk)
    answer = client.post(
        page("achievement", "evaluate", entry), {"version": entry.version, "on": "2026-06-30", **sent}
    )
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not Step.objects.exists()


def test_a_step_that_does_not_start_here_says_so(client, people, entry):
    client.force_login(people.clerk)
    answer = client.get(page("achievement", "transfer", entry))
    assert "不能办理" in answer.content.decode()
    assert (
        client.post(page("achievement", "transfer", entry), {"version": 1, "on": "2026-06-30"}).status_code
        == 422
    )


def test_secrets_have_no_page_for_others(client, people, firm):
    secret = achievement(firm, is_confidential=True)
    client.force_login(people.officer)
    for deed in [*(deed.name for deed in LIVES["achievement"].deeds), "trl"]:
        assert client.get(page("achievement", deed, secret)).status_code == 404


def test_a_grant_proposes_the_days_the_law_counts(client, people, firm):
    found = patent(firm)
    client.force_login(people.clerk)
    text = client.get(page("patent", "grant", found)).content.decode()
    assert 'value="2043-05-10"' in text
    sent = {
        "version": found.version,
        "on": "2026-06-01",
        "expires_on": "2043-05-10",
        "fee_due_on": "2027-05-10",
        "fee_amount": "900",
    }
    assert client.post(page("patent", "grant", found), sent).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.fee_due_on, found.fee_amount.fen) == ("granted", dt.date(2027, 5, 10), 90000)


def test_maturity_rises_on_its_page(client, people, entry):
    client.force_login(people.clerk)
    url = page("achievement", "trl", entry)
    sent = {
        "version": entry.version, "note_1": "原理报告", "files_1": [file("报告.txt")], "note_2": "方案", "same_2": "on",
    }  # fmt: skip
    answer = client.post(url, sent, follow=True)
    assert "2 方案级" in answer.content.decode()
    assert [proof.level for proof in Proof.objects.all()] == [1, 2]
    assert "报告.txt" in client.get(entry.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"note_2": "方案", "files_2": [file()]}, "note_1"),
        ({"note_1": "原理"}, "note_1"),
        ({"files_1": [file()]}, "note_1"),
        ({}, None),
    ],
)
def test_maturity_says_at_the_level_what_is_missing(client, people, entry, sent, field):
    client.force_login(people.clerk)
    answer = client.post(page("achievement", "trl", entry), {"version": entry.version, **sent})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field or "__all__"]


def test_evidence_is_withdrawn_and_the_level_lowered_with_reasons(client, people, entry):
    evidence = {level: Evidence("试验", [paper(f"试验{level}")]) for level in (1, 2, 3)}
    entry = raise_trl(SYSTEM, entry, entry.version, 3, evidence)
    client.force_login(people.clerk)
    proof = Proof.objects.get(level=3)
    withdraw = reverse("registry:achievement-trl-withdraw", kwargs={"pk": entry.pk, "proof": proof.pk})
    client.post(withdraw, {"version": entry.version, "reason": ""})
    assert Achievement.objects.get(pk=entry.pk).trl == 3
    client.post(withdraw, {"version": entry.version, "reason": "数据有误"})
    entry.refresh_from_db()
    assert entry.trl == 2
    lower = page("achievement", "trl-lower", entry)
    assert client.post(lower, {"version": entry.version, "level": 1, "reason": ""}).status_code == 422
    assert client.post(lower, {"version": entry.version, "level": 1, "reason": "复核"}).status_code == 302
    assert Achievement.objects.get(pk=entry.pk).trl == 1
