"""Names are suggested while somebody types, as far as the reader may know of them; what is suggested is understood."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.queries.kinds import ACHIEVEMENT, KINDS, PERSON
from huanchuang.registry.queries.suggest import entries_named, suggestions
from huanchuang.registry.services import register_organisation, retire
from huanchuang.registry.tests.scenes import achievement, entry, patent

pytestmark = pytest.mark.django_db


def ask(client, kind, text):
    answer = client.get(reverse("registry:suggest"), {"kind": kind, "q": text})
    return [one["value"] for one in answer.json()["suggestions"]]


def test_what_begins_with_it_comes_first(client, people, firm):
    for title in ("树脂基复合板", "低温树脂", "树脂"):
        achievement(firm, title=title)
    client.force_login(people.clerk)
    assert ask(client, "achievement", "树脂") == ["树脂", "树脂基复合板", "低温树脂"]


@pytest.mark.parametrize(
    ("person", "count"), [("officer", 1), ("researcher", 1), ("clerk", 1), ("reporter", 0), ("stranger", 0)]
)
def test_it_suggests_what_a_person_may_see(client, people, firm, person, count):
    client.force_login(getattr(people, person))
    assert len(ask(client, "organisation", "岑科")) == count


def test_it_tells_no_secret(client, people, firm):
    achievement(firm, title="低温固化树脂", is_confidential=True)
    entry("need", owner=firm, title="减重板材", kind="technology", is_anonymous=True)
    client.force_login(people.reviewer)
    assert ask(client, "achievement", "树脂") == []
    [one] = client.get(reverse("registry:suggest"), {"kind": "need", "q": "减重"}).json()["suggestions"]
    assert one == {"value": "减重板材", "hint": ""}
    client.force_login(people.clerk)
    assert ask(client, "achievement", "树脂") == ["低温固化树脂"]


def test_it_leaves_out_what_is_retired_and_gives_a_few(client, people, firm):
    for number in range(15):
        achievement(firm, title=f"板材{number}号")
    gone = achievement(firm, title="板材旧")
    retire(SYSTEM, gone, gone.version, "重复")
    client.force_login(people.clerk)
    found = ask(client, "achievement", "板材")
    assert len(found) == 10
    assert "板材旧" not in found


@pytest.mark.parametrize("text", ["", "  ", "（）", "%", "'"])
def test_it_suggests_nothing_for_nothing(client, people, firm, text):
    client.force_login(people.officer)
    assert ask(client, "organisation", text) == []


def test_it_knows_only_its_kinds_and_its_people(client, people):
    assert client.get(reverse("registry:suggest")).status_code == 302
    client.force_login(people.officer)
    assert client.get(reverse("registry:suggest"), {"kind": "unicorn", "q": "a"}).status_code == 404


def test_what_is_suggested_is_understood(people, firm):
    other = register_organisation(SYSTEM, name="青岑乙公司", kind="company")
    for unit in (firm, other):
        entry("person", name="张伟", unit=unit, roles=["researcher"])
    achievement(firm, title="板材（第二代）")
    for kind, text in ((PERSON, "张伟"), (ACHIEVEMENT, "板材")):
        for one in suggestions(people.officer, kind, text):
            assert len(entries_named(people.officer, kind, one.value)) == 1


def test_a_form_with_a_name_that_two_have_saves_untouched(client, people, firm):
    first, second = (
        achievement(unit, title="同名成果")
        for unit in (firm, register_organisation(SYSTEM, name="青岑乙公司", kind="company"))
    )
    right = patent(firm, achievement=first)
    client.force_login(people.officer)
    url = reverse("registry:patent-change", kwargs={"pk": right.pk})
    shown = client.get(url).context["form"]["achievement"]
    assert shown.field.prepare_value(shown.value()) == f"同名成果（{firm.name}）"
    assert entries_named(people.officer, KINDS["achievement"], "同名成果（青岑乙公司）") == [second]
