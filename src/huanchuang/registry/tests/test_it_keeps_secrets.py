"""A confidential achievement and its patents claim nothing, meet nobody and are told to nobody outside."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.accounts.models import User
from huanchuang.accounts.services import grant
from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM, Actor
from huanchuang.registry.models import Achievement, Patent
from huanchuang.registry.queries import history
from huanchuang.registry.queries.kinds import ACHIEVEMENT, KINDS, NEED, PATENT, PERSON
from huanchuang.registry.queries.links import link_names
from huanchuang.registry.queries.listing import Asked, listing
from huanchuang.registry.queries.page import belongings, related
from huanchuang.registry.queries.suggest import entries_named
from huanchuang.registry.queries.visibility import visible
from huanchuang.registry.services import change, confirm, register, register_many, relate, retire, unrelate
from huanchuang.registry.services.checks import AlreadyRegistered
from huanchuang.registry.tests.specimens import specimen
from huanchuang.registry.tests.surfaces import body

pytestmark = pytest.mark.django_db
NUMBER = "201710601862.3"
OUTSIDERS = (
    "reporter", "stranger", "researcher", "manager", "reviewer", "officer", "leader", "auditor", "administrator",
)  # fmt: skip


@pytest.fixture
def secret(firm):
    return register(SYSTEM, ACHIEVEMENT, {"title": "未公开工艺", "owner": firm, "is_confidential": True})


@pytest.fixture
def its_patent(secret, firm):
    return register(
        SYSTEM,
        PATENT,
        {
            "title": "未公开板材",
            "number": NUMBER,
            "kind": "invention",
            "owner": firm,
            "achievement": secret,
        },
    )


@pytest.mark.parametrize("name", OUTSIDERS)
def test_outsiders_know_of_neither(people, name, secret, its_patent):
    user = getattr(people, name)
    assert not visible(user, ACHIEVEMENT).exists()
    assert not visible(user, PATENT).exists()


def test_its_own_people_know_of_both(people, secret, its_patent):
    assert visible(people.clerk, ACHIEVEMENT).get() == secret
    assert visible(people.clerk, PATENT).get() == its_patent


def test_its_inventor_and_the_holder_of_a_grant_know_of_both(people, secret, its_patent):
    person = register(SYSTEM, PERSON, {"name": "秦岚", "roles": ["researcher"]})
    PERSON.model.objects.filter(pk=person.pk).update(user=people.researcher)
    relate(SYSTEM, "inventor-of", person, secret)
    grant(SYSTEM, people.manager, secret.subject, "对接", field_class="matched")
    for user in (people.researcher, people.manager):
        assert visible(user, ACHIEVEMENT).get() == secret
        assert visible(user, PATENT).get() == its_patent


def test_an_inventor_no_longer_knows_after_the_relation_ended(people, secret):
    person = register(SYSTEM, PERSON, {"name": "秦岚", "roles": ["researcher"]})
    PERSON.model.objects.filter(pk=person.pk).update(user=people.researcher)
    unrelate(SYSTEM, relate(SYSTEM, "inventor-of", person, secret))
    assert not visible(people.researcher, ACHIEVEMENT).exists()


def test_a_grant_that_ran_out_opens_nothing(people, secret):
    given = grant(SYSTEM, people.manager, secret.subject, "对接", field_class="matched")
    type(given).objects.filter(pk=given.pk).update(until=dt.date(2020, 1, 1))
    assert not visible(people.manager, ACHIEVEMENT).exists()


def test_it_does_not_stand_in_the_way_of_the_same_title(people, secret, firm):
    made = register(SYSTEM, ACHIEVEMENT, {"title": "未公开工艺", "owner": firm})
    assert visible(people.officer, ACHIEVEMENT).get() == made


def test_it_does_not_stand_in_the_way_of_the_same_number(people, its_patent, bureau, client):
    client.force_login(people.officer)
    page = client.post(
        reverse("registry:patent-new"),
        {"title": "另一件", "number": NUMBER, "kind": "invention", "state": "pending", "owner": bureau.name},
    )
    assert page.status_code == 302
    assert visible(people.officer, PATENT).get().title == "另一件"


def test_a_bulk_load_neither_skips_nor_counts_for_it(secret, its_patent, firm, bureau):
    row = {"title": "未公开工艺", "owner": firm}
    assert register_many(SYSTEM, ACHIEVEMENT, [row, row], "d" * 64).added == 1
    patent = {"title": "另一件", "number": NUMBER, "kind": "invention", "owner": bureau}
    loaded = register_many(SYSTEM, PATENT, [patent, patent], "d" * 64)
    assert (loaded.added, loaded.known) == (1, 1)


def test_publishing_it_meets_whoever_has_the_number_by_then(secret, its_patent, bureau):
    rival = register(
        SYSTEM, PATENT, {"title": "另一件", "number": NUMBER, "kind": "invention", "owner": bureau}
    )
    with pytest.raises(AlreadyRegistered) as refused:
        change(SYSTEM, secret, secret.version, {"is_confidential": False})
    assert refused.value.existing == rival
    assert Achievement.objects.get(pk=secret.pk).is_confidential
    retire(SYSTEM, rival, rival.version, "登记有误")
    change(SYSTEM, secret, secret.version, {"is_confidential": False})
    assert Patent.objects.get(pk=its_patent.pk).open_number == NUMBER


def test_making_it_secret_gives_up_the_number(secret, its_patent, bureau):
    change(SYSTEM, secret, secret.version, {"is_confidential": False})
    secret.refresh_from_db()
    change(SYSTEM, secret, secret.version, {"is_confidential": True})
    assert register(
        SYSTEM, PATENT, {"title": "另一件", "number": NUMBER, "kind": "invention", "owner": bureau}
    )


def test_the_trail_holds_no_word_of_it(secret, its_patent, firm):
    person = register(SYSTEM, PERSON, {"name": "秦岚", "roles": ["researcher"], "unit": firm})
    before = audit.history(person.subject).count()
    unrelate(SYSTEM, relate(SYSTEM, "inventor-of", person, secret, note="机密说明"))
    change(Actor("1", "林科长"), secret, 1, {"summary": "机密配方"}, source="机密出处", note="机密说明")
    secret.refresh_from_db()
    confirm(SYSTEM, secret, secret.version)
    secret.refresh_from_db()
    retire(SYSTEM, secret, secret.version, "机密原因")
    trail = audit.trail()
    text = "".join(f"{one.before}{one.after}{one.note}{one.purpose}" for one in trail)
    assert "机密" not in text
    assert "未公开" not in text
    assert NUMBER not in text
    assert audit.history(person.subject).count() == before


def test_the_past_of_a_patent_does_not_name_a_secret(people, firm, secret):
    patent = register(
        SYSTEM, PATENT, {"title": "板材", "kind": "invention", "owner": firm, "achievement": secret}
    )
    change(SYSTEM, patent, patent.version, {"achievement": None})
    states = [{"achievement": secret.subject}]
    assert link_names(people.clerk, PATENT, states) == {secret.subject: "未公开工艺"}
    assert link_names(people.officer, PATENT, states) == {secret.subject: "（保密）"}
    assert history.provenance(patent)["achievement"].plain is None


def test_a_patent_of_another_unit_does_not_open_its_achievement(people, secret, bureau, client):
    """Its owner sees the patent, and that it belongs to something: not to what."""
    patent = register(
        SYSTEM,
        PATENT,
        {"title": "合作板材", "kind": "invention", "owner": bureau, "achievement": secret},
    )
    client.force_login(people.reporter)
    addresses = [
        patent.get_absolute_url(),
        f"{reverse('registry:patents')}?column=achievement&sort=achievement",
        f"{reverse('registry:patent-export', kwargs={'form': 'csv'})}?column=achievement",
        reverse("registry:patent-history", kwargs={"pk": patent.pk}),
        f"/api/v1/registry/patents/{patent.pk}",
    ]
    for address in addresses:
        text = body(client.get(address)).decode("unicode_escape" if address.startswith("/api") else "utf-8")
        assert "合作板材" in text
        assert "未公开" not in text
        assert secret.subject not in text


def test_whoever_changes_such_a_patent_leaves_its_achievement_alone(people, secret, bureau, client):
    patent = register(
        SYSTEM,
        PATENT,
        {"title": "合作板材", "kind": "invention", "owner": bureau, "achievement": secret},
    )
    User.objects.filter(pk=people.reporter.pk).update(role="clerk")
    people.reporter.refresh_from_db()
    client.force_login(people.reporter)
    address = reverse("registry:patent-change", kwargs={"pk": patent.pk})
    form = client.get(address).content.decode()
    assert "未公开" not in form
    given = {"title": "合作板材", "kind": "invention", "state": "pending", "owner": bureau.name}
    seen = {f"initial-{name}": value for name, value in given.items()}
    answer = client.post(address, {**given, **seen, "summary": "一种板材", "version": patent.version})
    assert answer.status_code == 302
    patent.refresh_from_db()
    assert (patent.summary, patent.achievement) == ("一种板材", secret)


def test_an_achievement_cannot_be_named_by_whoever_does_not_know_of_it(people, secret, bureau, client):
    client.force_login(people.officer)
    page = client.post(
        reverse("registry:patent-new"),
        {
            "title": "探测",
            "kind": "invention",
            "state": "pending",
            "owner": bureau.name,
            "achievement": "未公开工艺",
        },
    )
    other = client.post(
        reverse("registry:patent-new"),
        {
            "title": "探测",
            "kind": "invention",
            "state": "pending",
            "owner": bureau.name,
            "achievement": "从未有过",
        },
    )
    assert (page.status_code, other.status_code) == (422, 422)
    said = str(page.context["form"].errors)
    assert said == str(other.context["form"].errors).replace("从未有过", "未公开工艺")


class TestAnonymousNeeds:
    @pytest.fixture
    def need(self, firm):
        return register(
            SYSTEM, NEED, {"title": "耐高温密封胶", "kind": "technology", "owner": firm, "is_anonymous": True}
        )

    @pytest.fixture
    def other(self, bureau):
        return register(SYSTEM, NEED, {"title": "环境监测", "kind": "technology", "owner": bureau})

    def test_its_place_in_the_list_does_not_tell_its_owner(self, people, need, other):
        for sort in ("owner", "-owner"):
            rows = list(listing(people.researcher, NEED, Asked(sort=sort)))
            assert rows == [other, need]  # as one that has none: last, whichever way
            assert list(listing(people.clerk, NEED, Asked(sort=sort)))[-1 if sort == "-owner" else 0] in rows

    def test_the_filter_by_owner_does_not_tell(self, people, need, firm):
        assert not listing(people.researcher, NEED, Asked(owner=firm.pk)).exists()
        assert listing(people.clerk, NEED, Asked(owner=firm.pk)).get() == need
        assert listing(people.officer, NEED, Asked(owner=firm.pk)).get() == need

    def test_a_matched_party_learns_the_owner(self, people, need, firm):
        grant(SYSTEM, people.manager, need.subject, "对接", field_class="matched")
        assert listing(people.manager, NEED, Asked(owner=firm.pk)).get() == need

    def test_the_search_does_not_tell(self, people, need):
        assert not listing(people.researcher, NEED, Asked(text="岑科")).exists()

    def test_the_page_of_the_owner_does_not_tell(self, people, need, firm):
        assert belongings(people.researcher, firm) == []
        assert [one.count for one in belongings(people.officer, firm)] == [1]

    def test_its_contact_does_not_tell(self, people, need, firm):
        contact = register(SYSTEM, PERSON, {"name": "何晓月", "roles": ["researcher"], "unit": firm})
        relate(SYSTEM, "contact-of", contact, need)
        assert related(people.researcher, need) == []
        assert related(people.researcher, contact) == []
        assert [one.title for one in related(people.officer, need)] == ["何晓月"]
        assert [one.title for one in related(people.clerk, contact)] == ["耐高温密封胶"]

    def test_naming_it_with_a_guessed_owner_does_not_tell(self, people, need, firm, bureau):
        register(SYSTEM, NEED, {"title": "耐高温密封胶", "kind": "technology", "owner": bureau})
        asked = f"耐高温密封胶（{firm.name}）"
        assert need not in entries_named(people.researcher, NEED, asked)
        assert entries_named(people.officer, NEED, asked) == [need]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        (name, column.name)
        for name, kind in KINDS.items()
        for column in kind.fields
        if column.field_class != "public"
        and not column.personal
        and not column.is_list
        and column.shape != "long"
    ],
)
def test_no_order_tells_what_a_field_holds(name, field, people, firm):
    """Rows whose field a reader does not see stand as if it were empty, whichever way the list is turned."""
    kind = KINDS[name]
    first, second = (specimen(kind, firm, mark) for mark in ("甲", "乙"))
    low, high = (getattr(first, field), getattr(second, field))
    if low == high:
        kind.model.objects.filter(pk=second.pk).update(
            **{field: type(low)(low.fen + 1) if hasattr(low, "fen") else kind.by_name[field].empty}
        )
    researcher = [
        [
            row.pk
            for row in listing(people.researcher, kind, Asked(sort=sign + field))
            if row in (first, second)
        ]
        for sign in ("", "-")
    ]
    assert researcher[0] == researcher[1] == [first.pk, second.pk]


def test_every_filter_and_every_searched_word_is_public():
    """What is not public must not be a filter or a searched word: counts would tell it."""
    assert [
        (kind.name, field.name)
        for kind in KINDS.values()
        for field in kind.fields
        if (field.filtered or field.searched) and (field.field_class != "public" or field.personal)
    ] == []


def test_no_filter_has_the_name_of_a_word_of_the_list():
    words = {"q", "status", "sort", "page", "column", "owner"}
    assert [
        field.name
        for kind in KINDS.values()
        for field in kind.fields
        if field.filtered and field.name in words
    ] == []
