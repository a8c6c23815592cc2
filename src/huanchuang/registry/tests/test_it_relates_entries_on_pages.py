"""Relations are made and ended from either end by name; what a reader may not know of is neither found nor shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Relation
from huanchuang.registry.queries.relating import choices_for
from huanchuang.registry.services import join, register_organisation, relate
from huanchuang.registry.tests.scenes import achievement, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def university(people):
    made = register_organisation(SYSTEM, name="云澜理工大学", short_name="理工大", kind="university")
    join(SYSTEM, people.researcher, made, since=dt.date(2020, 1, 1))
    return made


@pytest.fixture
def inventor(university):
    return entry("person", name="秦致远", unit=university, roles=["researcher"])


@pytest.fixture
def found(university):
    return achievement(university)


def relate_page(one):
    return reverse(f"registry:{one.kind_name()}-relate", kwargs={"pk": one.pk})


def end_page(relation):
    return reverse("registry:relation-end", kwargs={"relation": relation.pk})


def links(client, one):
    return [(link.word, link.title) for link in client.get(one.get_absolute_url()).context["related"]]


def test_it_is_made_from_one_page_and_stands_on_both(client, people, inventor, found):
    client.force_login(people.researcher)
    sent = {
        "how": "inventor-of:in:person",
        "other": "秦致远",
        "since": "2022-01-01",
        "order": "1",
        "note": "第一完成人",
    }
    answer = client.post(relate_page(found), sent)
    assert answer.url == f"{found.get_absolute_url()}#part-related"
    assert links(client, found) == [("完成人、发明人", "秦致远")]
    assert links(client, inventor) == [("完成或发明", found.title)]
    made = Relation.objects.get()
    assert (made.from_subject, made.order, made.since) == (inventor.subject, 1, dt.date(2022, 1, 1))


def test_each_kind_offers_its_relations(inventor, found, firm):
    codes = {one.code for one in choices_for(found)}
    assert {"inventor-of:in:person", "uses:in:organisation", "holds:in:person"} <= codes
    assert not any(code.startswith("tenant-of") for code in codes)
    assert "partner-of:in:organisation" not in {
        one.code for one in choices_for(firm)
    }  # it reads the same both ways


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("researcher", 302),
        ("officer", 302),
        ("clerk", 422),
        ("reporter", 422),
        ("reviewer", 403),
        ("auditor", 403),
        ("anonymous", 302),
    ],
)
def test_only_those_of_an_end_make_it(client, people, inventor, found, person, status):
    if person != "anonymous":
        client.force_login(getattr(people, person))
    answer = client.post(relate_page(found), {"how": "inventor-of:in:person", "other": "秦致远"})
    assert answer.status_code == status
    assert Relation.objects.exists() is (person in ("researcher", "officer"))


def test_nobody_makes_himself_an_inventor_of_others_work(client, people, firm, inventor, university):
    """An inventor sees what is confidential: that relation is made by those who hold the achievement."""
    others = achievement(firm, title="别家的成果")
    client.force_login(people.researcher)  # may change the person, not the achievement
    answer = client.post(relate_page(inventor), {"how": "inventor-of:out:achievement", "other": "别家的成果"})
    assert answer.status_code == 422
    made = relate(SYSTEM, "inventor-of", inventor, others)
    assert client.get(end_page(made)).status_code == 403
    client.force_login(people.clerk)
    assert client.get(end_page(made)).status_code == 200


def test_either_end_may_say_who_uses_it(client, people, firm, found):
    client.force_login(people.clerk)
    answer = client.post(relate_page(firm), {"how": "uses:out:achievement", "other": found.title})
    assert answer.status_code == 302
    assert Relation.objects.get().to_subject == found.subject


@pytest.mark.parametrize(
    ("typed", "word"),
    [("查无此人", "没有找到"), ("张伟", "有多条"), ("张伟（某公司）", "没有找到"), ("", "")],
)
def test_it_says_when_the_name_is_not_clear(client, people, university, firm, found, typed, word):
    for unit in (university, firm):
        entry("person", name="张伟", unit=unit, roles=["researcher"])
    client.force_login(people.researcher)
    answer = client.post(relate_page(found), {"how": "inventor-of:in:person", "other": typed})
    assert answer.status_code == 422
    assert word in str(answer.context["form"].errors["other"])


@pytest.mark.parametrize("typed", ["张伟（云澜理工大学）", "张伟(理工大)"])
def test_the_unit_in_brackets_tells_people_of_one_name_apart(client, people, university, firm, found, typed):
    wanted = entry("person", name="张伟", unit=university, roles=["researcher"])
    entry("person", name="张伟", unit=firm, roles=["researcher"])
    client.force_login(people.researcher)
    client.post(relate_page(found), {"how": "inventor-of:in:person", "other": typed})
    assert Relation.objects.get().from_subject == wanted.subject


def test_a_secret_end_is_neither_found_nor_shown_nor_ended(client, people, firm, inventor, university):
    secret = achievement(university, title="低温固化树脂", is_confidential=True)
    made = relate(SYSTEM, "inventor-of", inventor, secret)
    client.force_login(people.officer)
    assert links(client, inventor) == []
    answer = client.post(
        relate_page(inventor), {"how": "inventor-of:out:achievement", "other": "低温固化树脂"}
    )
    assert "没有找到" in str(answer.context["form"].errors["other"])
    assert client.get(end_page(made)).status_code == 404
    client.force_login(people.researcher)
    assert links(client, inventor) == [("完成或发明", "低温固化树脂")]


def test_it_ends_with_its_last_day(client, people, inventor, found):
    made = relate(SYSTEM, "inventor-of", inventor, found, since=dt.date(2022, 1, 1))
    client.force_login(people.researcher)
    for day in ("2021-12-31", "2026-07-01", ""):
        assert client.post(end_page(made), {"until": day}).status_code == 422
    answer = client.post(f"{end_page(made)}?at={inventor.subject}", {"until": "2026-05-31"})
    assert answer.url == f"{inventor.get_absolute_url()}#part-related"
    made.refresh_from_db()
    assert made.until == dt.date(2026, 5, 31)
    assert "2026-05-31" in client.get(found.get_absolute_url()).content.decode()


def test_it_refuses_a_beginning_ahead_and_an_end_that_does_not_fit(client, people, inventor, found):
    client.force_login(people.officer)
    sent = {"how": "inventor-of:in:person", "other": "秦致远", "since": "2026-07-01"}
    assert client.post(relate_page(found), sent).status_code == 422
    assert (
        client.post(relate_page(found), {"how": "tenant-of:out:space", "other": "秦致远"}).status_code == 422
    )
