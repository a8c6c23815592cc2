"""Two officers review one plan at the same time: nobody's work is lost, and the second sees what the first one did."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from huanchuang.audit.models import Entry
from huanchuang.steering.models import DeskDeed, Review, Target
from huanchuang.steering.services.review import correct, decide, put_in_force


@pytest.fixture
def target(read):
    return Target.objects.get(plan=read, name="技术合同成交额")


def test_a_decision_on_a_line_that_changed_meanwhile_is_not_taken_and_says_who_was_there(
    client, cast, read, target, second_officer
):
    client.force_login(cast.officer)
    seen = target.version
    correct(second_officer, target, target.version, {"value": 35}, "清溪大学", "")
    sent = {"deed": f"reject:{target.pk}", f"v{target.pk}": seen}
    page = client.post(reverse("steering:decide", args=[read.pk]), sent, follow=True)
    target.refresh_from_db()
    assert (target.review, target.value) == (Review.ACCEPTED, 35)
    assert "刚被陈科员更正" in page.content.decode()


def test_in_a_batch_the_other_lines_are_decided_all_the_same(cast, read, target, second_officer):
    seen = {line.pk: line.version for line in read.targets.all()}
    decide(second_officer, read, [target.pk], Review.REJECTED)
    decided = decide(cast.officer, read, seen, Review.ACCEPTED)
    assert decided.overtaken == (target,)
    assert decided.done == len(seen) - 1
    target.refresh_from_db()
    assert target.review == Review.REJECTED


def test_both_saying_the_same_is_no_quarrel(cast, read, target, second_officer):
    seen = {target.pk: target.version}
    decide(second_officer, read, [target.pk], Review.ACCEPTED)
    assert decide(cast.officer, read, seen, Review.ACCEPTED).overtaken == ()


def test_the_second_correction_shows_both_sides_and_keeps_what_was_typed(
    client, cast, target, second_officer
):
    client.force_login(cast.officer)
    address = reverse("steering:correct", args=[target.pk])
    form = client.get(address).context["form"]
    own = {name: "" if value is None else value for name, value in form.initial.items()} | {"value": "40"}
    correct(second_officer, target, target.version, {"value": 35}, "清溪大学", "")
    page = client.post(address, own)
    text = page.content.decode()
    assert page.status_code == 422
    assert "刚被陈科员更正" in text
    assert [(label, own) for label, _now, own in page.context["form"].differences] == [
        ("目标值", "40"),
        ("牵头单位", "清溪区科技局"),
        ("配合单位", "清溪大学"),
    ]
    again = page.context["form"]
    client.post(address, {name: again.data[name] for name in again.fields})
    target.refresh_from_db()
    assert target.value == 40


def test_the_page_hears_of_what_others_did_and_not_of_the_own_deeds(
    client, cast, read, target, second_officer
):
    client.force_login(cast.officer)
    page = client.get(reverse("steering:review", args=[read.pk]))
    since = page.context["desk"].newest
    news = f"{reverse('steering:desk_news', args=[read.pk])}?since={since}"
    decide(cast.officer, read, [target.pk], Review.ACCEPTED)
    assert client.get(news).content.decode().strip() == ""
    decide(second_officer, read, [target.pk], Review.PROPOSED)
    assert "陈科员 撤回“技术合同成交额”" in client.get(news).content.decode()


def test_each_line_says_who_was_there_last(client, cast, read, target, second_officer):
    decide(second_officer, read, [target.pk], Review.ACCEPTED)
    client.force_login(cast.officer)
    page = client.get(reverse("steering:review", args=[read.pk]), {"show": "accepted"})
    assert page.context["desk"].lines[0].last.by == second_officer
    assert "陈科员" in page.content.decode()


def test_lines_accepted_unseen_are_told_apart_and_audited(cast, read, target):
    decide(cast.officer, read, [target.pk], Review.ACCEPTED)
    left = read.targets.filter(review=Review.PROPOSED).count()
    put_in_force(cast.officer, read, accept_rest=True)
    assert DeskDeed.objects.filter(verb="accept_batch").count() == left
    assert DeskDeed.objects.filter(target=target).get().verb == "accept"
    assert json.loads(Entry.objects.get(verb="steering.plan.put_in_force").after) == {
        "accepted_as_batch": left
    }
