"""A form says at each field where its value comes from; what has deeds of its own is not typed again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.registry.services import change
from huanchuang.registry.tests.scenes import entry, patent

pytestmark = pytest.mark.django_db


def sources(client, url):
    form = client.get(url).context["form"]
    return {
        field.name: source
        for _heading, fields in form.sections()
        for _bound, field, source in fields
        if source
    }


def test_each_value_says_source_day_and_person(client, people, firm):
    change(actor_of(people.officer), firm, firm.version, {"address": "江滨路1号"}, source="营业执照")
    client.force_login(people.clerk)
    url = reverse("registry:organisation-change", kwargs={"pk": firm.pk})
    told = sources(client, url)
    assert told["address"] == "营业执照 · 2026-06-30 · 主管科室人员"
    assert told["name"] == "2026-06-30 · 系统"
    assert "stage" not in told
    assert "contact_phone" not in told
    assert "来源：营业执照" in client.get(url).content.decode()


def test_a_new_form_says_why_the_owner_stands_there(client, people, firm):
    client.force_login(people.clerk)
    url = reverse("registry:need-new")
    assert sources(client, url) == {"owner": "您所在的单位"}
    assert firm.name in client.get(url).content.decode()
    client.force_login(people.officer)
    assert sources(client, url) == {}


def test_the_legal_state_is_typed_once(client, people, firm):
    client.force_login(people.clerk)
    assert "state" in client.get(reverse("registry:patent-new")).context["form"].fields
    right = patent(firm)
    url = reverse("registry:patent-change", kwargs={"pk": right.pk})
    assert "state" not in client.get(url).context["form"].fields


@pytest.mark.parametrize(
    ("kind", "state", "said", "unsaid"),
    [
        ("invention", "granted", "Ⅰ类知识产权", "有效时才计入"),
        ("invention", "pending", "，有效时才计入", "Ⅱ类"),
        ("software", "granted", "Ⅱ类知识产权", "Ⅰ类"),
        ("international", "pending", "审查中", "195号"),
    ],
)
def test_a_right_says_as_which_class_it_counts(client, people, firm, kind, state, said, unsaid):
    right = entry("patent", title="一项权利", kind=kind, state=state, owner=firm)
    client.force_login(people.clerk)
    text = client.get(right.get_absolute_url()).content.decode()
    assert said in text
    assert unsaid not in text
