"""Forms: register, change, retire; and two clerks at once, of whom nobody loses anything."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import NEED
from huanchuang.registry.services import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer)
    return client


def opened(client, url):
    """What a browser would send back unchanged: every input of the page's form with its value."""
    form = client.get(url).content.decode().split('class="form-page"', 1)[1].split("</form>", 1)[0]
    sent = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            sent[name[1]] = unescape(value[1]) if value else ""
    for name, body in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        sent[name] = chosen[1] if chosen else ""
    for name, body in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        sent[name] = unescape(body)
    return sent


def test_it_registers_and_opens_the_new_record(officer):
    answer = officer.post(
        reverse("registry:organisation-new"),
        {
            "name": "青岑微光电子有限公司",
            "kind": "company",
            "region": "青岑区",
            "industry": "电子器件制造",
            "aliases": "微光\n微光电子",
            "founded_on": "2020-02-29",
        },
    )
    made = Organisation.objects.get(name="青岑微光电子有限公司")
    assert answer.url == made.get_absolute_url()
    assert (made.region, made.industry, made.aliases) == ("990101", "397", ["微光", "微光电子"])


def test_it_shows_the_existing_one_instead_of_a_double(officer, firm):
    page = officer.post(
        reverse("registry:organisation-new"), {"name": "云澜岑科新材料有限公司", "kind": "company"}
    )
    assert page.status_code == 422
    assert f'href="{firm.get_absolute_url()}"' in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("uscc", "91350100M000100Y4Z", "3"),
        ("region", "亚特兰蒂斯", "亚特兰蒂斯"),
        ("parent", "不存在的单位", "没有找到"),
        ("founded_on", "2026-13-01", "日期"),
    ],
)
def test_it_says_at_the_field_what_is_wrong(officer, field, value, word):
    page = officer.post(
        reverse("registry:organisation-new"), {"name": "某公司", "kind": "company", field: value}
    )
    assert page.status_code == 422
    assert word in str(page.context["form"].errors[field])
    assert value in page.content.decode()


def test_it_saves_an_untouched_form_without_a_change(officer, firm):
    url = reverse("registry:organisation-change", kwargs={"pk": firm.pk})
    answer = officer.post(url, opened(officer, url))
    assert answer.status_code == 302
    stored = Organisation.objects.get(pk=firm.pk)
    assert (stored.version, stored.contact_phone, stored.aliases) == (
        firm.version,
        "13800001234",
        ["岑科材料"],
    )


def test_it_shows_the_second_clerk_what_changed_and_loses_nothing(officer, firm):
    url = reverse("registry:organisation-change", kwargs={"pk": firm.pk})
    first, second = opened(officer, url), opened(officer, url)
    officer.post(url, {**first, "address": "江滨路1号", "short_name": "岑科"})
    conflict = officer.post(url, {**second, "short_name": "岑科高材", "source": "电话核实"})
    assert conflict.status_code == 409
    assert {(row["label"], row["seen"], row["now"], row["mine"]) for row in conflict.context["changes"]} == {
        ("地址", "", "江滨路1号", ""),
        ("简称", "岑科新材", "岑科", "岑科高材"),
    }
    stored = Organisation.objects.get(pk=firm.pk)
    assert (stored.short_name, stored.source) == ("岑科", "")
    merged = {name: conflict.context["form"][name].value() for name in conflict.context["form"].fields}
    assert (merged["address"], merged["short_name"], merged["source"]) == (
        "江滨路1号",
        "岑科高材",
        "电话核实",
    )


def test_it_saves_the_merged_form_at_the_second_try(officer, firm):
    url = reverse("registry:organisation-change", kwargs={"pk": firm.pk})
    first, second = opened(officer, url), opened(officer, url)
    officer.post(url, {**first, "address": "江滨路1号"})
    conflict = officer.post(url, {**second, "short_name": "岑科高材"})
    form = conflict.context["form"]
    again = {**form.data, "version": str(conflict.context["entry"].version)}
    assert officer.post(url, again).status_code == 302
    stored = Organisation.objects.get(pk=firm.pk)
    assert (stored.address, stored.short_name) == ("江滨路1号", "岑科高材")


@pytest.mark.parametrize(
    ("typed", "stored_after"), [("", "13800001234"), ("13900005678", "13900005678"), ("-", "")]
)
def test_it_keeps_replaces_or_clears_personal_data_without_showing_them(officer, firm, typed, stored_after):
    url = reverse("registry:organisation-change", kwargs={"pk": firm.pk})
    sent = opened(officer, url)
    assert "13800001234" not in str(sent)
    officer.post(url, {**sent, "contact_phone": typed})
    assert Organisation.objects.get(pk=firm.pk).contact_phone == stored_after


def test_it_retires_on_the_page(officer, firm):
    url = reverse("registry:organisation-retire", kwargs={"pk": firm.pk})
    assert officer.post(url, {"version": firm.version, "reason": ""}).status_code == 422
    assert officer.post(url, {"version": firm.version + 7, "reason": "已注销"}).status_code == 422
    assert officer.post(url, {"version": firm.version, "reason": "已注销"}).status_code == 302
    assert (
        "已停用" not in officer.get(reverse("registry:organisations")).content.decode().split("<tbody", 1)[-1]
    )


def test_it_keeps_a_group_and_a_dropped_code_that_nobody_touched(client, people, firm):
    """A sheet may say less exactly than the form asks, and a vocabulary may drop a code: saving loses neither."""
    need = register(SYSTEM, NEED, {"title": "密封胶", "kind": "technology", "owner": firm, "field": "8"})
    NEED.model.objects.filter(pk=need.pk).update(cooperation=["dropped-code"], region="999999")
    client.force_login(people.clerk)
    address = reverse("registry:need-change", kwargs={"pk": need.pk})
    page = client.get(address).content.decode()
    assert '<option value="8" selected>' in page
    assert 'value="dropped-code"' in page
    data = {
        "title": "密封胶",
        "kind": "technology",
        "owner": firm.name,
        "field": "8",
        "cooperation": ["dropped-code"],
        "region": "999999",
    }
    seen = {f"initial-{name}": value for name, value in data.items()}
    answer = client.post(address, {**data, **seen, "version": 1, "detail": "耐三百度"})
    assert answer.status_code == 302
    need.refresh_from_db()
    assert (need.detail, need.field, need.cooperation, need.region) == (
        "耐三百度",
        "8",
        ["dropped-code"],
        "999999",
    )
