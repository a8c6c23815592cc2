"""The form and the text are two views of one file: what no box was changed for stays to the character."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.definitions.models import Draft
from huanchuang.definitions.services.start import skeleton_files
from huanchuang.packs.forms import filled, typed
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.library import library

from .conftest import PACK

FORM = kind_named("policies").form
FILES = dict(skeleton_files("policies", PACK))


def boxes(files):
    return {box.name: box for one in filled(FORM, files) for box in one.every()}


@pytest.mark.parametrize("pack", [one.id for one in library().all("policies")])
def test_a_form_sent_back_as_it_came_changes_nothing(pack):
    folder = library().get(pack).path
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    form = filled(FORM, files)
    values = {box.name: box.value.replace("\n", "\r\n") for one in form for box in one.every()}
    assert typed(form, files, values) == files


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_in_any_box_is_read_back_and_nothing_else_changes(data):
    known = boxes(FILES)
    name = data.draw(
        st.sampled_from([name for name, box in known.items() if box.box.shape not in ("yaml", "list")])
    )
    value = data.draw(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufeff"),
            min_size=1,
            max_size=40,
        )
    )
    wanted = re.sub("[\x85\u2028\u2029]", "\n", value).strip()
    if not wanted:
        return
    after = typed(filled(FORM, FILES), FILES, {name: value})
    found = boxes(after)
    assert found[name].value == wanted
    others = {key: box.value for key, box in known.items() if key != name}
    assert {key: found[key].value for key in others} == others
    for file, text in FILES.items():
        kept = [line for line in text.splitlines() if line.strip().startswith("#")]
        assert [line for line in after[file].splitlines() if line.strip() in {one.strip() for one in kept}][
            : len(kept)
        ] == kept


@pytest.mark.django_db
class TestOnThePage:
    @pytest.fixture(autouse=True)
    def _officer(self, client, cast):
        client.force_login(cast.officer)

    def test_it_saves_one_box_and_keeps_every_comment(self, client, draft):
        name = "v:policy.yaml/requirements/1/when"
        answer = client.post(
            reverse("definitions:form", args=[draft.pk]),
            {"version": draft.version, name: "研发费用 >= 60万元"},
        )
        assert answer.status_code == 302
        before, after = draft.files["policy.yaml"], Draft.objects.get().files["policy.yaml"]
        assert after == before.replace("研发费用 >= 50万元", "研发费用 >= 60万元")

    def test_it_adds_and_takes_away(self, client, draft):
        where = reverse("definitions:form", args=[draft.pk])
        client.post(where, {"version": 1, "add": "policy.yaml/requirements"})
        assert "id: new-condition" in Draft.objects.get().files["policy.yaml"]
        client.post(where, {"version": 2, "add": "policy.yaml/parameters/0/values"})
        assert "from: 2027-01-01" in Draft.objects.get().files["policy.yaml"]
        client.post(where, {"version": 3, "remove": "policy.yaml/parameters/0/values/1"})
        client.post(where, {"version": 4, "remove": "policy.yaml/requirements/3"})
        assert Draft.objects.get().files == draft.files

    def test_it_begins_a_list_that_is_not_there(self, client, draft):
        client.post(
            reverse("definitions:form", args=[draft.pk]), {"version": 1, "add": "policy.yaml/windows"}
        )
        text = Draft.objects.get().files["policy.yaml"]
        assert text.startswith(draft.files["policy.yaml"].rstrip("\n"))
        assert "windows:\n  - opens: 04-01" in text

    def test_a_mistake_stands_at_its_box(self, client, draft):
        where = reverse("definitions:check-form", args=[draft.pk])
        name = "v:policy.yaml/requirements/1/when"
        shown = client.post(where, {name: "研发费用 >= 50人"}).content.decode()
        number = boxes(draft.files)[name].number
        at = re.search(rf'id="wrong-{number}" hx-swap-oob="true">(.*?)</p>', shown, re.S)
        assert "人" in at[1]
        assert len(re.findall(r'hx-swap-oob="true">\s*<span>', shown)) == 1
        assert Draft.objects.get().files == draft.files

    def test_a_case_that_fails_says_what_it_got_at_the_case(self, client, draft):
        name = "v:policy.yaml/parameters/0/values/0/value"
        shown = client.post(
            reverse("definitions:check-form", args=[draft.pk]), {name: "20%"}
        ).content.decode()
        assert "40万元" in shown
        number = boxes(draft.files)["v:cases.yaml/cases/1/name"].number
        assert "40万元" in re.search(rf'id="wrong-{number}" hx-swap-oob="true">(.*?)</p>', shown, re.S)[1]

    def test_the_days_of_cases_move_with_the_first_day(self, client, draft):
        values = {"version": 1, "v:policy.yaml/valid_from": "2027-01-01", "move": "1"}
        client.post(reverse("definitions:form", args=[draft.pk]), values)
        files = Draft.objects.get().files
        assert "valid_from: 2027-01-01" in files["policy.yaml"]
        assert files["cases.yaml"] == draft.files["cases.yaml"].replace("2026-03-01", "2027-03-01")

    def test_a_broken_file_leads_to_the_text(self, client, draft):
        Draft.objects.filter(pk=draft.pk).update(files={**draft.files, "policy.yaml": "id: [\n"})
        shown = client.get(reverse("definitions:form", args=[draft.pk])).content.decode()
        assert "表单打不开" in shown
        assert reverse("definitions:text", args=[draft.pk]) in shown

    def test_two_at_once_lose_nothing(self, client, cast, second, draft):
        where = reverse("definitions:form", args=[draft.pk])
        client.post(where, {"version": 1, "v:policy.yaml/title": "甲"})
        answer = client.post(where, {"version": 1, "v:policy.yaml/title": "乙"})
        assert answer.status_code == 422
        assert 'value="乙"' in answer.content.decode()
        assert Draft.objects.get().title == "甲"
