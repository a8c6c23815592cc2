"""Who sees and enters which figure: by organisation and by class of field, on the page, in the panel and in the API."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.services import record_fact

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)
PUBLIC, OWNER, AUTHORITY = "class-one-ip", "sales-revenue", "innovation-score"
ALL = {PUBLIC, OWNER, AUTHORITY}
SEEN = {
    "officer": ALL,
    "leader": ALL,
    "auditor": ALL,
    "administrator": ALL,
    "clerk": {PUBLIC, OWNER},
    "researcher": {PUBLIC},
    "manager": {PUBLIC},
    "reviewer": {PUBLIC},
    "reporter": None,
    "stranger": None,
}
everyone = pytest.mark.parametrize("person", SEEN)


@pytest.fixture
def figures(firm):
    given = {PUBLIC: ("3", "件"), OWNER: ("1234.56", "万元"), AUTHORITY: ("71", "分")}
    return {
        key: record_fact(SYSTEM, firm.subject, key, YEAR, value, unit, "import")
        for key, (value, unit) in given.items()
    }


@pytest.fixture
def visit(client, people):
    def go(person, url, data=None):
        client.force_login(getattr(people, person))
        return client.get(url) if data is None else client.post(url, data)

    return go


@everyone
def test_it_shows_the_table_within_ones_classes(visit, firm, figures, person):
    page = visit(person, reverse("facts:subject", kwargs={"subject": firm.subject}))
    if SEEN[person] is None:
        assert page.status_code == 404
    else:
        table = page.context["table"]
        assert {row.key for row in [*table.rows, *table.timeless]} == SEEN[person]
        assert page.context["table"].hidden == len(ALL - SEEN[person])


@everyone
@pytest.mark.parametrize("key", sorted(ALL))
def test_it_explains_only_what_one_may_see(visit, figures, person, key):
    page = visit(person, reverse("facts:why", kwargs={"pk": figures[key].pk}))
    assert page.status_code == (200 if key in (SEEN[person] or ()) else 404)


@everyone
def test_it_answers_the_api_alike(visit, firm, figures, person):
    answer = visit(person, f"/api/v1/facts/?subject={firm.subject}")
    if SEEN[person] is None:
        assert answer.status_code == 404
    else:
        assert {fact["key"] for fact in answer.json()["facts"]} == SEEN[person]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("clerk", 200),
        ("reporter", 404),
        ("stranger", 404),
        ("leader", 403),
        ("auditor", 403),
        ("researcher", 403),
        ("administrator", 403),
    ],
)
def test_it_lets_owner_and_officer_enter(visit, firm, person, status):
    assert visit(person, reverse("facts:place", kwargs={"subject": firm.subject})).status_code == status
    where = {"subject": firm.subject, "key": OWNER, "period": "2025"}
    assert visit(person, reverse("facts:enter", kwargs=where)).status_code == status


def test_it_lets_the_clerk_correct_only_what_was_typed(visit, firm, figures):
    typed = record_fact(SYSTEM, firm.subject, OWNER, YEAR, "1300", "万元", "manual")
    assert visit("clerk", reverse("facts:correct", kwargs={"pk": typed.pk})).status_code == 200
    assert visit("clerk", reverse("facts:correct", kwargs={"pk": figures[OWNER].pk})).status_code == 403
    assert visit("officer", reverse("facts:correct", kwargs={"pk": figures[OWNER].pk})).status_code == 200


@pytest.mark.parametrize(("person", "status"), [("officer", 200), ("clerk", 403), ("leader", 403)])
def test_it_lets_only_the_officer_withdraw(visit, figures, person, status):
    assert visit(person, reverse("facts:withdraw", kwargs={"pk": figures[OWNER].pk})).status_code == status


@pytest.mark.parametrize(
    "subject",
    [
        "registry.organisation:999999",
        "registry.organisation:x",
        "registry.organisation:",
        "steering.target:7",
        "nonsense",
        "registry.organisation:９",
    ],
)
def test_it_knows_no_other_subject(visit, people, subject):
    assert visit("clerk", reverse("facts:subject", kwargs={"subject": subject})).status_code == 404


def test_it_sends_the_unknown_visitor_to_the_door(client, firm, figures):
    assert client.get(reverse("facts:subject", kwargs={"subject": firm.subject})).status_code == 302
    assert client.get(f"/api/v1/facts/?subject={firm.subject}").status_code == 401


def test_it_puts_the_figures_on_the_organisations_page(visit, firm, figures):
    page = visit("clerk", firm.get_absolute_url()).content.decode()
    assert reverse("facts:why", kwargs={"pk": figures[OWNER].pk}) in page
    assert "1,234.56" in page


def test_it_asks_one_question_for_all_figures(visit, client, people, firm, django_assert_max_num_queries):
    for year in range(2000, 2026):
        for key in ("staff", "tech-staff", "rd-staff"):
            record_fact(SYSTEM, firm.subject, key, Period.year(year), "5", "人", "import")
    client.force_login(people.officer)
    with django_assert_max_num_queries(12):
        client.get(reverse("facts:subject", kwargs={"subject": firm.subject}))


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_moment_that_no_calendar_reaches_is_refused_by_the_api(client, cast, moment):
    client.force_login(cast.officer)
    answer = client.get("/api/v1/facts/", {"subject": "district:370000", "known_at": moment})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "facts.known_at"
